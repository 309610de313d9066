import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureBody, PlanDetail } from '#server/contract/support.ts';
import { post } from '../api.ts';
import { dayIn } from '../days.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { MeasureRows } from './MeasureRows.tsx';
import styles from './Plans.module.css';
import type { MeasureRow } from './plan-start.ts';

const emptyRow = (): MeasureRow => ({
	key: crypto.randomUUID(),
	title: '',
	owner: '',
	starts_on: dayIn(0),
	due_on: dayIn(30),
});

/** More measures for a plan that stands already; they are sent one after the other, and the unsent stay in the form. */
export function MeasureAdd(props: { plan: PlanDetail }) {
	const { t } = useTranslation('plans');
	const client = useQueryClient();
	const [rows, setRows] = useState<MeasureRow[]>([]);
	const add = useMutation({
		mutationFn: async () => {
			for (const { key, ...row } of rows) {
				const body: MeasureBody = { ...row, title: row.title.trim(), owner: row.owner.trim() };
				await post(`/api/plans/${props.plan.plan_id}/measures`, body);
				setRows((left) => left.filter((entry) => entry.key !== key));
			}
		},
		onSettled: () => client.invalidateQueries({ queryKey: ['reply'] }),
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		add.mutate();
	};
	if (rows.length === 0)
		return (
			<div className={`${styles.foot} no-print`}>
				<Button variant="default" onClick={() => setRows([emptyRow()])}>
					{t('measure.add')}
				</Button>
				<span role="status" className={styles.aside}>
					{add.isSuccess && t('measures.saved')}
				</span>
			</div>
		);
	return (
		<form onSubmit={submit} className={`${styles.report} no-print`}>
			<MeasureRows rows={rows} onChange={setRows} />
			{add.error && <ProblemNote problem={add.error} />}
			<div className={styles.foot}>
				<Button type="submit" loading={add.isPending}>
					{t('measures.save')}
				</Button>
				<Button variant="subtle" onClick={() => setRows([])}>
					{t('form.cancel')}
				</Button>
			</div>
		</form>
	);
}
