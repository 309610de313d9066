import { Button, Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isOfResults } from '#server/contract/import-kinds.ts';
import type { ImportJob, ImportReport } from '#server/contract/imports.ts';
import { post, remove } from '../api.ts';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Imports.module.css';

const namesShown = 12;

/** The word to store: first what becomes of schools that the registry does not know, then one question. */
export function ImportConfirm(props: { job: ImportJob; report: ImportReport }) {
	const { t } = useTranslation('imports');
	const language = useLanguage();
	const client = useQueryClient();
	const navigate = useNavigate();
	const { job, report } = props;
	const { counts, unknown_schools } = report;
	const [choice, setChoice] = useState('');
	const [isAsked, setAsked] = useState(false);
	const hasUnknown = unknown_schools.length > 0;
	const refresh = () => client.invalidateQueries({ queryKey: ['reply', `/api/imports/${job.id}`] });
	const store = useMutation({
		mutationFn: () => post(`/api/imports/${job.id}/confirm`, { create_schools: isCreating }),
		onSuccess: async () => {
			setAsked(false);
			await refresh();
		},
	});
	const forget = useMutation({
		mutationFn: () => remove(`/api/imports/${job.id}`),
		onSuccess: async () => {
			await client.invalidateQueries({ queryKey: ['reply', '/api/imports'] });
			void navigate('/imports');
		},
	});
	const isCreating = choice === 'create';
	const added = counts.new + (isCreating ? counts.waiting : 0);
	const refused = counts.refused - (isCreating ? counts.waiting : 0);
	const isNothing = added + counts.changed === 0;
	const number = (value: number) => formatNumber(value, language);
	const createHint = [
		t('confirm.create_hint'),
		report.unknown_municipalities.length > 0 &&
			t('confirm.municipalities', { count: report.unknown_municipalities.length }),
	]
		.filter(Boolean)
		.join(' ');
	return (
		<Card title={t('confirm.title')}>
			{hasUnknown && (
				<div className={styles.unknown}>
					<p>
						<strong>
							{t('confirm.unknown', { count: unknown_schools.length })}
							{`, ${t('confirm.waiting', { count: counts.waiting, n: number(counts.waiting) })}`}
						</strong>
					</p>
					<p className={styles.soft}>
						{unknown_schools.slice(0, namesShown).join(', ')}
						{unknown_schools.length > namesShown &&
							t('confirm.and_more', { count: unknown_schools.length - namesShown })}
					</p>
					<Radio.Group value={choice} onChange={setChoice} label={t('confirm.choose')}>
						<div className={styles.choices}>
							<Radio value="create" label={t('confirm.create')} description={createHint} />
							<Radio value="refuse" label={t('confirm.refuse')} description={t('confirm.refuse_hint')} />
						</div>
					</Radio.Group>
				</div>
			)}
			<div className={styles.foot}>
				<Button disabled={isNothing || (hasUnknown && choice === '')} onClick={() => setAsked(true)}>
					{t('confirm.button')}
				</Button>
				<Button variant="subtle" onClick={() => forget.mutate()} loading={forget.isPending}>
					{t('confirm.forget')}
				</Button>
			</div>
			<p className={styles.aside}>
				{hasUnknown && choice === ''
					? t('confirm.first_choose')
					: t(isNothing ? 'confirm.nothing' : 'confirm.not_yet')}
			</p>
			{forget.error && <ProblemNote problem={forget.error} />}
			<ConfirmDialog
				isOpen={isAsked}
				title={t('confirm.ask', { file: job.file_name })}
				confirm={t('confirm.store')}
				onConfirm={() => store.mutate()}
				onClose={() => setAsked(false)}
				isPending={store.isPending}
				problem={store.error}
			>
				<ul>
					<li>{t('confirm.will_add', { n: number(added) })}</li>
					{counts.changed > 0 && <li>{t('confirm.will_change', { n: number(counts.changed) })}</li>}
					{isCreating && <li>{t('confirm.will_create', { count: unknown_schools.length })}</li>}
					{isCreating && report.unknown_municipalities.length > 0 && (
						<li>{t('confirm.will_create_places', { count: report.unknown_municipalities.length })}</li>
					)}
					{refused > 0 && <li>{t('confirm.will_refuse', { n: number(refused) })}</li>}
					<li>{t(isOfResults(job.kind) ? 'confirm.can_withdraw' : 'confirm.can_correct')}</li>
				</ul>
			</ConfirmDialog>
		</Card>
	);
}
