import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { MyDiagnostic } from '#server/contract/my.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useKeptReply } from '../offline/shelf.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { findKept, forgetKept } from './answer-store.ts';
import { ConsentScreen } from './ConsentScreen.tsx';
import { needsRareTypes } from './rare-types.ts';
import { StartScreen } from './StartScreen.tsx';
import { ThanksScreen } from './ThanksScreen.tsx';

const loadCommon = () => import('./SurveyPage.tsx');
const loadRare = () => import('./SurveyPage.tsx?rare');
const CommonSurvey = lazy(() => loadCommon().then((file) => ({ default: file.SurveyPage })));
const RareSurvey = lazy(() => loadRare().then((file) => ({ default: file.SurveyPage })));

/** One instrument of one campaign: consent first, then the survey, then thanks; what is over says so. */
export function DiagnosticPage() {
	const { t } = useTranslation('diagnostics');
	const language = useLanguage();
	const queries = useQueryClient();
	const { campaign = '', instrument = '' } = useParams();
	const path = `/api/my/diagnostics/${encodeURIComponent(campaign)}/${encodeURIComponent(instrument)}`;
	const { data, error, refetch } = useKeptReply<MyDiagnostic>(path);
	const [sentAt, setSentAt] = useState<string | null>(null);
	const [isBegun, setBegun] = useState(false);

	const survey = data?.survey;
	const isRare = useMemo(() => needsRareTypes(survey), [survey]);

	// the library of the survey travels while the consent is being read
	useEffect(() => {
		if (survey) void (isRare ? loadRare() : loadCommon());
	}, [survey, isRare]);

	// what was finished on another device needs no unfinished copy here
	useEffect(() => {
		const left = data?.state === 'done' ? findKept(data.response_id) : null;
		if (left && !left.is_final) void forgetKept(left);
	}, [data]);

	const onSent = useCallback(
		(at: string) => {
			setSentAt(at);
			void queries.invalidateQueries({ queryKey: ['reply', '/api/my/diagnostics'] });
			void queries.invalidateQueries({ queryKey: ['reply', '/api/my/profile'] });
		},
		[queries],
	);

	const begin = async () => {
		await refetch();
		setBegun(true);
	};

	if (sentAt) return <ThanksScreen />;
	if (!data)
		return error ? (
			<Page title={t('survey.title')} narrow>
				<ProblemNote problem={error} retry={() => void refetch()} />
			</Page>
		) : (
			<Loading shape="page" />
		);
	const back = (
		<ButtonLink to="/my" look="plain">
			{t('survey.back')}
		</ButtonLink>
	);
	if (data.state === 'done' || data.submitted_at)
		return (
			<Page title={data.title} narrow>
				<EmptyState title={t('survey.done')} action={back}>
					{data.submitted_at && t('survey.done_on', { day: formatDate(data.submitted_at, language) })}
				</EmptyState>
			</Page>
		);
	if (data.state === 'upcoming')
		return (
			<Page title={data.title} narrow>
				<EmptyState title={t('survey.upcoming')} action={back}>
					{t('my.upcoming', { day: formatDate(data.opens_on, language) })}
				</EmptyState>
			</Page>
		);
	if (data.state === 'closed')
		return (
			<Page title={data.title} narrow>
				<EmptyState title={t('survey.closed')} action={back}>
					{t('survey.closed_on', { day: formatDate(data.closes_on, language) })}
				</EmptyState>
			</Page>
		);
	if (data.state === 'consent' || data.state === 'declined' || data.consent.given !== true)
		return <ConsentScreen diagnostic={data} onAnswered={() => void begin()} />;
	if (data.filled_by === 'observer')
		return (
			<Page title={data.title} narrow>
				<EmptyState title={t('survey.observer')} action={back}>
					{t('survey.observer_why')}
				</EmptyState>
			</Page>
		);
	if (data.state === 'new' && !isBegun && !findKept(data.response_id))
		return <StartScreen diagnostic={data} onStart={() => setBegun(true)} />;
	const SurveyPage = isRare ? RareSurvey : CommonSurvey;
	return (
		<Suspense fallback={<Loading shape="page" />}>
			<SurveyPage key={data.response_id} diagnostic={data} onSent={onSent} />
		</Suspense>
	);
}
