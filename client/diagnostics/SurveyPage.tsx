import 'survey-core/survey-core.fontless.min.css';
import 'survey-core/i18n/russian';
import './survey-theme.css';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Survey } from 'survey-react-ui';
import { ApiProblem } from '../api.ts';
import { formatMoment } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { Button } from '../ui/Button.tsx';
import { Loading } from '../ui/Loading.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { SaveState } from '../ui/SaveState.tsx';
import { addressOf, type SurveyInHand, startFrom } from './answer-store.ts';
import { ClockLeft } from './ClockLeft.tsx';
import { FilesWaiting } from './FilesWaiting.tsx';
import { countAnswered, listSurveyItems, type SurveyItem } from './progress.ts';
import { ReviewScreen } from './ReviewScreen.tsx';
import styles from './SurveyPage.module.css';
import { connectFiles } from './survey-files.ts';
import { showIssues } from './survey-issues.ts';
import { makeSurvey, takeTimeLimit } from './survey-model.ts';
import { nameControls } from './survey-names.ts';
import { useClock } from './use-clock.ts';
import { usePaging } from './use-paging.ts';
import { useSaving } from './use-saving.ts';
import { useSending } from './use-sending.ts';

const ConflictScreen = lazy(() =>
	import('./ConflictScreen.tsx').then((file) => ({ default: file.ConflictScreen })),
);
const ResumeElsewhere = lazy(() =>
	import('./ResumeElsewhere.tsx').then((file) => ({ default: file.ResumeElsewhere })),
);

/**
 * The survey itself: saving (use-saving.ts), paging (use-paging.ts) and sending (use-sending.ts) are parts of their own.
 * The server's refusals stand at the questions they concern. This file and those named survey-* alone know SurveyJS's screen.
 */
export function SurveyPage(props: {
	diagnostic: SurveyInHand;
	/** the participant whom the answers are about, when it is not the one who answers */
	about?: string;
	onSent: (at: string) => void;
}) {
	const { diagnostic, about, onSent } = props;
	const { t } = useTranslation('diagnostics');
	const language = useLanguage();
	const { session } = useSession();
	// no server keeps unfinished answers that are nobody's, or about somebody else
	const isLocalOnly = diagnostic.mode === 'anonymous' || about !== undefined;
	const [start] = useState(() => startFrom(diagnostic, session?.holder ?? '', about));
	const [survey] = useState(() => makeSurvey(diagnostic, start.kept, language));
	const [progress, setProgress] = useState(() => countAnswered(survey));
	const [isReviewing, setReviewing] = useState(false);
	const [isEndedHere, setEndedHere] = useState(false);

	usePaging(survey);
	// drawn by its own model alone: drawn anew with the page, a field would lose what is being written
	const questions = useMemo(() => <Survey model={survey} />, [survey]);
	const saving = useSaving(survey, start, isLocalOnly);
	const onRefused = useCallback(
		(refusal: unknown) => {
			setReviewing(false);
			if (refusal instanceof ApiProblem && refusal.issues.length > 0) showIssues(survey, refusal);
		},
		[survey],
	);
	const sending = useSending(survey, saving, onSent, onRefused);

	const path = addressOf(start.kept);
	const { holder, response_id } = start.kept;
	const isObservation = about !== undefined;
	useEffect(
		() => connectFiles(survey, { path, holder, response_id, isObservation }),
		[survey, path, holder, response_id, isObservation],
	);
	const [limit] = useState(() => takeTimeLimit(survey));
	const left = useClock(survey, limit, diagnostic.response_id, path, () => {
		// what is being typed counts too; what was left open is not asked for when the time is over
		(document.activeElement as HTMLElement | null)?.blur();
		survey.validationEnabled = false;
		void sending.send();
	});

	useEffect(() => {
		survey.locale = language;
		survey.completeText = t('survey.to_review');
	}, [survey, language, t]);

	useEffect(() => {
		const count = () => setProgress(countAnswered(survey));
		const turned = () => window.scrollTo({ top: 0 });
		const finishing = (_: unknown, options: { allow: boolean; isCompleteOnTrigger: boolean }) => {
			// SurveyJS must not close the form: the person looks through it first, and the server has the last word
			options.allow = false;
			setEndedHere(options.isCompleteOnTrigger);
			setReviewing(true);
			window.scrollTo({ top: 0 });
		};
		survey.onValueChanged.add(count);
		survey.onCurrentPageChanged.add(turned);
		survey.onCompleting.add(finishing);
		return () => {
			survey.onValueChanged.remove(count);
			survey.onCurrentPageChanged.remove(turned);
			survey.onCompleting.remove(finishing);
		};
	}, [survey]);

	const jump = (item: SurveyItem) => {
		setReviewing(false);
		// after the questions stand on the screen again
		setTimeout(() => {
			survey.focusQuestion(item.question);
			if (item.row !== null) setTimeout(() => focusRow(item));
		});
	};

	const problem = sending.problem ?? saving.problem;
	return (
		<div className={about === undefined ? styles.page : `${styles.page} ${styles.inside}`}>
			<title>{`${diagnostic.title} · Опора`}</title>
			<div className={styles.bar}>
				<div className={styles.track} aria-hidden="true">
					<span
						style={{ inlineSize: `${progress.total ? (100 * progress.answered) / progress.total : 0}%` }}
					/>
				</div>
				<div className={styles.line}>
					<span>{t('survey.progress', { answered: progress.answered, count: progress.total })}</span>
					{left !== null && <ClockLeft seconds={left} />}
					<SaveState saving={saving.saving} />
				</div>
			</div>
			{about === undefined ? (
				<h1 className={styles.title}>{survey.title}</h1>
			) : (
				<h2 className={styles.title}>{survey.title}</h2>
			)}
			{problem !== null && !sending.isWaiting && (
				<ProblemNote problem={problem} title={t('survey.refused')} />
			)}
			{sending.isWaiting && (
				<div className={styles.waiting} role="alert">
					<p>{t('survey.waiting')}</p>
					<Button onClick={() => void sending.send()}>{t('survey.send_again')}</Button>
				</div>
			)}
			<FilesWaiting kept={saving.kept} />
			{saving.conflict ? (
				<Suspense fallback={<Loading shape="page" />}>
					<ConflictScreen
						survey={survey}
						mine={saving.kept.current}
						theirs={saving.conflict}
						onChosen={(choice) => {
							saving.settle(choice);
							setProgress(countAnswered(survey));
						}}
					/>
				</Suspense>
			) : isReviewing || sending.isWaiting ? (
				<ReviewScreen
					items={listSurveyItems(survey, isEndedHere)}
					isSending={sending.isSending}
					onJump={jump}
					onBack={() => setReviewing(false)}
					onSend={() => void sending.send()}
				/>
			) : (
				<>
					{diagnostic.draft && progress.answered > 0 && saving.saving.state === 'saved' && (
						<p className={styles.resumed}>
							{t('survey.resumed', { time: formatMoment(diagnostic.draft.saved_at, language) })}
						</p>
					)}
					<div className={styles.survey} inert={sending.isSending} ref={withNames}>
						{questions}
					</div>
					{!isLocalOnly && (
						<Suspense>
							<ResumeElsewhere campaign={diagnostic.campaign_id} />
						</Suspense>
					)}
				</>
			)}
		</div>
	);
}

/** The element that the questions stand in. */
const withNames = (around: HTMLElement | null) => (around ? nameControls(around) : undefined);

/** A row of a matrix: its first choice, which carries the row's words in its name. */
function focusRow({ question, title }: SurveyItem): void {
	const inputs = document.querySelectorAll<HTMLInputElement>(`[data-name="${CSS.escape(question)}"] input`);
	const input = [...inputs].find((each) => each.getAttribute('aria-label')?.includes(title));
	input?.focus();
	input?.closest('tr')?.scrollIntoView({ block: 'center' });
}
