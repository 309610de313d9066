import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MyProfile as Profile } from '#server/contract/my.ts';
import { formatDate, formatMoment } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { useKeptReply } from '../offline/shelf.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FileList } from '../ui/FileList.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './MyProfile.module.css';
import { ProfileHistory } from './ProfileHistory.tsx';
import { ScaleGroups } from './ScaleGroups.tsx';

type Campaign = Profile['campaigns'][number];

/** My results: strengths before gaps, every number with its error, what to do next, and who has looked. */
export function MyProfile() {
	const { t } = useTranslation('profile');
	const { data, error, refetch } = useKeptReply<Profile>('/api/my/profile');
	if (!data)
		return error ? (
			<Page title={t('title')} narrow>
				<ProblemNote problem={error} retry={() => void refetch()} />
			</Page>
		) : (
			<Loading shape="page" />
		);
	const print = data.campaigns.some(({ state }) => state === 'ready') && (
		<Button onClick={() => window.print()}>{t('print')}</Button>
	);
	return (
		<Page title={t('title')} lead={t('hello', { name: data.name })} actions={print} narrow>
			{data.campaigns.length === 0 && (
				<EmptyState
					title={t('empty')}
					action={
						<ButtonLink to="/my" look="plain">
							{t('to_diagnostics')}
						</ButtonLink>
					}
				>
					{t('empty_why')}
				</EmptyState>
			)}
			{data.campaigns.map((campaign) => (
				<CampaignProfile key={`${campaign.campaign_id}/${campaign.instrument}`} campaign={campaign} />
			))}
			{data.history.length > 0 && <ProfileHistory lines={data.history} />}
			<Viewers viewers={data.viewers} />
		</Page>
	);
}

function CampaignProfile({ campaign }: { campaign: Campaign }) {
	const { t } = useTranslation('profile');
	const text = useLocalText();
	const language = useLanguage();
	const byId = new Map(campaign.scales.map((scale) => [scale.scale, scale]));
	const titleOf = (id: string) => {
		const scale = byId.get(id);
		return scale ? text(scale.title) : id;
	};
	const strengths = campaign.strengths.map(titleOf);
	const competencies = campaign.scales.filter((scale) => scale.kind === 'competency');
	const shown = competencies.length > 0 ? competencies : campaign.scales;

	return (
		<article className={styles.campaign}>
			<header>
				<h2>{text(campaign.instrument_title)}</h2>
				<p className={styles.quiet}>
					{campaign.title} · {t('answered_on', { day: formatDate(campaign.submitted_at, language) })} ·{' '}
					{t(`channel.${campaign.channel}`)}
				</p>
			</header>
			{campaign.state === 'at_release' && (
				<EmptyState title={t('at_release')}>{t('at_release_why')}</EmptyState>
			)}
			{campaign.state === 'counting' && <EmptyState title={t('counting')}>{t('counting_why')}</EmptyState>}
			{campaign.state === 'ready' && (
				<>
					{strengths.length > 0 && (
						<Card title={t('strengths')}>
							<ul className={styles.strengths}>
								{strengths.map((title) => (
									<li key={title}>{title}</li>
								))}
							</ul>
						</Card>
					)}
					{campaign.priorities.length > 0 && (
						<Card title={t('next')}>
							<p className={styles.quiet}>{t('next_why')}</p>
							<ol className={styles.priorities}>
								{campaign.priorities.map((priority) => (
									<li key={priority.scale}>
										<strong>{titleOf(priority.scale)}</strong>
										<p>{text(priority.action)}</p>
									</li>
								))}
							</ol>
						</Card>
					)}
					<Remarks campaign={campaign} />
					<LessonFiles campaign={campaign} />
					<Card title={t('competencies')}>
						<ul className={styles.legend}>
							<li>
								<span className={styles.dot} aria-hidden="true" /> {t('legend.value')}
							</li>
							<li>
								<span className={styles.band} aria-hidden="true" /> {t('legend.error')}
							</li>
							{shown.some((scale) => scale.group_median !== null) && (
								<li>
									<span className={styles.median} aria-hidden="true" /> {t('legend.median')}
								</li>
							)}
						</ul>
						<ScaleGroups scales={campaign.scales} />
						{campaign.is_explained && (
							<p className="no-print">
								<ButtonLink
									to={`/my/profile/${encodeURIComponent(campaign.campaign_id)}/${encodeURIComponent(campaign.instrument)}`}
								>
									{t('explained')}
								</ButtonLink>
							</p>
						)}
						<details className={styles.how}>
							<summary>{t('how.title')}</summary>
							<p>{t('how.percent')}</p>
							<p>
								{t(
									shown.some((scale) => scale.sem_source === 'data') ? 'how.error_data' : 'how.error_planned',
								)}
							</p>
							<p>{t('how.borderline')}</p>
							<p>{t('how.median')}</p>
						</details>
					</Card>
				</>
			)}
		</article>
	);
}

/** What the observer wrote: plain text, as it was typed. */
function Remarks({ campaign }: { campaign: Campaign }) {
	const { t } = useTranslation('profile');
	const text = useLocalText();
	// a copy that an earlier release kept for times without a connection has none
	const remarks = campaign.remarks ?? [];
	if (remarks.length === 0) return null;
	return (
		<Card title={t('remarks')}>
			<dl className={styles.remarks}>
				{remarks.map(({ question, words }) => (
					<div key={text(question)}>
						<dt>{text(question)}</dt>
						<dd>{words}</dd>
					</div>
				))}
			</dl>
		</Card>
	);
}

/** What the observer attached. */
function LessonFiles({ campaign }: { campaign: Campaign }) {
	const { t } = useTranslation('profile');
	// a copy that an earlier release kept for times without a connection has none
	const files = campaign.files ?? [];
	if (files.length === 0) return null;
	return (
		<Card title={t('lesson_files')}>
			<FileList files={files} below="/api/my/data/files" />
		</Card>
	);
}

function Viewers({ viewers }: { viewers: Profile['viewers'] }) {
	const { t } = useTranslation(['profile', 'common']);
	const language = useLanguage();
	return (
		<Card title={t('viewers.title')} quiet>
			{viewers.length === 0 ? (
				<p>{t('viewers.nobody')}</p>
			) : (
				<ul className={styles.viewers}>
					{viewers.map((viewer) => (
						<li key={`${viewer.at}${viewer.who_role}`}>
							<span>{formatMoment(viewer.at, language)}</span>
							<span>{t(`common:role.${viewer.who_role}`)}</span>
							<span className={styles.quiet}>{viewer.purpose}</span>
						</li>
					))}
				</ul>
			)}
			<p className={styles.quiet}>{t('viewers.rule')}</p>
			<p className="no-print">
				<Link to="/my/data">{t('viewers.data')}</Link>
			</p>
		</Card>
	);
}
