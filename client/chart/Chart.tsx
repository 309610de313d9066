import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Item, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import type { ResultField, ResultRow } from '../api.ts';
import { useLanguage } from '../i18n.ts';
import { useScheme } from '../theme/scheme.ts';
import styles from './Chart.module.css';
import { compilePicture } from './compile-picture.ts';
import type { RowGroup } from './groups.ts';
import { layOut, readNames } from './layout.ts';
import { listMarks, rowIndex, type WalkedMark } from './marks.ts';
import { RowCard } from './RowCard.tsx';
import { GroupCard } from './RowGroups.tsx';
import { completeSpecification, type LevelWords, type Specification } from './specification.ts';
import { chartConfig, chartLocales } from './theme.ts';

/** What a frame may ask of a drawn picture. */
export interface Picture {
	toSvg(): Promise<string>;
	toPng(): Promise<Blob>;
}

interface Pointed {
	row: number;
	x: number;
	y: number;
}

/** Days travel as text; Vega reads a scale of time from milliseconds. */
function drawn(rows: ResultRow[], fields: ResultField[]): Record<string, unknown>[] {
	const days = fields.filter((field) => field.type === 'date').map((field) => field.name);
	return rows.map((row, index) => {
		const done: Record<string, unknown> = { ...row, [rowIndex]: index };
		for (const day of days) if (typeof row[day] === 'string') done[day] = Date.parse(`${row[day]}T00:00:00`);
		return done;
	});
}

/**
 * Draws a Vega-Lite specification over the named data `rows` as SVG, with the expression interpreter (no eval).
 * New rows flow into the living view; a new specification, language or scheme draws anew. The only file that knows Vega.
 */
export function Chart(props: {
	specification: Specification;
	fields: ResultField[];
	rows: ResultRow[];
	/** the sentence that a screen reader says instead of the picture */
	description: string;
	/** what its marks stand for where one stands for several rows, and what choosing one does */
	groups?: { of: (row: ResultRow) => RowGroup | undefined; choose: (group: RowGroup) => void };
	onSelect?: (row: ResultRow) => void;
	onReady?: (picture: Picture | null) => void;
	onFailure?: (error: Error) => void;
}) {
	const { fields, rows, onReady, onFailure } = props;
	const { t } = useTranslation('common');
	const language = useLanguage();
	const { scheme } = useScheme();
	const host = useRef<HTMLDivElement>(null);
	const view = useRef<View | null>(null);
	const latest = useRef(rows);
	const { groups, onSelect } = props;
	const choose = groups
		? (row: ResultRow) => {
				const group = groups.of(row);
				if (group) groups.choose(group);
			}
		: onSelect;
	const select = useRef(choose);
	const [isNarrow, setNarrow] = useState(() => window.innerWidth < 560);
	const [pointed, setPointed] = useState<Pointed | null>(null);
	const [isWider, setWider] = useState(false);
	const walked = useRef<{ marks: WalkedMark[]; at: number }>({ marks: [], at: -1 });
	latest.current = rows;
	select.current = choose;

	useEffect(() => {
		const query = window.matchMedia('(max-width: 559px)');
		const listen = () => setNarrow(query.matches);
		listen();
		query.addEventListener('change', listen);
		return () => query.removeEventListener('change', listen);
	}, []);

	const names = JSON.stringify(readNames(props.specification, rows));
	const specification = useMemo(
		() => layOut(props.specification, JSON.parse(names), isNarrow),
		[props.specification, names, isNarrow],
	);

	// biome-ignore lint/correctness/useExhaustiveDependencies: scheme decides the colours that chartConfig reads from the page
	useEffect(() => {
		const container = host.current;
		if (!container) return;
		let isGone = false;
		let made: View | null = null;
		const words: LevelWords = {
			flag: {
				'0': t('evidence.none'),
				'1': t('evidence.watch'),
				'2': t('evidence.sign'),
				'3': t('evidence.persistent'),
				X: t('evidence.insufficient'),
			},
			deficit_level: { low: t('deficit.low'), medium: t('deficit.medium'), high: t('deficit.high') },
			channel: {
				self_assessment: t('channel.self_assessment'),
				test: t('channel.test'),
				expert_review: t('channel.expert_review'),
			},
		};
		const draw = async () => {
			const complete = completeSpecification(specification, fields, words);
			made = new View(parse(compilePicture(complete, chartConfig(isNarrow)), undefined, { ast: true }), {
				renderer: 'svg',
				container,
				expr: expressionInterpreter,
				hover: true,
				// the view takes the definitions, though its type asks for what it makes of them
				locale: chartLocales[language] as never,
			} as ConstructorParameters<typeof View>[1]);
			made.data('rows', drawn(latest.current, fields));
			await made.runAsync();
			if (isGone) return made.finalize();
			view.current = made;
			setWider(container.scrollWidth > container.clientWidth + 8);
			walked.current = { marks: listMarks(made), at: -1 };
			listen(made);
			onReady?.({ toSvg: () => made!.toSVG(), toPng: () => paint(made!) });
		};
		const listen = (drawnView: View) => {
			const rowOf = (item: Item | null | undefined) => {
				const row = (item?.datum as Record<string, unknown> | undefined)?.[rowIndex];
				return typeof row === 'number' ? row : null;
			};
			drawnView.addEventListener('pointermove', (event, item) => {
				const row = rowOf(item);
				const box = container.getBoundingClientRect();
				const { clientX, clientY } = event as unknown as PointerEvent;
				setPointed(row === null ? null : { row, x: clientX - box.left, y: clientY - box.top });
			});
			drawnView.addEventListener('pointerout', () => setPointed(null));
			drawnView.addEventListener('click', (_event, item) => {
				const row = rowOf(item);
				if (row !== null && latest.current[row]) select.current?.(latest.current[row]);
			});
		};
		draw().catch((error: Error) => {
			if (!isGone) onFailure?.(error);
		});
		return () => {
			isGone = true;
			view.current = null;
			onReady?.(null);
			setPointed(null);
			made?.finalize();
			container.replaceChildren();
		};
	}, [specification, fields, language, scheme, isNarrow, t, onReady, onFailure]);

	useEffect(() => {
		const living = view.current;
		if (!living) return;
		living.data('rows', drawn(rows, fields));
		living.runAsync().then(
			() => {
				walked.current = { marks: listMarks(living), at: -1 };
			},
			(error: Error) => onFailure?.(error),
		);
	}, [rows, fields, onFailure]);

	const walk = (event: KeyboardEvent) => {
		const { marks } = walked.current;
		const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
		if (event.key === 'Escape') return setPointed(null);
		if (event.key === 'Enter' && choose && pointed && rows[pointed.row]) {
			// what is chosen may take the focus, and would be pressed by this very key
			event.preventDefault();
			return choose(rows[pointed.row]!);
		}
		if (!step || marks.length === 0) return;
		event.preventDefault();
		const at = (walked.current.at + step + marks.length) % marks.length;
		walked.current.at = at;
		const mark = marks[at]!;
		setPointed({ row: mark.row, x: mark.x + mark.width, y: mark.y + mark.height / 2 });
	};

	const row = pointed ? rows[pointed.row] : undefined;
	const group = row && groups?.of(row);
	return (
		<div className={styles.chart}>
			<section
				className={choose ? `${styles.picture} ${styles.clickable}` : styles.picture}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk the marks of the picture
				tabIndex={0}
				aria-label={`${props.description} ${t('chart.keys')}`}
				onKeyDown={walk}
				onBlur={() => setPointed(null)}
			>
				<div ref={host} className={styles.host} aria-hidden="true" />
			</section>
			{isWider && <p className={`${styles.wider} no-print`}>{t('chart.wider')}</p>}
			{row && pointed && (
				<RowCard
					row={row}
					fields={fields}
					x={pointed.x}
					y={pointed.y}
					width={host.current?.clientWidth ?? 0}
					hint={choose ? t('chart.choose') : undefined}
				>
					{group && <GroupCard group={group} fields={fields} />}
				</RowCard>
			)}
		</div>
	);
}

/** Twice the size on screen, on paper and not on nothing. */
async function paint(view: View): Promise<Blob> {
	const drawing = (await view.toCanvas(2)) as HTMLCanvasElement;
	const canvas = document.createElement('canvas');
	canvas.width = drawing.width;
	canvas.height = drawing.height;
	const context = canvas.getContext('2d')!;
	context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--surface').trim();
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.drawImage(drawing, 0, 0);
	return new Promise((resolve, reject) =>
		canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
	);
}
