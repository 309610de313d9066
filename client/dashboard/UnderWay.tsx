import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CampaignItem } from '#server/contract/diagnostics.ts';
import type { PlanItem } from '#server/contract/support.ts';
import { useReply } from '../api.ts';
import { formatDate, formatNumber, formatShare } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { endsSoon } from '../ui/retention.ts';
import styles from './Today.module.css';

const running = ['open', 'closed', 'scored', 'reviewed'];

/** What is being done already: campaigns that are not released yet, and support plans with their deadlines. */
export function UnderWay() {
	const { t } = useTranslation('dashboard');
	const { session } = useSession();
	const seesCampaigns = session?.acts.includes('see-campaigns') ?? false;
	const seesPlans = session?.acts.includes('see-plans') ?? false;
	if (!seesCampaigns && !seesPlans) return null;
	return (
		<Card title={t('under_way.title')}>
			<div className={styles.underWay}>
				{seesCampaigns && <Campaigns />}
				{seesPlans && <Plans />}
			</div>
		</Card>
	);
}

function Campaigns() {
	const { t } = useTranslation('dashboard');
	const language = useLanguage();
	const { data, error, refetch } = useReply<CampaignItem[]>('/api/campaigns');
	if (error) return <ProblemNote problem={error} retry={() => void refetch()} />;
	if (!data) return <Loading rows={2} />;
	const shown = data.filter(({ state }) => running.includes(state));
	const ending = data.filter((campaign) => endsSoon(campaign));
	return (
		<section>
			<h3>{t('under_way.campaigns')}</h3>
			{shown.length === 0 && <p className={styles.aside}>{t('under_way.no_campaigns')}</p>}
			{shown.map((campaign) => {
				const share = campaign.invited > 0 ? campaign.answered / campaign.invited : 0;
				const words =
					campaign.invited === 0
						? t('under_way.nobody')
						: t('under_way.answered', {
								answered: formatNumber(campaign.answered, language),
								invited: formatNumber(campaign.invited, language),
								share: formatShare(share, language),
							});
				return (
					<div key={campaign.campaign_id} className={styles.running}>
						<Link to={`/campaigns/${campaign.campaign_id}`}>{campaign.title}</Link>
						{campaign.invited > 0 && <meter className={styles.meter} value={share} aria-label={words} />}
						<span className={styles.aside}>
							{words} ·{' '}
							{campaign.state === 'open'
								? t('under_way.until', { date: formatDate(campaign.closes_on, language) })
								: t('under_way.not_released')}
						</span>
					</div>
				);
			})}
			{ending.map(({ campaign_id, title, retention_until }) => (
				<p key={campaign_id}>
					<Link to={`/campaigns/${campaign_id}`}>{title}</Link>{' '}
					<span className={styles.aside}>
						{t('under_way.full_until', { date: formatDate(retention_until, language) })}
					</span>
				</p>
			))}
		</section>
	);
}

function Plans() {
	const { t } = useTranslation('dashboard');
	const { data, error, refetch } = useReply<PlanItem[]>('/api/plans');
	if (error) return <ProblemNote problem={error} retry={() => void refetch()} />;
	if (!data) return <Loading rows={2} />;
	const open = data.filter(({ state }) => state === 'draft' || state === 'agreed' || state === 'active');
	const overdue = open.reduce((sum, plan) => sum + plan.measures_overdue, 0);
	return (
		<section>
			<h3>{t('under_way.plans')}</h3>
			{open.length === 0 ? (
				<p className={styles.aside}>{t('under_way.no_plans')}</p>
			) : (
				<p>
					<Link to="/plans">{t('under_way.open_plans', { count: open.length })}</Link>
					{overdue > 0 && (
						<strong className={styles.overdue}> · {t('under_way.overdue', { count: overdue })}</strong>
					)}
				</p>
			)}
		</section>
	);
}
