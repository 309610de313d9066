import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DraftDetail, DraftFinding } from '#server/contract/workshop.ts';
import { useLocalText } from '../i18n.ts';
import { ConditionFields, conditionKinds } from './ConditionFields.tsx';
import { measuresPeople } from './channel.ts';
import { listScored } from './draft-key.ts';
import { changeElement, placeElement } from './draft-model.ts';
import {
	type Element,
	findElement,
	listPages,
	readOptions,
	readRows,
	readText,
	writeOptions,
} from './draft-parts.ts';
import { FindingList } from './FindingList.tsx';
import { KeyFields } from './KeyFields.tsx';
import { OptionRows } from './OptionRows.tsx';
import { RoleFields } from './RoleFields.tsx';
import { followRoles, hasRoles, removeWhole } from './roles.ts';
import { TextPair } from './TextPair.tsx';
import type { DraftInHand } from './use-draft.ts';
import styles from './Workshop.module.css';

const known = [
	'rating',
	'radiogroup',
	'dropdown',
	'checkbox',
	'tagbox',
	'ranking',
	'matrix',
	'text',
	'comment',
	'boolean',
	'html',
];
/** Types that may take each other's place without losing options. */
const kin: string[][] = [
	['radiogroup', 'dropdown', 'checkbox', 'ranking'],
	['text', 'comment'],
];

/** One question whole: what it asks, what may be answered, and how the answer counts. */
export function ItemEditor(props: {
	draft: DraftDetail;
	hand: DraftInHand;
	element: Element;
	findings: DraftFinding[];
	isReadOnly: boolean;
}) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const { draft, hand, element, isReadOnly } = props;
	const { content, change } = hand;
	const name = String(element.name);
	const type = String(element.type ?? 'panel');
	const put = (part: Element) =>
		change((old) => followRoles(changeElement(old, name, part), name, findElement(old, name)));
	const options = readOptions(element);
	const rows = readRows(element);
	const pages = listPages(content);
	const page = pages.find(({ elements }) => elements.some((each) => each.name === name))?.name ?? '';
	const types = kin.find((list) => list.includes(type)) ?? [type];
	const scored = listScored(content, element);
	const { channel, items } = content.key;
	// needs and feedback have no right answers: their questions have a place in a summary instead
	const isCounted = hasRoles(channel);
	const isScorable = measuresPeople(draft, channel) || (!isCounted && items.length > 0);
	return (
		<section className={styles.item} aria-label={t('item.title', { name })}>
			<FindingList findings={props.findings} />
			{type === 'html' ? (
				<TextPair
					label={t('item.html')}
					value={readText(element.html)}
					isReadOnly={isReadOnly}
					onChange={(html) => put({ html })}
				/>
			) : (
				<TextPair
					label={t('item.text')}
					value={readText(element.title)}
					isReadOnly={isReadOnly}
					onChange={(title) => put({ title })}
				/>
			)}
			<div className={styles.facts}>
				<NativeSelect
					label={t('item.type')}
					value={type}
					disabled={isReadOnly || types.length < 2}
					data={types.map((each) => ({
						value: each,
						label: known.includes(each) ? t(`type.${each}`) : t('type.other', { type: each }),
					}))}
					onChange={(event) => put({ type: event.currentTarget.value })}
				/>
				<NativeSelect
					label={t('item.page')}
					value={page}
					disabled={isReadOnly}
					data={pages.map((each, index) => ({
						value: each.name,
						label: t(text(each.title) === '' ? 'page.bare' : 'page.name', {
							number: index + 1,
							title: text(each.title),
						}),
					}))}
					onChange={(event) => {
						const chosen = event.currentTarget.value;
						change((old) => placeElement(old, name, chosen));
					}}
				/>
				<TextInput label={t('item.name')} value={name} readOnly disabled />
				{type !== 'html' && (
					<Checkbox
						label={t('item.required')}
						checked={element.isRequired === true}
						disabled={isReadOnly}
						onChange={(event) => put({ isRequired: event.currentTarget.checked })}
					/>
				)}
			</div>
			{rows && (
				<OptionRows
					legend={t('item.rows')}
					add={t('item.add_row')}
					options={rows}
					isRow
					isReadOnly={isReadOnly}
					onChange={(next) => put({ rows: next })}
				/>
			)}
			{options && (
				<OptionRows
					legend={t(type === 'rating' || type === 'matrix' ? 'item.scale' : 'item.options')}
					add={t('item.add_option')}
					options={options}
					isReadOnly={isReadOnly}
					onChange={(next) => put(writeOptions(element, next))}
				/>
			)}
			<ConditionFields
				content={content}
				element={element}
				kinds={type === 'html' ? ['visibleIf'] : conditionKinds}
				isReadOnly={isReadOnly}
				onChange={(kind, condition) => put({ [kind]: condition })}
			/>
			{!known.includes(type) && <p className={styles.aside}>{t('item.kept')}</p>}
			{scored.length > 0 && isScorable && (
				<div className={styles.keys}>
					<h3>{t('key.title')}</h3>
					<p className={styles.aside}>{t('key.secret')}</p>
					{scored.map((each) => (
						<KeyFields
							key={each.item}
							draft={draft}
							content={content}
							element={element}
							item={each.item}
							label={scored.length > 1 ? text(each.text) || each.item : ''}
							isReadOnly={isReadOnly}
							change={change}
						/>
					))}
				</div>
			)}
			{isCounted && (
				<RoleFields content={content} element={element} isReadOnly={isReadOnly} change={change} />
			)}
			{!isReadOnly && (
				<Button
					variant="subtle"
					color="var(--danger)"
					className={styles.start}
					onClick={() => change((old) => removeWhole(old, name))}
				>
					{t('item.remove')}
				</Button>
			)}
		</section>
	);
}
