import { Button, Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
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
		mutationFn: () => post(`/api/imports/${job.id}/confirm`, { create_schools: choice === 'create' }),
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
	const toStore = counts.new + counts.changed;
	const isNothing = toStore === 0 && choice !== 'create';
	const number = (value: number) => formatNumber(value, language);
	return (
		<Card title={t('confirm.title')}>
			{hasUnknown && (
				<div className={styles.unknown}>
					<p>
						<strong>{t('confirm.unknown', { count: unknown_schools.length })}</strong>
					</p>
					<p className={styles.soft}>
						{unknown_schools.slice(0, namesShown).join(', ')}
						{unknown_schools.length > namesShown &&
							t('confirm.and_more', { count: unknown_schools.length - namesShown })}
					</p>
					<Radio.Group value={choice} onChange={setChoice} label={t('confirm.choose')}>
						<div className={styles.choices}>
							<Radio value="create" label={t('confirm.create')} description={t('confirm.create_hint')} />
							<Radio value="refuse" label={t('confirm.refuse')} description={t('confirm.refuse_hint')} />
						</div>
					</Radio.Group>
				</div>
			)}
			{report.unknown_municipalities.length > 0 && (
				<p className={styles.soft}>
					{t('confirm.municipalities', { names: report.unknown_municipalities.join(', ') })}
				</p>
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
				{isNothing && choice === 'refuse'
					? t('confirm.nothing')
					: hasUnknown && choice === ''
						? t('confirm.first_choose')
						: isNothing
							? t('confirm.nothing')
							: t('confirm.not_yet')}
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
					<li>{t('confirm.will_add', { n: number(counts.new) })}</li>
					{counts.changed > 0 && <li>{t('confirm.will_change', { n: number(counts.changed) })}</li>}
					{choice === 'create' && <li>{t('confirm.will_create', { count: unknown_schools.length })}</li>}
					{counts.refused > 0 && (
						<li>
							{t(choice === 'create' ? 'confirm.will_refuse_less' : 'confirm.will_refuse', {
								n: number(counts.refused),
							})}
						</li>
					)}
					<li>{t(job.kind === 'results' ? 'confirm.can_withdraw' : 'confirm.can_correct')}</li>
				</ul>
			</ConfirmDialog>
		</Card>
	);
}
