import { ActionIcon, NativeSelect, NumberInput } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DraftDetail, WorkshopContent, WorkshopKeyItem } from '#server/contract/workshop.ts';
import { useLocalText } from '../i18n.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { bestPoints, findKey, putKey, rulesOf, startRule } from './draft-key.ts';
import { type Element, readOptions, readRows } from './draft-parts.ts';
import { TextPair } from './TextPair.tsx';
import styles from './Workshop.module.css';

type Rule = WorkshopKeyItem['rule'];

/** How one item is scored, in words: its competency, what counts as right, and for how many points. */
export function KeyFields(props: {
	draft: DraftDetail;
	content: WorkshopContent;
	element: Element;
	item: string;
	/** what the item says, where several stand in one question */
	label: string;
	isReadOnly: boolean;
	change: (make: (old: WorkshopContent) => WorkshopContent) => void;
}) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const { draft, content, element, item, isReadOnly } = props;
	const key = findKey(content, item);
	const name = String(element.name);
	const kinds = rulesOf(element).filter((kind) => (item === name ? true : kind !== 'matching'));
	const put = (next: WorkshopKeyItem | null) => props.change((old) => putKey(old, item, next));
	const putRule = (rule: Rule) =>
		key && put({ ...key, rule, max_points: bestPoints(rule) ?? key.max_points });
	const choose = (competency: string) => {
		if (competency === '') return put(null);
		if (key) return put({ ...key, competency });
		const rule = startRule(kinds[0] ?? 'choice', element);
		put({ item, competency, rule, max_points: bestPoints(rule) || 1 });
	};
	const turn = (kind: string) => {
		if (!key || kind === key.rule.kind) return;
		const rule = startRule(kind, element);
		const next = { ...key, item: kind === 'matching' ? name : item, rule, max_points: bestPoints(rule) ?? 1 };
		props.change((old) => {
			const without = {
				...old,
				key: {
					...old.key,
					items: old.key.items.filter(
						(each) => each.item !== item && !(kind === 'matching' && each.item.startsWith(`${name}.`)),
					),
				},
			};
			return putKey(without, next.item, next);
		});
	};
	const groups = draft.groups.map((group) => ({
		group: text(group.title),
		items: draft.competencies
			.filter((each) => each.group === group.value)
			.map(({ value, title }) => ({ value, label: text(title) })),
	}));
	const mayMatch = element.type === 'matrix' && key !== undefined && item !== name;
	return (
		<div className={styles.key}>
			<NativeSelect
				label={props.label === '' ? t('key.competency') : t('key.competency_of', { item: props.label })}
				value={key?.competency ?? ''}
				disabled={isReadOnly}
				onChange={(event) => choose(event.currentTarget.value)}
				data={[{ value: '', label: t('key.none') }, ...groups]}
			/>
			{key && (kinds.length > 1 || mayMatch) && (
				<NativeSelect
					label={t('key.rule')}
					value={key.rule.kind}
					disabled={isReadOnly}
					onChange={(event) => turn(event.currentTarget.value)}
					data={(mayMatch ? ['likert', 'matching'] : kinds).map((kind) => ({
						value: kind,
						label: t(`rule.${kind}`),
					}))}
				/>
			)}
			{key && <RuleFields rule={key.rule} element={element} isReadOnly={isReadOnly} onChange={putRule} />}
			{key && bestPoints(key.rule) === null && (
				<NumberInput
					label={t('key.max_points')}
					value={key.max_points}
					min={0.5}
					max={100}
					disabled={isReadOnly}
					onChange={(value) => typeof value === 'number' && put({ ...key, max_points: value })}
				/>
			)}
			{key && bestPoints(key.rule) !== null && key.rule.kind !== 'likert' && (
				<p className={styles.aside}>{t('key.best', { points: key.max_points })}</p>
			)}
			{key && key.rule.kind !== 'likert' && (
				<TextPair
					label={t('key.explanation')}
					value={key.explanation ?? { ru: '', en: '' }}
					isReadOnly={isReadOnly}
					onChange={(explanation) => put({ ...key, explanation })}
				/>
			)}
		</div>
	);
}

function RuleFields(props: {
	rule: Rule;
	element: Element;
	isReadOnly: boolean;
	onChange: (rule: Rule) => void;
}) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const { rule, element, isReadOnly } = props;
	const options = readOptions(element) ?? [];
	const nameOf = (value: string) => {
		const found = options.find((option) => String(option.value) === value);
		return found ? text(found.text) || value : value;
	};
	const points = (label: string, value: number, onChange: (value: number) => void) => (
		<NumberInput
			key={label}
			label={label}
			value={value}
			min={-20}
			max={100}
			decimalSeparator=","
			disabled={isReadOnly}
			onChange={(next) => typeof next === 'number' && onChange(next)}
		/>
	);
	switch (rule.kind) {
		case 'likert':
			return (
				<ChoiceRow
					label={t('key.direction')}
					value={String(rule.direction)}
					options={(['mastery', 'difficulty'] as const).map((value) => ({
						value,
						label: t(`direction.${value}`),
					}))}
					onChange={(direction) => !isReadOnly && props.onChange({ ...rule, direction })}
				/>
			);
		case 'choice':
		case 'multiple': {
			const table = rule.points as Record<string, number>;
			return (
				<fieldset className={styles.points}>
					<legend>{t(`key.points_${rule.kind}`)}</legend>
					{options.map(({ value }) =>
						points(nameOf(String(value)), table[String(value)] ?? 0, (next) =>
							props.onChange({ ...rule, points: { ...table, [String(value)]: next } }),
						),
					)}
				</fieldset>
			);
		}
		case 'case': {
			const list = rule.options as { value: string; points: number; rationale: { ru: string; en: string } }[];
			const put = (value: string, part: object) =>
				props.onChange({
					...rule,
					options: list.map((each) => (each.value === value ? { ...each, ...part } : each)),
				});
			return (
				<fieldset className={styles.cases}>
					<legend>{t('key.points_case')}</legend>
					{list.map((each) => (
						<div key={each.value}>
							{points(nameOf(each.value), each.points, (next) => put(each.value, { points: next }))}
							<TextPair
								label={t('key.rationale', { option: nameOf(each.value) })}
								value={each.rationale}
								isReadOnly={isReadOnly}
								onChange={(rationale) => put(each.value, { rationale })}
							/>
						</div>
					))}
				</fieldset>
			);
		}
		case 'ordering': {
			const order = rule.order as string[];
			const raise = (index: number) =>
				props.onChange({
					...rule,
					order: order.toSpliced(index - 1, 2, order[index]!, order[index - 1]!),
				});
			return (
				<fieldset className={styles.order}>
					<legend>{t('key.order')}</legend>
					<ol>
						{order.map((value, index) => (
							<li key={value}>
								<span>{nameOf(value)}</span>
								{!isReadOnly && (
									<ActionIcon
										variant="subtle"
										disabled={index === 0}
										aria-label={t('key.order_up', { option: nameOf(value) })}
										onClick={() => raise(index)}
									>
										<IconArrowUp size={16} />
									</ActionIcon>
								)}
							</li>
						))}
					</ol>
				</fieldset>
			);
		}
		case 'matching': {
			const pairs = rule.pairs as Record<string, string>;
			return (
				<fieldset className={styles.points}>
					<legend>{t('key.pairs')}</legend>
					{(readRows(element) ?? []).map((row) => (
						<NativeSelect
							key={String(row.value)}
							label={text(row.text) || String(row.value)}
							value={pairs[String(row.value)] ?? ''}
							disabled={isReadOnly}
							onChange={(event) =>
								props.onChange({
									...rule,
									pairs: { ...pairs, [String(row.value)]: event.currentTarget.value },
								})
							}
							data={options.map(({ value }) => ({ value: String(value), label: nameOf(String(value)) }))}
						/>
					))}
				</fieldset>
			);
		}
		default:
			return <p className={styles.aside}>{t('key.other_rule')}</p>;
	}
}
