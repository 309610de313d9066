import { Button, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignDetail, LinkItem } from '#server/contract/diagnostics.ts';
import type { SchoolItem } from '#server/contract/registry.ts';
import { post, saveAs, useReply } from '../api.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';
import { linksAsCsv } from './links-csv.ts';

const LinkSlips = lazy(() => import('./LinkSlips.tsx').then((file) => ({ default: file.LinkSlips })));

/** Personal links of one school, made anew on request: shown, copied, saved as a table, or printed as slips to cut. */
export function PersonalLinks(props: { campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const { campaign } = props;
	const [school, setSchool] = useState<string | null>(null);
	const [isAsked, setAsked] = useState(false);
	const schools = useReply<SchoolItem[]>('/api/schools');
	const links = useMutation({
		mutationFn: () => post<LinkItem[]>(`/api/campaigns/${campaign.campaign_id}/links`, { school_id: school }),
		onSuccess: () => setAsked(false),
	});
	const offered = (schools.data ?? []).filter(
		(entry) =>
			entry.municipality_id === campaign.municipality_id &&
			(campaign.schools === null || campaign.schools.includes(entry.school_id)),
	);
	const name = offered.find((entry) => entry.school_id === school)?.name ?? '';
	const choose = (value: string | null) => {
		setSchool(value);
		links.reset();
	};
	return (
		<Card title={t('links.title')}>
			<p className={styles.soft}>{t('links.lead')}</p>
			{schools.error ? (
				<ProblemNote problem={schools.error} retry={() => void schools.refetch()} />
			) : (
				<Select
					className={`${styles.field} no-print`}
					label={t('links.school')}
					placeholder={t('links.choose')}
					data={offered.map((entry) => ({ value: entry.school_id, label: entry.name }))}
					value={school}
					onChange={choose}
					searchable
					nothingFoundMessage={t('form.nothing')}
				/>
			)}
			<div className={`${styles.foot} no-print`}>
				<Button variant="default" disabled={school === null} onClick={() => setAsked(true)}>
					{t('links.make')}
				</Button>
			</div>
			<ConfirmDialog
				isOpen={isAsked}
				title={t('links.confirm_title', { school: name })}
				confirm={t('links.confirm')}
				onConfirm={() => links.mutate()}
				onClose={() => setAsked(false)}
				isPending={links.isPending}
				problem={links.error}
			>
				<p>{t('links.replace')}</p>
				<p>{t('links.logged')}</p>
			</ConfirmDialog>
			{links.data && <MadeLinks links={links.data} school={name} campaign={campaign} />}
		</Card>
	);
}

function MadeLinks(props: { links: LinkItem[]; school: string; campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const [copied, setCopied] = useState('');
	const [areSlipsDrawn, setSlipsDrawn] = useState(false);
	const { links, school } = props;
	const copy = async (what: string, text: string) => {
		await navigator.clipboard.writeText(text);
		setCopied(what);
	};
	if (links.length === 0) return <EmptyState title={t('links.none')}>{t('links.none_why')}</EmptyState>;
	const nameOf = (link: LinkItem) => link.full_name || t('links.unnamed', { code: link.participant_code });
	const save = () => {
		const head = [t('links.person'), t('links.school'), t('links.link'), t('links.code')];
		const rows = links.map((link) => [nameOf(link), link.school_name, link.url, link.code]);
		saveAs(new Blob([linksAsCsv([head, ...rows])], { type: 'text/csv' }), `${t('links.file')}.csv`);
	};
	return (
		<div className={styles.made}>
			<p role="status">
				<strong>{t('links.ready', { count: links.length })}</strong>
			</p>
			<p className={styles.aside}>{t('links.once')}</p>
			<div className={`${styles.foot} no-print`}>
				<Button
					variant="default"
					onClick={() => void copy('all', links.map((link) => `${nameOf(link)}\t${link.url}`).join('\n'))}
				>
					{t('links.copy_all')}
				</Button>
				<Button variant="default" onClick={save}>
					{t('links.save')}
				</Button>
				<Button variant="default" disabled={!areSlipsDrawn} onClick={() => window.print()}>
					{t('links.print')}
				</Button>
				<span role="status" className={styles.aside}>
					{copied !== '' && t('copied')}
				</span>
			</div>
			<div className="no-print">
				<DataTable
					caption={t('links.table', { school })}
					hideCaption
					rows={links}
					rowKey={(link) => link.participant_code}
					sort={{ id: 'person' }}
					columns={[
						{ id: 'person', label: t('links.person'), value: nameOf, isHeading: true },
						{
							id: 'link',
							label: t('links.link'),
							value: (link) => link.url,
							render: (link) => (
								<Button
									variant="subtle"
									size="compact-sm"
									aria-label={t('links.copy_of', { name: nameOf(link) })}
									onClick={() => void copy(link.participant_code, link.url)}
								>
									{copied === link.participant_code ? t('copied') : t('links.copy')}
								</Button>
							),
						},
					]}
				/>
			</div>
			<Suspense>
				<LinkSlips links={links} campaign={props.campaign} onDrawn={() => setSlipsDrawn(true)} />
			</Suspense>
		</div>
	);
}
