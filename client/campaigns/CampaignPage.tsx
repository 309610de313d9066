import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams, useSearchParams } from 'react-router';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import { useReply } from '../api.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { AnswersByDay } from './AnswersByDay.tsx';
import { CampaignFacts } from './CampaignFacts.tsx';
import { CampaignPeople } from './CampaignPeople.tsx';
import { CampaignStateMark } from './CampaignStateMark.tsx';
import styles from './Campaigns.module.css';
import { Consents } from './Consents.tsx';
import { Deadlines } from './Deadlines.tsx';
import { Movements } from './Movements.tsx';
import { NextStep } from './NextStep.tsx';
import { PersonalLinks } from './PersonalLinks.tsx';
import { RateHeadline } from './RateHeadline.tsx';
import { ReleaseStages } from './ReleaseStages.tsx';
import { Reminders } from './Reminders.tsx';
import { RetentionNote } from './RetentionNote.tsx';
import { useResponseRate } from './rate.ts';
import { SchoolTree } from './SchoolTree.tsx';

/** One campaign: how it goes right now, school by school, what comes next, and the links of its people. */
export function CampaignPage() {
	const { id } = useParams();
	return id ? <Campaign key={id} id={id} /> : null;
}

function Campaign(props: { id: string }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const { session } = useSession();
	const client = useQueryClient();
	const [search, setSearch] = useSearchParams();
	const done = useLocation().state as { created?: boolean; changed?: boolean } | null;
	const path = `/api/campaigns/${props.id}`;
	const campaign = useReply<CampaignDetail>(path);
	const rate = useResponseRate(props.id, campaign.data?.state);
	const above = <Link to="/campaigns">{t('list.title')}</Link>;

	if (campaign.error)
		return (
			<Page title={t('one')} above={above}>
				<ProblemNote problem={campaign.error} retry={() => void campaign.refetch()} />
			</Page>
		);
	if (!campaign.data) return <Loading shape="page" />;
	const { data } = campaign;
	const isDraft = data.state === 'draft';
	// a coordinator counts the own school only: of one that was not asked there is nothing to count
	const isOutside = session?.role === 'school_coordinator' && !isDraft && data.invited === 0;
	const hasLinks =
		session?.acts.includes('make-links') && (data.state === 'approved' || data.state === 'open');
	const mayRun = session?.acts.includes('run-campaign') ?? false;
	const mayDecide = session?.acts.includes('decide-campaign') ?? false;
	const tabs = isDraft
		? ['coverage', ...(mayRun ? ['people'] : [])]
		: [
				'coverage',
				...(mayRun ? ['people'] : []),
				...(mayRun ? ['invitations'] : []),
				...(mayDecide ? ['consents'] : []),
				...(mayRun ? ['reminders'] : []),
				...(mayDecide ? ['release'] : []),
			];
	const tab = tabs.find((name) => name === search.get('tab')) ?? 'coverage';
	const mayChange = data.state === 'approved' || data.state === 'open';
	const refresh = async () => {
		await client.invalidateQueries({ queryKey: ['reply'] });
	};
	return (
		<Page
			title={data.title}
			above={above}
			lead={
				<>
					<CampaignStateMark state={data.state} />
					{' · '}
					{t('window', {
						from: formatDate(data.opens_on, language),
						to: formatDate(data.closes_on, language),
					})}
				</>
			}
		>
			{(done?.created || done?.changed) && isDraft && (
				<p role="status" className={styles.saved}>
					{t(done.changed ? 'form.changed' : 'form.saved')}
				</p>
			)}
			{isOutside && <EmptyState title={t('outside.title')}>{t('outside.why')}</EmptyState>}
			{!isDraft && !isOutside && (
				<Card>
					{rate.error ? (
						<ProblemNote problem={rate.error} retry={() => void rate.refetch()} />
					) : rate.data ? (
						<RateHeadline rate={rate.data} campaign={data} />
					) : (
						<Loading rows={2} />
					)}
				</Card>
			)}
			<RetentionNote campaign={data} />
			<NextStep campaign={data} onDone={refresh} />
			{tabs.length > 1 && (
				<ChoiceRow
					label={t('tabs.label')}
					options={tabs.map((value) => ({ value, label: t(`tabs.${value}`) }))}
					value={tab}
					onChange={(value) => setSearch(value === 'coverage' ? {} : { tab: value }, { replace: true })}
				/>
			)}
			{tab === 'people' && <CampaignPeople campaign={data} rate={rate.data} />}
			{tab === 'invitations' && (
				<div className={styles.columns}>
					<div className={styles.main}>
						{hasLinks && <PersonalLinks campaign={data} />}
						<Movements campaign={data} />
					</div>
					<div className={styles.side}>{mayChange && <Deadlines campaign={data} />}</div>
				</div>
			)}
			{tab === 'consents' && <Consents campaign={data} />}
			{tab === 'reminders' && <Reminders campaign={data} school={search.get('school')} />}
			{tab === 'release' && <ReleaseStages campaign={data} />}
			{tab === 'coverage' && (
				<div className={styles.columns}>
					<div className={styles.main}>
						{isDraft ? (
							<EmptyState title={t('tree.draft')}>{t('tree.draft_why')}</EmptyState>
						) : isOutside ? null : rate.data ? (
							<SchoolTree campaign={data} rate={rate.data} />
						) : (
							!rate.error && <Loading shape="card" rows={2} />
						)}
					</div>
					<div className={styles.side}>
						{rate.data && rate.data.by_day.length > 0 && (
							<AnswersByDay days={rate.data.by_day} campaign={data} />
						)}
						<CampaignFacts campaign={data} />
					</div>
				</div>
			)}
		</Page>
	);
}
