import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkshopContent } from '#server/contract/workshop.ts';
import { ConditionBuilder, startClause } from './ConditionBuilder.tsx';
import styles from './Conditions.module.css';
import { readCondition, writeCondition } from './condition.ts';
import { sayCondition } from './condition-words.ts';
import type { Element } from './draft-parts.ts';
import { useConditionSubjects } from './use-condition-subjects.ts';

export const conditionKinds = ['visibleIf', 'enableIf', 'requiredIf'] as const;
export type ConditionKind = (typeof conditionKinds)[number];

/** On what a question or a page depends, as sentences; each can be built line by line. */
export function ConditionFields(props: {
	content: WorkshopContent;
	/** the question or page that has the conditions */
	element: Element;
	kinds: readonly ConditionKind[];
	isReadOnly: boolean;
	onChange: (kind: ConditionKind, condition: string | undefined) => void;
}) {
	const { t } = useTranslation('conditions');
	const { element, kinds } = props;
	return (
		<div className={styles.conditions}>
			<h3>{t('title')}</h3>
			<p className={styles.aside}>{t('lead')}</p>
			{kinds.map((kind) => (
				<ConditionLine
					key={kind}
					kind={kind}
					content={props.content}
					own={String(element.name)}
					value={typeof element[kind] === 'string' ? element[kind] : ''}
					isReadOnly={props.isReadOnly}
					onChange={(condition) => props.onChange(kind, condition)}
				/>
			))}
		</div>
	);
}

function ConditionLine(props: {
	kind: ConditionKind;
	content: WorkshopContent;
	own: string;
	value: string;
	isReadOnly: boolean;
	onChange: (condition: string | undefined) => void;
}) {
	const { t } = useTranslation('conditions');
	const subjects = useConditionSubjects(props.content, props.own);
	const [isOpen, setOpen] = useState(false);
	const { kind, value, isReadOnly } = props;
	const isSet = value.trim() !== '';
	const condition = isSet ? readCondition(value) : null;
	const name = t(`kind.${kind}`);
	if (isSet && !condition)
		return (
			<Textarea
				label={`${name}: ${t('text')}`}
				description={t('text_hint')}
				value={value}
				autosize
				minRows={1}
				className={styles.formula}
				readOnly={isReadOnly}
				onChange={(event) => props.onChange(event.currentTarget.value)}
			/>
		);
	const start = () => {
		const first = subjects[0];
		if (!condition && first) props.onChange(writeCondition({ join: 'and', clauses: [startClause(first)] }));
		setOpen(true);
	};
	return (
		<section className={styles.line} aria-label={name}>
			<p className={styles.sentence}>
				<strong>{name}</strong>{' '}
				{condition ? t('when', { sentence: sayCondition(condition, subjects, t) }) : t(`absent.${kind}`)}
			</p>
			{!isReadOnly && (
				<Button
					variant="subtle"
					size="compact-sm"
					aria-expanded={isOpen && condition !== null}
					onClick={() => (isOpen && condition ? setOpen(false) : start())}
				>
					{isOpen && condition ? t('done') : t(condition ? 'change' : 'set')}
				</Button>
			)}
			{isOpen && condition && !isReadOnly && (
				<ConditionBuilder
					condition={condition}
					subjects={subjects}
					onChange={(next) => props.onChange(writeCondition(next))}
					onRemove={() => {
						props.onChange(undefined);
						setOpen(false);
					}}
				/>
			)}
		</section>
	);
}
