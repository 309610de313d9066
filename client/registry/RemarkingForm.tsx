import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemarkingItem } from '#server/contract/remarkings.ts';
import type { ProcedureItem } from '#server/contract/results.ts';
import { post, put, useReply } from '../api.ts';
import { dayIn } from '../days.ts';
import { Loading } from '../ui/Loading.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { draftOf, type RemarkingDraft, readRemarking } from './remarking-draft.ts';
import styles from './School.module.css';

/** Records a re-marking, or corrects a record; the procedures are those of the year of the card. */
export function RemarkingForm(props: {
	school: string;
	year: number;
	item: RemarkingItem | null;
	onClose: () => void;
}) {
	const procedures = useReply<ProcedureItem[]>('/api/procedures');
	if (procedures.error) return <ProblemNote problem={procedures.error} />;
	if (!procedures.data) return <Loading rows={4} />;
	return <Fields {...props} procedures={procedures.data.filter(({ year }) => year === props.year)} />;
}

function Fields(props: {
	school: string;
	item: RemarkingItem | null;
	procedures: ProcedureItem[];
	onClose: () => void;
}) {
	const { t } = useTranslation('school');
	const client = useQueryClient();
	const [draft, setDraft] = useState(() =>
		draftOf(props.item, { procedure_id: props.procedures[0]?.procedure_id ?? '', day: dayIn(0) }),
	);
	const path = `/api/schools/${props.school}/remarkings`;
	const body = readRemarking(draft);
	const save = useMutation({
		mutationFn: () =>
			props.item
				? put<RemarkingItem>(`${path}/${props.item.remarking_id}`, body)
				: post<RemarkingItem>(path, body),
		onSuccess: async () => {
			// The verdict is reckoned anew meanwhile: whoever has saved need not wait for it.
			void client.invalidateQueries({ queryKey: ['module'] });
			await client.invalidateQueries({ queryKey: ['reply', path] });
			props.onClose();
		},
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (body) save.mutate();
	};
	const text = (name: 'class' | 'commission' | 'document' | 'remark' | 'remarked_on') => ({
		label: t(`remarking.${name}`),
		value: draft[name],
		onChange: (event: { currentTarget: { value: string } }) => {
			const { value } = event.currentTarget;
			setDraft((old) => ({ ...old, [name]: value }));
		},
	});
	const count = (name: 'sampled' | 'remarked' | 'unchanged' | 'raised' | 'lowered') => ({
		label: t(`remarking.${name}`),
		value: draft[name] ?? '',
		onChange: (value: string | number) =>
			setDraft((old): RemarkingDraft => ({ ...old, [name]: typeof value === 'number' ? value : null })),
		allowDecimal: false,
		allowNegative: false,
		hideControls: true,
		max: 100_000,
	});
	return (
		<form className={`${styles.remarkingForm} no-print`} onSubmit={submit}>
			<h3>{t(props.item ? 'remarking.correct' : 'remarking.begin')}</h3>
			<div className={styles.pair}>
				<NativeSelect
					label={t('remarking.procedure_id')}
					value={draft.procedure_id}
					onChange={(event) => {
						const { value } = event.currentTarget;
						setDraft((old) => ({ ...old, procedure_id: value }));
					}}
					data={props.procedures.map(({ procedure_id, title }) => ({ value: procedure_id, label: title }))}
				/>
				<TextInput {...text('class')} description={t('remarking.class_hint')} maxLength={20} />
			</div>
			<div className={styles.numbers}>
				<NumberInput {...count('sampled')} required />
				<NumberInput {...count('remarked')} required />
				<NumberInput {...count('unchanged')} required />
			</div>
			<div className={styles.numbers}>
				<NumberInput {...count('raised')} />
				<NumberInput {...count('lowered')} />
				<TextInput {...text('remarked_on')} type="date" max={dayIn(0)} required />
			</div>
			<div className={styles.pair}>
				<TextInput
					{...text('commission')}
					description={t('remarking.commission_hint')}
					maxLength={300}
					required
				/>
				<TextInput {...text('document')} description={t('remarking.document_hint')} maxLength={300} />
			</div>
			<Textarea
				{...text('remark')}
				description={t('remarking.remark_hint')}
				maxLength={2000}
				autosize
				minRows={2}
			/>
			{save.error && <ProblemNote problem={save.error} />}
			<div className={styles.formFoot}>
				<Button type="submit" loading={save.isPending} disabled={!body}>
					{t('remarking.save')}
				</Button>
				<Button variant="subtle" onClick={props.onClose}>
					{t('remarking.leave')}
				</Button>
				{!body && <span className={styles.aside}>{t('remarking.incomplete')}</span>}
			</div>
		</form>
	);
}
