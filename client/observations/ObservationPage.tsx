import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ObservationForm } from '#server/contract/observations.ts';
import { needsRareTypes } from '../diagnostics/rare-types.ts';
import { formatMoment } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useKeptReply } from '../offline/shelf.ts';
import { startWorker } from '../offline/start-worker.ts';
import { useSession } from '../session.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { keepListAgain, LIST, makeKeptForm } from './kept-form.ts';

const CommonSurvey = lazy(() =>
	import('../diagnostics/SurveyPage.tsx').then((file) => ({ default: file.SurveyPage })),
);
const RareSurvey = lazy(() =>
	import('../diagnostics/SurveyPage.tsx?rare').then((file) => ({ default: file.SurveyPage })),
);

/** The form of one observation: about whom stands above it all the time. */
export function ObservationPage() {
	const { t } = useTranslation('observations');
	const language = useLanguage();
	const queries = useQueryClient();
	const { campaign = '', participant = '', instrument = '' } = useParams();
	const path = `/api/observations/${[campaign, participant, instrument].map(encodeURIComponent).join('/')}`;
	const { session } = useSession();
	const holder = session?.holder ?? '';
	const { data, error, refetch } = useKeptReply<ObservationForm>(path, (whose) =>
		makeKeptForm(whose, { campaign, participant, instrument }),
	);
	const [sentAt, setSentAt] = useState<string | null>(null);
	const diagnostic = useMemo(() => data && { ...data, mode: 'confidential' as const, draft: null }, [data]);
	const SurveyPage = needsRareTypes(data?.survey) ? RareSurvey : CommonSurvey;
	const onSent = useCallback(
		(at: string) => {
			setSentAt(at);
			void queries.invalidateQueries({ queryKey: ['reply', LIST] });
			void keepListAgain(holder);
		},
		[queries, holder],
	);
	// what is finished without a connection then goes out even when the page is closed
	useEffect(startWorker, []);
	const back = (
		<ButtonLink to="/observations" look="plain">
			{t('back')}
		</ButtonLink>
	);
	if (error)
		return (
			<Page title={t('title')} narrow>
				<ProblemNote problem={error} retry={() => void refetch()} />
				{back}
			</Page>
		);
	if (!data || !diagnostic) return <Loading shape="page" />;
	if (sentAt)
		return (
			<Page title={data.full_name} narrow>
				<EmptyState title={t('sent')} action={back}>
					{t('sent_why', { time: formatMoment(sentAt, language) })}
				</EmptyState>
			</Page>
		);
	return (
		<Page
			title={data.full_name}
			lead={data.school_name}
			above={<Link to="/observations">{t('back')}</Link>}
			narrow
		>
			<Suspense fallback={<Loading shape="page" />}>
				<SurveyPage key={data.response_id} diagnostic={diagnostic} about={participant} onSent={onSent} />
			</Suspense>
		</Page>
	);
}
