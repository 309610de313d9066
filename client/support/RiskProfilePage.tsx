import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { RiskProfile } from '#server/contract/risks.ts';
import { useReply, withQuery } from '../api.ts';
import { useSession } from '../session.tsx';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Plans.module.css';
import { RiskAnswers } from './RiskAnswers.tsx';
import { RiskHistory } from './RiskHistory.tsx';
import { RiskProposal } from './RiskProposal.tsx';

/** The risk profile of one school and year: the service proposes, the school verifies. */
export function RiskProfilePage() {
	const { t } = useTranslation('risks');
	const { id } = useParams();
	const { session } = useSession();
	const [params, setParams] = useSearchParams();
	const profile = useReply<RiskProfile>(`/api/schools/${id}/risk-profile`, { year: params.get('year') });
	const { data } = profile;
	const may = (act: string) => session?.acts.includes(act) ?? false;
	const [isSchool, mayChange] = [may('verify-risks'), may('change-risk-factors')];
	const today = new Date().getFullYear();
	const years = [...new Set([...(data?.years ?? []), ...(data ? [data.year] : []), today])].sort(
		(a, b) => b - a,
	);
	const card = session?.role === 'school_coordinator' ? `/school/${id}` : `/schools/${id}`;
	const isRated = data?.factors.some(({ rating }) => rating !== null) ?? false;
	// what is being typed outlives later replies, but not another school or year
	const state = data && `${data.school_id} ${data.year}`;
	return (
		<Page
			title={t('page.title')}
			above={<Link to={card}>{data?.school_name ?? t('page.school')}</Link>}
			lead={isSchool ? t('page.lead_school') : t('page.lead')}
			actions={
				<div className={styles.foot}>
					{data && may('propose-risks') && (
						<Link to={`/risk-factors/${data.municipality_id}`}>
							{mayChange ? t('page.to_factors') : t('page.see_factors')}
						</Link>
					)}
					{data && isRated && may('draft-plan') && (
						<Button
							component={Link}
							variant="default"
							to={withQuery('/plans/new', {
								school: data.school_id,
								module: 'risk-profile',
								year: data.year,
							})}
						>
							{t('page.make_plan')}
						</Button>
					)}
				</div>
			}
		>
			{profile.error ? (
				<ProblemNote problem={profile.error} retry={() => void profile.refetch()} />
			) : !data ? (
				<Loading shape="card" rows={6} />
			) : (
				<>
					{years.length > 1 && (
						<ChoiceRow
							label={t('page.year')}
							options={years.map((year) => ({ value: String(year), label: String(year) }))}
							value={String(data.year)}
							onChange={(year) => setParams({ year }, { replace: true })}
						/>
					)}
					<div className={styles.columns}>
						<div className={styles.main}>
							{may('propose-risks') ? (
								<RiskProposal key={state} profile={data} />
							) : isRated ? (
								<RiskAnswers key={state} profile={data} />
							) : (
								<Card>
									<EmptyState title={t('card.none', { year: data.year })}>{t('card.none_own')}</EmptyState>
								</Card>
							)}
						</div>
						<RiskHistory history={data.history} />
					</div>
				</>
			)}
		</Page>
	);
}
