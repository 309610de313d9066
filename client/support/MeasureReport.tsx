import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureItem, MeasurePatch, MeasureState } from '#server/contract/support.ts';
import { patch } from '../api.ts';
import { dayIn } from '../days.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Plans.module.css';

const states: MeasureState[] = ['planned', 'in_progress', 'done', 'cancelled'];

/** How far a measure is: state, a few words, and the day when it is done. */
export function MeasureReport(props: {
	plan: string;
	measure: MeasureItem;
	onClose: (isSaved: boolean) => void;
}) {
	const { t } = useTranslation('plans');
	const client = useQueryClient();
	const { measure } = props;
	const [state, setState] = useState(measure.state);
	const [progress, setProgress] = useState(measure.progress);
	const [doneOn, setDoneOn] = useState(measure.done_on ?? dayIn(0));
	const save = useMutation({
		mutationFn: () => {
			const body: MeasurePatch = {
				state,
				progress: progress.trim(),
				done_on: state === 'done' ? doneOn : null,
			};
			return patch(`/api/plans/${props.plan}/measures/${measure.measure_id}`, body);
		},
		onSuccess: async () => {
			await client.invalidateQueries({ queryKey: ['reply'] });
			props.onClose(true);
		},
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		save.mutate();
	};
	return (
		<form onSubmit={submit} className={`${styles.report} no-print`}>
			<ChoiceRow
				label={t('measures.state')}
				options={states.map((value) => ({ value, label: t(`measure_state.${value}`) }))}
				value={state}
				onChange={(value) => setState(value as MeasureState)}
			/>
			<Textarea
				label={t('measures.progress')}
				description={t('measures.progress_hint')}
				value={progress}
				onChange={(event) => setProgress(event.currentTarget.value)}
				maxLength={2000}
				autosize
				minRows={2}
			/>
			{state === 'done' && (
				<TextInput
					className={styles.date}
					label={t('measures.done_date')}
					type="date"
					value={doneOn}
					min={measure.starts_on}
					max={dayIn(0)}
					onChange={(event) => setDoneOn(event.currentTarget.value)}
					required
				/>
			)}
			{save.error && <ProblemNote problem={save.error} />}
			<div className={styles.foot}>
				<Button type="submit" loading={save.isPending}>
					{t('measures.save')}
				</Button>
				<Button variant="subtle" onClick={() => props.onClose(false)}>
					{t('form.cancel')}
				</Button>
			</div>
		</form>
	);
}
