import { Fragment, type ReactNode } from 'react';
import styles from './Markdown.module.css';

type Block =
	| { kind: 'heading'; level: number; text: string }
	| { kind: 'paragraph' | 'quote' | 'code'; text: string }
	| { kind: 'list'; ordered: boolean; items: string[] }
	| { kind: 'table'; head: string[]; rows: string[][] };

const listLine = /^\s*(?:[-*]|(\d+)[.)])\s+(.*)$/;
const ruleLine = /^\s*\|?[\s:|-]+\|[\s:|-]*$/;

function cellsOf(line: string): string[] {
	const text = line.trim().replace(/^\|/, '').replace(/\|$/, '');
	// a bar inside `code` or after a backslash belongs to the cell
	return (text.match(/(?:\\.|`[^`]*`|[^|])+/g) ?? []).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Blocks of a text in the part of Markdown that method cards use; what it does not know stays a paragraph. */
function blocksOf(source: string): Block[] {
	const lines = source.replaceAll('\r\n', '\n').split('\n');
	const blocks: Block[] = [];
	let at = 0;
	while (at < lines.length) {
		const line = lines[at]!;
		const heading = /^(#{1,6})\s+(.*)$/.exec(line);
		if (line.trim() === '') at += 1;
		else if (line.startsWith('```')) {
			const code: string[] = [];
			for (at += 1; at < lines.length && !lines[at]!.startsWith('```'); at += 1) code.push(lines[at]!);
			at += 1;
			blocks.push({ kind: 'code', text: code.join('\n') });
		} else if (heading) {
			blocks.push({ kind: 'heading', level: heading[1]!.length, text: heading[2]! });
			at += 1;
		} else if (line.trim().startsWith('|') && ruleLine.test(lines[at + 1] ?? '')) {
			const head = cellsOf(line);
			const rows: string[][] = [];
			for (at += 2; at < lines.length && lines[at]!.trim().startsWith('|'); at += 1)
				rows.push(cellsOf(lines[at]!));
			blocks.push({ kind: 'table', head, rows });
		} else if (listLine.test(line)) {
			const items: string[] = [];
			const ordered = listLine.exec(line)![1] !== undefined;
			for (; at < lines.length && lines[at]!.trim() !== ''; at += 1) {
				const item = listLine.exec(lines[at]!);
				if (item) items.push(item[2]!);
				else items[items.length - 1] += ` ${lines[at]!.trim()}`;
			}
			blocks.push({ kind: 'list', ordered, items });
		} else {
			const words: string[] = [];
			const isQuote = line.startsWith('>');
			for (; at < lines.length && lines[at]!.trim() !== '' && !/^(#{1,6}\s|```)/.test(lines[at]!); at += 1)
				words.push(lines[at]!.replace(/^>\s?/, '').trim());
			blocks.push({ kind: isQuote ? 'quote' : 'paragraph', text: words.join(' ') });
		}
	}
	return blocks;
}

const inline = /(`[^`]+`)|(\*\*[^*]+\*\*)|(\*[^*\s][^*]*\*)|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Emphasis, code and links; an address that is not https stays words. */
function phrases(text: string): ReactNode[] {
	const parts: ReactNode[] = [];
	let from = 0;
	for (const match of text.matchAll(inline)) {
		parts.push(text.slice(from, match.index));
		from = match.index + match[0].length;
		const [, code, strong, emphasis, label, address] = match;
		if (code) parts.push(<code>{code.slice(1, -1)}</code>);
		else if (strong) parts.push(<strong>{strong.slice(2, -2)}</strong>);
		else if (emphasis) parts.push(<em>{emphasis.slice(1, -1)}</em>);
		else if (address?.startsWith('https://'))
			parts.push(
				<a href={address} rel="noreferrer" target="_blank">
					{label}
				</a>,
			);
		else parts.push(label);
	}
	parts.push(text.slice(from));
	// biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text never move
	return parts.map((part, index) => <Fragment key={index}>{part}</Fragment>);
}

/** A head of a table without its marks: a label before each cell on a phone. */
const plain = (text: string): string => text.replaceAll(/[`*]/g, '');

function headingOf(level: number): 'h2' | 'h3' | 'h4' {
	return level <= 1 ? 'h2' : level === 2 ? 'h3' : 'h4';
}

/** Draws Markdown as elements of React: no HTML of the text is ever interpreted. Headings begin at the second level. */
export function Markdown(props: { source: string }) {
	return (
		<div className={styles.text}>
			{blocksOf(props.source).map((block, index) => {
				const key = `${index}${block.kind}`;
				switch (block.kind) {
					case 'heading': {
						const Heading = headingOf(block.level);
						return <Heading key={key}>{phrases(block.text)}</Heading>;
					}
					case 'code':
						return <pre key={key}>{block.text}</pre>;
					case 'quote':
						return <blockquote key={key}>{phrases(block.text)}</blockquote>;
					case 'paragraph':
						return <p key={key}>{phrases(block.text)}</p>;
					case 'list': {
						const List = block.ordered ? 'ol' : 'ul';
						return (
							<List key={key}>
								{block.items.map((item) => (
									<li key={item}>{phrases(item)}</li>
								))}
							</List>
						);
					}
					case 'table':
						return (
							<div key={key} className={styles.scroll}>
								<table>
									<thead>
										<tr>
											{block.head.map((cell) => (
												<th key={cell} scope="col">
													{phrases(cell)}
												</th>
											))}
										</tr>
									</thead>
									<tbody>
										{block.rows.map((row) => (
											<tr key={row.join('|')}>
												{row.map((cell, column) => (
													<td
														key={`${block.head[column]}${cell}`}
														data-label={plain(block.head[column] ?? '')}
													>
														{phrases(cell)}
													</td>
												))}
											</tr>
										))}
									</tbody>
								</table>
							</div>
						);
					default:
						return null;
				}
			})}
		</div>
	);
}
