import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskFactorBody, RiskFactorItem, RiskFactorList } from '#server/contract/risks.ts';
import type { LocalText } from '#server/contract/text.ts';
import { post, put } from '../api.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Plans.module.css';

interface InputRow {
	key: string;
	id: string | null;
	standing: LocalText | null;
	title: string;
	good: number | null;
	bad: number | null;
	weight: number | null;
}

/** A factor and the inputs of its index; what is written in one language serves both. */
export function RiskFactorForm(props: { path: string; factor: RiskFactorItem | null; onDone: () => void }) {
	const { t } = useTranslation('risks');
	const language = useLanguage();
	const text = useLocalText();
	const client = useQueryClient();
	const { factor } = props;
	const [title, setTitle] = useState(factor ? text(factor.title) : '');
	const [isOn, setOn] = useState(factor?.is_on ?? true);
	const [rows, setRows] = useState<InputRow[]>(() =>
		(factor?.inputs ?? []).map((input) => ({
			...input,
			key: input.id,
			standing: input.title,
			title: text(input.title),
		})),
	);
	const change = (key: string, part: Partial<InputRow>) =>
		setRows((old) => old.map((row) => (row.key === key ? { ...row, ...part } : row)));
	/** words that nobody touched stay in both languages */
	const written = (given: string, standing: LocalText | null): LocalText => {
		const words = given.trim();
		return standing?.[language] === words ? standing : { ru: words, en: words };
	};
	const isWhole =
		title.trim() !== '' &&
		rows.every(
			({ title, good, bad, weight }) =>
				title.trim() !== '' && good !== null && bad !== null && good !== bad && weight !== null && weight > 0,
		);
	const save = useMutation({
		mutationFn: () => {
			const body: RiskFactorBody = {
				title: written(title, factor?.title ?? null),
				is_on: isOn,
				inputs: rows.map(({ id, standing, title, good, bad, weight }) => ({
					id,
					title: written(title, standing),
					good: good!,
					bad: bad!,
					weight: weight!,
				})),
			};
			return factor
				? put<RiskFactorList>(`${props.path}/${factor.factor}`, body)
				: post<RiskFactorList>(props.path, body);
		},
		onSuccess: async () => {
			await client.invalidateQueries({ queryKey: ['reply'] });
			props.onDone();
		},
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (isWhole) save.mutate();
	};
	const number = (row: InputRow, name: 'good' | 'bad' | 'weight') => ({
		label: t(`factors.${name}`),
		value: row[name] ?? '',
		onChange: (value: string | number) =>
			change(row.key, { [name]: typeof value === 'number' ? value : null }),
		decimalSeparator: language === 'ru' ? ',' : '.',
		hideControls: true,
		required: true,
	});
	return (
		<form className={styles.report} onSubmit={submit}>
			<TextInput
				label={t('factors.name')}
				value={title}
				onChange={(event) => setTitle(event.currentTarget.value)}
				maxLength={300}
				required
			/>
			<Checkbox
				label={t('factors.is_on')}
				checked={isOn}
				onChange={(event) => setOn(event.currentTarget.checked)}
			/>
			<ol className={styles.rows}>
				{rows.map((row, index) => (
					<li key={row.key} className={styles.row}>
						<fieldset>
							<legend className="visually-hidden">{t('factors.input', { number: index + 1 })}</legend>
							<TextInput
								className={styles.wide}
								label={t('factors.input', { number: index + 1 })}
								value={row.title}
								onChange={(event) => change(row.key, { title: event.currentTarget.value })}
								maxLength={300}
								required
							/>
							<NumberInput {...number(row, 'good')} />
							<NumberInput
								{...number(row, 'bad')}
								error={row.good !== null && row.good === row.bad ? t('factors.equal') : undefined}
							/>
							<NumberInput {...number(row, 'weight')} min={0} max={100} />
							<Button
								variant="subtle"
								className={styles.remove}
								onClick={() => setRows((old) => old.filter(({ key }) => key !== row.key))}
								aria-label={t('factors.remove_of', { title: row.title })}
							>
								{t('factors.remove')}
							</Button>
						</fieldset>
					</li>
				))}
			</ol>
			{rows.length < 12 && (
				<Button
					variant="default"
					onClick={() =>
						setRows((old) => [
							...old,
							{
								key: crypto.randomUUID(),
								id: null,
								standing: null,
								title: '',
								good: null,
								bad: null,
								weight: 1,
							},
						])
					}
				>
					{t('factors.add_input')}
				</Button>
			)}
			{save.error && <ProblemNote problem={save.error} />}
			<div className={styles.foot}>
				<Button type="submit" loading={save.isPending} disabled={!isWhole}>
					{t('factors.save')}
				</Button>
				<Button variant="subtle" onClick={props.onDone}>
					{t('factors.cancel')}
				</Button>
				<span className={styles.aside}>{t('factors.later')}</span>
			</div>
		</form>
	);
}
