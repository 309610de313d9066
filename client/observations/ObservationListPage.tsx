import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ObservationCampaign } from '#server/contract/observations.ts';
import { formatDate } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { useKeptReply } from '../offline/shelf.ts';
import { useSession } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { LIST, prepareObserving } from './kept-form.ts';
import styles from './Observations.module.css';

/** Whom to observe: teachers who agreed, by school; one touch opens the form on a phone at the back of the classroom. */
export function ObservationListPage() {
	const { t } = useTranslation('observations');
	const { session } = useSession();
	const holder = session?.holder ?? '';
	const list = useKeptReply<ObservationCampaign[]>(LIST);
	const hasForms = (list.data?.length ?? 0) > 0;
	// a classroom may have no connection: from now on every form of this list opens without one
	useEffect(() => {
		if (hasForms && navigator.onLine) void prepareObserving(holder);
	}, [holder, hasForms]);
	return (
		<Page title={t('title')} lead={t('lead')}>
			{list.error ? (
				<ProblemNote problem={list.error} retry={() => void list.refetch()} />
			) : !list.data ? (
				<Loading shape="card" rows={3} />
			) : list.data.length === 0 ? (
				<EmptyState title={t('none')}>{t('none_why')}</EmptyState>
			) : (
				list.data.map((campaign) => (
					<CampaignCard key={`${campaign.campaign_id}/${campaign.instrument}`} campaign={campaign} />
				))
			)}
		</Page>
	);
}

function CampaignCard({ campaign }: { campaign: ObservationCampaign }) {
	const { t } = useTranslation('observations');
	const language = useLanguage();
	const text = useLocalText();
	const [wanted, setWanted] = useState('');
	const words = wanted.trim().toLocaleLowerCase(language);
	const found = campaign.teachers.filter(({ full_name, school_name }) =>
		`${full_name} ${school_name}`.toLocaleLowerCase(language).includes(words),
	);
	const schools = [...Map.groupBy(found, ({ school_name }) => school_name)];
	return (
		<Card title={campaign.title}>
			<p className={styles.facts}>
				{text(campaign.instrument_title)} · {t('minutes', { count: campaign.minutes })} ·{' '}
				{t('until', { day: formatDate(campaign.closes_on, language) })}
			</p>
			{campaign.teachers.length === 0 ? (
				<EmptyState title={t('nobody')}>{t('nobody_why')}</EmptyState>
			) : (
				<>
					<input
						type="search"
						className={styles.search}
						value={wanted}
						onChange={(event) => setWanted(event.target.value)}
						placeholder={t('search')}
						aria-label={t('search')}
					/>
					{found.length === 0 && <p className={styles.facts}>{t('not_found')}</p>}
					{schools.map(([school, teachers]) => (
						<section key={school} aria-label={school}>
							<h3 className={styles.school}>{school}</h3>
							<ul className={styles.teachers}>
								{teachers.map((teacher) => (
									<li key={teacher.participant_code}>
										<Link
											className={styles.teacher}
											to={`/observations/${campaign.campaign_id}/${teacher.participant_code}/${campaign.instrument}`}
										>
											<strong>{teacher.full_name}</strong>
											<span className={styles.facts}>
												{teacher.last_at
													? t('seen', {
															count: teacher.observations,
															day: formatDate(teacher.last_at, language),
														})
													: t('unseen')}
											</span>
										</Link>
									</li>
								))}
							</ul>
						</section>
					))}
				</>
			)}
			{campaign.waiting > 0 && <p className={styles.facts}>{t('waiting', { count: campaign.waiting })}</p>}
		</Card>
	);
}
