import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanDetail, PlanState } from '#server/contract/support.ts';
import { post } from '../api.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import styles from './Plans.module.css';

/** Where the plan may go from here, each with what it means. */
export function PlanSteps(props: { plan: PlanDetail }) {
	const { t } = useTranslation('plans');
	const client = useQueryClient();
	const [to, setTo] = useState<PlanState | null>(null);
	const { plan } = props;
	const move = useMutation({
		mutationFn: (state: PlanState) => post<PlanDetail>(`/api/plans/${plan.plan_id}/state`, { to: state }),
		onSuccess: async () => {
			setTo(null);
			await client.invalidateQueries({ queryKey: ['reply'] });
		},
	});
	if (plan.next_states.length === 0) return null;
	const open = plan.measures_total - plan.measures_done;
	return (
		<div className={`${styles.foot} no-print`}>
			{plan.next_states.map((state) => (
				<Button
					key={state}
					variant={state === 'cancelled' ? 'subtle' : 'filled'}
					onClick={() => {
						move.reset();
						setTo(state);
					}}
				>
					{t(`step.${state}.button`)}
				</Button>
			))}
			{to && (
				<ConfirmDialog
					isOpen
					title={t(`step.${to}.title`)}
					confirm={t(`step.${to}.button`)}
					onConfirm={() => move.mutate(to)}
					onClose={() => setTo(null)}
					isPending={move.isPending}
					problem={move.error}
					isGrave={to === 'cancelled'}
				>
					<p>{t(`step.${to}.what`)}</p>
					{to === 'completed' && open > 0 && <p>{t('step.completed.open', { count: open })}</p>}
				</ConfirmDialog>
			)}
		</div>
	);
}
