import { ActionIcon, Button, MultiSelect, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import styles from './Conditions.module.css';
import {
	type Clause,
	type Condition,
	type Operator,
	operators,
	type Scalar,
	takesList,
	takesNothing,
} from './condition.ts';
import type { SubjectInWords } from './use-condition-subjects.ts';

/** The first thing to ask about a question: its first option, or that it is answered at all. */
export function startClause({ name, values, operators: known }: SubjectInWords): Clause {
	const first = values[0];
	return first
		? { name, operator: known[0] ?? 'answered', values: [first.value] }
		: { name, operator: 'answered', values: [] };
}

/** A condition line by line: what is asked about, how, and with which value. */
export function ConditionBuilder(props: {
	condition: Condition;
	subjects: readonly SubjectInWords[];
	onChange: (condition: Condition) => void;
	onRemove: () => void;
}) {
	const { t } = useTranslation('conditions');
	const { condition, subjects, onChange } = props;
	const { clauses } = condition;
	const put = (index: number, clause: Clause) =>
		onChange({ ...condition, clauses: clauses.with(index, clause) });
	return (
		<div className={styles.builder}>
			{clauses.length > 1 && (
				<ChoiceRow
					label={t('join')}
					value={condition.join}
					options={(['and', 'or'] as const).map((value) => ({ value, label: t(`join_${value}`) }))}
					onChange={(join) => onChange({ ...condition, join: join as Condition['join'] })}
				/>
			)}
			<ol className={styles.clauses}>
				{clauses.map((clause, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same; nothing is kept in a line
					<li key={index}>
						<ClauseLine clause={clause} subjects={subjects} onChange={(next) => put(index, next)} />
						{clauses.length > 1 && (
							<ActionIcon
								variant="subtle"
								className={styles.remove}
								aria-label={t('remove_clause', { number: index + 1 })}
								onClick={() => onChange({ ...condition, clauses: clauses.toSpliced(index, 1) })}
							>
								<IconX size={16} />
							</ActionIcon>
						)}
					</li>
				))}
			</ol>
			<div className={styles.foot}>
				<Button
					variant="light"
					size="compact-sm"
					leftSection={<IconPlus size={14} />}
					onClick={() => {
						const next = subjects[0];
						if (next) onChange({ ...condition, clauses: [...clauses, startClause(next)] });
					}}
				>
					{t('add')}
				</Button>
				<Button variant="subtle" size="compact-sm" color="var(--danger)" onClick={props.onRemove}>
					{t('remove')}
				</Button>
			</div>
		</div>
	);
}

function ClauseLine(props: {
	clause: Clause;
	subjects: readonly SubjectInWords[];
	onChange: (clause: Clause) => void;
}) {
	const { t } = useTranslation('conditions');
	const { clause, subjects, onChange } = props;
	const subject = subjects.find(({ name }) => name === clause.name);
	const option = ({ name, title }: SubjectInWords) => ({ value: name, label: title });
	const known = subject?.operators ?? operators;
	const turn = (operator: Operator) => {
		const first = clause.values[0] ?? subject?.values[0]?.value ?? (subject?.isNumber ? 0 : '');
		const values = takesNothing(operator) ? [] : takesList(operator) ? [...clause.values] : [first];
		onChange({ ...clause, operator, values: takesList(operator) && values.length === 0 ? [first] : values });
	};
	return (
		<div className={styles.clause}>
			<NativeSelect
				label={t('question')}
				value={clause.name}
				data={[
					...(subject ? [] : [{ value: clause.name, label: t('missing', { name: clause.name }) }]),
					{ group: t('questions'), items: subjects.filter(({ isRespondent }) => !isRespondent).map(option) },
					{ group: t('respondent'), items: subjects.filter(({ isRespondent }) => isRespondent).map(option) },
				]}
				onChange={(event) => {
					const chosen = subjects.find(({ name }) => name === event.currentTarget.value);
					if (chosen) onChange(startClause(chosen));
				}}
			/>
			<NativeSelect
				label={t('operator_label')}
				value={clause.operator}
				data={[...new Set([...known, clause.operator])].map((value) => ({
					value,
					label: t(`operator.${value}`),
				}))}
				onChange={(event) => turn(event.currentTarget.value as Operator)}
			/>
			{!takesNothing(clause.operator) && (
				<ValueField
					clause={clause}
					subject={subject}
					onChange={(values) => onChange({ ...clause, values })}
				/>
			)}
		</div>
	);
}

function ValueField(props: {
	clause: Clause;
	subject: SubjectInWords | undefined;
	onChange: (values: Scalar[]) => void;
}) {
	const { t } = useTranslation('conditions');
	const { clause, subject, onChange } = props;
	const offered = subject?.values ?? [];
	const strange = clause.values.filter(
		(value) => !offered.some((each) => String(each.value) === String(value)),
	);
	const data = [
		...offered.map(({ value, text }) => ({ value: String(value), label: text })),
		...strange.map((value) => ({
			value: String(value),
			label: t('missing_value', { value: String(value) || t('empty_value') }),
		})),
	];
	const scalarOf = (text: string): Scalar =>
		offered.find(({ value }) => String(value) === text)?.value ??
		clause.values.find((value) => String(value) === text) ??
		text;
	if (takesList(clause.operator))
		return (
			<MultiSelect
				label={t('values')}
				value={clause.values.map(String)}
				data={data}
				onChange={(chosen) => {
					// a list without values asks nothing: the last one stays
					if (chosen.length > 0) onChange(chosen.map(scalarOf));
				}}
			/>
		);
	if (offered.length > 0)
		return (
			<NativeSelect
				label={t('value')}
				value={String(clause.values[0] ?? '')}
				data={data}
				onChange={(event) => onChange([scalarOf(event.currentTarget.value)])}
			/>
		);
	if (subject?.isNumber)
		return (
			<NumberInput
				label={t('value')}
				value={Number(clause.values[0] ?? 0)}
				onChange={(value) => {
					if (typeof value === 'number') onChange([value]);
				}}
			/>
		);
	return (
		<TextInput
			label={t('value')}
			value={String(clause.values[0] ?? '')}
			onChange={(event) => onChange([event.currentTarget.value])}
		/>
	);
}
