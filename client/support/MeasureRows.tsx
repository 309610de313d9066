import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dayIn } from '../days.ts';
import styles from './Plans.module.css';
import type { MeasureRow } from './plan-start.ts';

/** Measures of a plan being written: what, who, from when until when; rows come and go. */
export function MeasureRows(props: { rows: MeasureRow[]; onChange: (rows: MeasureRow[]) => void }) {
	const { t } = useTranslation('plans');
	const { rows, onChange } = props;
	const change = (key: string, part: Partial<MeasureRow>) =>
		onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
	const add = () =>
		onChange([
			...rows,
			{ key: crypto.randomUUID(), title: '', owner: '', starts_on: dayIn(0), due_on: dayIn(30) },
		]);
	return (
		<>
			<ol className={styles.rows}>
				{rows.map((row, index) => (
					<li key={row.key} className={styles.row}>
						<fieldset>
							<legend className="visually-hidden">{t('measure.number', { number: index + 1 })}</legend>
							<TextInput
								className={styles.wide}
								label={t('measure.title')}
								value={row.title}
								onChange={(event) => change(row.key, { title: event.currentTarget.value })}
								maxLength={300}
								required
							/>
							<TextInput
								label={t('measure.owner')}
								value={row.owner}
								onChange={(event) => change(row.key, { owner: event.currentTarget.value })}
								maxLength={300}
								required
							/>
							<TextInput
								label={t('measure.starts_on')}
								type="date"
								value={row.starts_on}
								onChange={(event) => change(row.key, { starts_on: event.currentTarget.value })}
								required
							/>
							<TextInput
								label={t('measure.due_on')}
								type="date"
								value={row.due_on}
								min={row.starts_on}
								error={row.due_on !== '' && row.due_on < row.starts_on ? t('measure.reversed') : undefined}
								onChange={(event) => change(row.key, { due_on: event.currentTarget.value })}
								required
							/>
							<Button
								variant="subtle"
								className={styles.remove}
								onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
								aria-label={t('measure.remove_of', { title: row.title })}
							>
								{t('measure.remove')}
							</Button>
						</fieldset>
					</li>
				))}
			</ol>
			<Button variant="default" onClick={add}>
				{t('measure.add')}
			</Button>
		</>
	);
}
