import { ActionIcon, Button, Menu, Popover } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DraftFinding, WorkshopContent } from '#server/contract/workshop.ts';
import { useLocalText } from '../i18n.ts';
import { ConditionFields } from './ConditionFields.tsx';
import { findKey, listScored } from './draft-key.ts';
import {
	addElement,
	addPage,
	conditionPage,
	moveElement,
	newKinds,
	removePage,
	titlePage,
} from './draft-model.ts';
import { type Element, listPages, type Page, readText } from './draft-parts.ts';
import { hasRoles } from './roles.ts';
import { TextPair } from './TextPair.tsx';
import type { DraftInHand } from './use-draft.ts';
import styles from './Workshop.module.css';

/** Pages and their questions in order. Alt with an arrow moves the chosen one. */
export function ItemList(props: {
	hand: DraftInHand;
	chosen: string | null;
	onChoose: (name: string) => void;
	faults: Map<string, DraftFinding[]>;
	isReadOnly: boolean;
}) {
	const { t } = useTranslation('workshop');
	const { hand, chosen, isReadOnly } = props;
	const { content, change } = hand;
	const pages = listPages(content);
	const scale = ['1', '2', '3', '4'].map((step) => ({
		ru: t(`scale.${step}`, { lng: 'ru' }),
		en: t(`scale.${step}`, { lng: 'en' }),
	}));
	const add = (kind: (typeof newKinds)[number]) => {
		let name = '';
		change((old) => {
			const added = addElement(old, kind, chosen, scale);
			name = added.name;
			return added.content;
		});
		props.onChoose(name);
	};
	let number = 0;
	return (
		<nav className={styles.list} aria-label={t('tab.items')}>
			{pages.map((page, index) => (
				<section key={page.name}>
					<PageHead page={page} number={index + 1} hand={hand} isReadOnly={isReadOnly} />
					<ol>
						{page.elements.map((element) => {
							const name = String(element.name);
							if (element.type !== 'html') number += 1;
							return (
								<ItemLine
									key={name}
									element={element}
									content={content}
									number={element.type === 'html' ? '¶' : String(number)}
									isChosen={name === chosen}
									findings={props.faults.get(name) ?? []}
									onChoose={() => props.onChoose(name)}
									onMove={isReadOnly ? null : (by) => change((old) => moveElement(old, name, by))}
								/>
							);
						})}
					</ol>
				</section>
			))}
			{!isReadOnly && (
				<div className={styles.foot}>
					<Menu position="bottom-start" withinPortal>
						<Menu.Target>
							<Button leftSection={<IconPlus size={16} />} variant="light">
								{t('item.add')}
							</Button>
						</Menu.Target>
						<Menu.Dropdown>
							{newKinds.map((kind) => (
								<Menu.Item key={kind} onClick={() => add(kind)}>
									{t(`type.${kind}`)}
								</Menu.Item>
							))}
						</Menu.Dropdown>
					</Menu>
					<Button variant="subtle" onClick={() => change(addPage)}>
						{t('page.add')}
					</Button>
				</div>
			)}
		</nav>
	);
}

function PageHead(props: { page: Page; number: number; hand: DraftInHand; isReadOnly: boolean }) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const { page, hand } = props;
	const name = t(text(page.title) === '' ? 'page.bare' : 'page.name', {
		number: props.number,
		title: text(page.title),
	});
	return (
		<div className={styles.pageHead}>
			<h3>{name}</h3>
			{!props.isReadOnly && (
				<Popover position="bottom-end" withinPortal trapFocus>
					<Popover.Target>
						<ActionIcon variant="subtle" aria-label={t('page.rename', { name })}>
							<IconPencil size={16} />
						</ActionIcon>
					</Popover.Target>
					<Popover.Dropdown className={styles.popover}>
						<TextPair
							label={t('page.title')}
							value={page.title}
							isReadOnly={false}
							onChange={(title) => hand.change((old) => titlePage(old, page.name, title))}
						/>
						<ConditionFields
							content={hand.content}
							element={{ name: page.name, visibleIf: page.visibleIf }}
							kinds={['visibleIf']}
							isReadOnly={false}
							onChange={(_, condition) => hand.change((old) => conditionPage(old, page.name, condition))}
						/>
						{page.elements.length === 0 && (
							<Button variant="subtle" onClick={() => hand.change((old) => removePage(old, page.name))}>
								{t('page.remove')}
							</Button>
						)}
					</Popover.Dropdown>
				</Popover>
			)}
		</div>
	);
}

function ItemLine(props: {
	element: Element;
	content: WorkshopContent;
	number: string;
	isChosen: boolean;
	findings: DraftFinding[];
	onChoose: () => void;
	onMove: ((by: -1 | 1) => void) | null;
}) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const { element, content, findings, onMove } = props;
	const title = text(readText(element.type === 'html' ? element.html : element.title)).replace(
		/<[^>]*>/g,
		' ',
	);
	const scored = listScored(content, element).filter(({ item }) => findKey(content, item));
	const hasError = findings.some(({ severity }) => severity === 'error');
	return (
		<li className={props.isChosen ? styles.chosen : undefined}>
			<button
				type="button"
				className={styles.line}
				aria-current={props.isChosen}
				onClick={props.onChoose}
				onKeyDown={(event) => {
					if (!event.altKey || !onMove) return;
					if (event.key === 'ArrowUp') onMove(-1);
					else if (event.key === 'ArrowDown') onMove(1);
					else return;
					event.preventDefault();
				}}
			>
				<span className={styles.number}>{props.number}</span>
				<span className={styles.words}>{title.trim() || t('item.empty')}</span>
				<span className={styles.marks}>
					{scored.length > 0 && (
						<span>{t(hasRoles(content.key.channel) ? 'role.marked' : 'item.scored')}</span>
					)}
					{findings.length > 0 && (
						<span className={hasError ? styles.bad : styles.note}>
							{t(hasError ? 'item.has_error' : 'item.has_advice')}
						</span>
					)}
				</span>
			</button>
			{onMove && props.isChosen && (
				<span className={styles.tools}>
					<ActionIcon variant="subtle" aria-label={t('item.up')} onClick={() => onMove(-1)}>
						<IconArrowUp size={16} />
					</ActionIcon>
					<ActionIcon variant="subtle" aria-label={t('item.down')} onClick={() => onMove(1)}>
						<IconArrowDown size={16} />
					</ActionIcon>
				</span>
			)}
		</li>
	);
}
