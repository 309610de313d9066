import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyData as Data } from '#server/contract/my-data.ts';
import { download, useReply } from '../api.ts';
import { formatDate, formatMoment } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { Button } from '../ui/Button.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { forgetCampaign } from './forget-answers.ts';
import styles from './MyData.module.css';
import { MyInvitation } from './MyInvitation.tsx';

type Purpose = Data['invitations'][number]['consents'][number]['purpose'];

const formats = ['xlsx', 'csv', 'json', 'zip'] as const;

/** Everything that is kept about me: to see, to take along, to take back; and who has looked. */
export function MyData() {
	const { t } = useTranslation('my-data');
	const { data, error, refetch } = useReply<Data>('/api/my/data');
	const { session } = useSession();
	const queries = useQueryClient();
	const [problem, setProblem] = useState<unknown>(null);
	if (!data)
		return error ? (
			<Page title={t('title')} narrow>
				<ProblemNote problem={error} retry={() => void refetch()} />
			</Page>
		) : (
			<Loading shape="page" />
		);
	const take = async (format: (typeof formats)[number]) => {
		setProblem(null);
		try {
			await download('/api/my/data/file', { format }, `opora-my-data.${format}`);
		} catch (refusal) {
			setProblem(refusal);
		}
	};
	const forget = async (campaign: string, purpose: Purpose) => {
		if (purpose === 'diagnostic') {
			await forgetCampaign(session?.holder ?? '', campaign);
			// nor does this page go on with what it had read before
			const isOther = (path: unknown) => String(path).startsWith('/api/my/') && path !== '/api/my/data';
			queries.removeQueries({ predicate: ({ queryKey: [, path] }) => isOther(path) });
		}
		await refetch();
	};
	return (
		<Page title={t('title')} lead={t('lead')} narrow>
			<Card title={t('take.title')}>
				<p className={styles.quiet}>{t('take.why')}</p>
				<div className={styles.actions}>
					{formats.map((format) => (
						<Button key={format} onClick={() => void take(format)}>
							{t(`take.${format}`)}
						</Button>
					))}
				</div>
				{problem !== null && <ProblemNote problem={problem} />}
			</Card>
			<Registry registry={data.registry} />
			{data.invitations.map((invitation) => (
				<MyInvitation
					key={invitation.campaign_id}
					invitation={invitation}
					scores={data.scores.filter(({ campaign_id }) => campaign_id === invitation.campaign_id)}
					onWithdrawn={(purpose) => void forget(invitation.campaign_id, purpose)}
				/>
			))}
			<Looks data={data} />
		</Page>
	);
}

function Registry({ registry }: { registry: Data['registry'] }) {
	const { t, i18n } = useTranslation(['my-data', 'common']);
	const language = useLanguage();
	return (
		<Card title={t('registry.title')}>
			{registry ? (
				<>
					<dl className={styles.facts}>
						<dt>{t('registry.full_name')}</dt>
						<dd>{registry.full_name}</dd>
						<dt>{t('registry.birth_date')}</dt>
						<dd>{registry.birth_date ? formatDate(registry.birth_date, language) : t('none')}</dd>
						{registry.employments.map((job) => (
							<div key={`${job.school_name}${job.started_on}`} className={styles.job}>
								<dt>{job.school_name}</dt>
								<dd>
									{[
										job.position,
										job.subjects
											.map((subject) =>
												i18n.exists(`common:subject.${subject}`) ? t(`common:subject.${subject}`) : subject,
											)
											.join(', '),
										t(`category.${job.category}`),
										job.teaching_since && t('registry.since', { year: job.teaching_since }),
										t('registry.from', { day: formatDate(job.started_on, language) }),
										job.ended_on && t('registry.until', { day: formatDate(job.ended_on, language) }),
									]
										.filter(Boolean)
										.join(' · ')}
								</dd>
							</div>
						))}
					</dl>
					<p className={styles.quiet}>{t('registry.mistake')}</p>
				</>
			) : (
				<p>{t('registry.unknown')}</p>
			)}
		</Card>
	);
}

/** What an act of the log is called; an act of a later release goes by its own name. */
function Looks({ data }: { data: Data }) {
	const { t, i18n } = useTranslation(['my-data', 'common']);
	const language = useLanguage();
	const nameAct = (action: string) => (i18n.exists(`my-data:act.${action}`) ? t(`act.${action}`) : action);
	return (
		<Card title={t('looks.title')}>
			{data.looks.length === 0 ? (
				<p>{t('looks.nobody')}</p>
			) : (
				<ul className={styles.lines}>
					{data.looks.map((look) => (
						<li key={`${look.at}${look.role}${look.action}`}>
							<span>{formatMoment(look.at, language)}</span>
							<span>{t(`common:role.${look.role}`)}</span>
							<span className={styles.quiet}>
								{nameAct(look.action)}
								{look.purpose && ` · ${look.purpose}`}
							</span>
						</li>
					))}
				</ul>
			)}
			{data.own_acts.length > 0 && (
				<details>
					<summary className={styles.summary}>{t('looks.own', { count: data.own_acts.length })}</summary>
					<ul className={styles.lines}>
						{data.own_acts.map((act) => (
							<li key={`${act.at}${act.action}`}>
								<span>{formatMoment(act.at, language)}</span>
								<span className={styles.quiet}>{nameAct(act.action)}</span>
							</li>
						))}
					</ul>
				</details>
			)}
		</Card>
	);
}
