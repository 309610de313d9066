import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RiskProfile } from '#server/contract/risks.ts';
import { useReply, withQuery } from '../api.ts';
import { useModuleItem } from '../chart/catalogue.ts';
import { MethodButton } from '../chart/MethodButton.tsx';
import { useLocalText } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { RiskSignificance } from '../ui/DeficitLevel.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './School.module.css';

const order = { high: 0, medium: 1, low: 2 };

/** The risk profile of the school in short: factors from the most significant, and what the school said of each. */
export function SchoolRisks(props: { school: string; year: number | null }) {
	const { t } = useTranslation('risks');
	const text = useLocalText();
	const item = useModuleItem('risk-profile');
	const { session } = useSession();
	const path = `/api/schools/${props.school}/risk-profile`;
	const profile = useReply<RiskProfile>(path, { year: props.year });
	const mayPropose = session?.acts.includes('propose-risks') ?? false;
	const rated = (profile.data?.factors ?? [])
		.flatMap(({ factor, title, rating }) => (rating ? [{ factor, title, rating }] : []))
		.sort((a, b) => order[a.rating.significance] - order[b.rating.significance]);
	const open = rated.filter(({ rating }) => !rating.verification).length;
	const button = (words: string, isMain: boolean) => (
		<Button
			component={Link}
			to={withQuery(`/schools/${props.school}/risks`, { year: profile.data?.year })}
			variant={isMain ? 'filled' : 'default'}
			className="no-print"
		>
			{words}
		</Button>
	);
	return (
		<Card title={t('card.title')} aside={item && <MethodButton module={item} />}>
			{profile.error ? (
				<ProblemNote problem={profile.error} retry={() => void profile.refetch()} />
			) : !profile.data ? (
				<Loading rows={3} />
			) : rated.length === 0 ? (
				<EmptyState
					title={t('card.none', { year: profile.data.year })}
					action={mayPropose && button(t('card.propose'), false)}
				>
					{t(mayPropose ? 'card.none_why' : 'card.none_own')}
				</EmptyState>
			) : (
				<>
					<ul className={styles.plans}>
						{rated.map(({ factor, title, rating }) => (
							<li key={factor}>
								<span>{text(title)}</span>
								<span className={styles.planLine}>
									<RiskSignificance level={rating.significance} />
									<span>
										{rating.verification
											? t(rating.verification.agrees ? 'answer.agreed' : 'answer.disagreed')
											: t('answer.awaited')}
									</span>
									{rating.verification?.is_chosen && <strong>{t('answer.chosen')}</strong>}
								</span>
							</li>
						))}
					</ul>
					{mayPropose
						? button(t('card.open'), false)
						: button(t(open > 0 ? 'card.answer' : 'card.open'), open > 0)}
				</>
			)}
		</Card>
	);
}
