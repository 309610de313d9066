import 'survey-core/survey-core.fontless.min.css';
import 'survey-core/i18n/russian';
import './survey-theme.css';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Model, QuestionRatingModel, SurveyError } from 'survey-core';
import { Survey } from 'survey-react-ui';
import type { MyDiagnostic } from '#server/contract/my.ts';
import { ApiProblem } from '../api.ts';
import { formatMoment } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { Button } from '../ui/Button.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { SaveState, type Saving } from '../ui/SaveState.tsx';
import { findKept, type KeptAnswers, keepAnswers, sendDraft, sendResponse } from './answer-store.ts';
import { countAnswered } from './progress.ts';
import styles from './SurveyPage.module.css';
import { surveyTheme } from './survey-theme.ts';

/** Quiet time after a change before it is sent, and between attempts without a connection. */
const saveAfter = 900;
const retryAfter = 8_000;

/**
 * Answers in hand: the newer of what this device holds and what the server holds. A copy here is only left when the
 * server never acknowledged it.
 */
function startFrom(diagnostic: MyDiagnostic, campaign: string, who: string): KeptAnswers {
	const { draft, response_id, instrument } = diagnostic;
	const local = findKept(response_id);
	const fresh: KeptAnswers = {
		response_id,
		campaign,
		instrument,
		who,
		answers: draft?.answers ?? {},
		page: draft?.page ?? 0,
		changed_at: draft?.saved_at ?? new Date().toISOString(),
		started_at: local?.started_at ?? new Date().toISOString(),
		seconds: local?.seconds ?? 0,
		is_final: false,
	};
	if (!local || local.who !== who) return fresh;
	return draft && Date.parse(draft.saved_at) > Date.parse(local.changed_at)
		? fresh
		: { ...local, is_final: false };
}

/**
 * The survey itself. Every change is kept on this device at once and sent shortly after; a lost connection loses
 * nothing; the server's refusals stand at the questions they concern. The only file that knows SurveyJS's screen.
 */
export function SurveyPage(props: { diagnostic: MyDiagnostic; path: string; onSent: (at: string) => void }) {
	const { diagnostic, onSent } = props;
	const { t } = useTranslation('diagnostics');
	const language = useLanguage();
	const { session } = useSession();
	const kept = useRef<KeptAnswers>(null as unknown as KeptAnswers);
	kept.current ??= startFrom(diagnostic, diagnostic.campaign_id, session?.account_id ?? session?.name ?? '');
	const [survey] = useState(() => makeSurvey(diagnostic, kept.current, language));
	const [progress, setProgress] = useState(() => countAnswered(survey));
	const [saving, setSaving] = useState<Saving>(() =>
		diagnostic.draft ? { state: 'saved', at: diagnostic.draft.saved_at } : { state: 'clean' },
	);
	const [isSending, setSending] = useState(false);
	const [problem, setProblem] = useState<unknown>(null);
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	const isUnsaved = useRef(false);

	const save = useCallback(async (isLeaving = false) => {
		clearTimeout(timer.current);
		if (!isUnsaved.current) return;
		isUnsaved.current = false;
		if (!isLeaving) setSaving({ state: 'saving' });
		try {
			const at = await sendDraft(kept.current, isLeaving);
			if (!isUnsaved.current) setSaving({ state: 'saved', at });
		} catch (refusal) {
			isUnsaved.current = true;
			setSaving({ state: 'kept', at: kept.current.changed_at });
			if (refusal instanceof ApiProblem && !refusal.isOffline && refusal.status < 500) setProblem(refusal);
			else timer.current = setTimeout(() => void save(), retryAfter);
		}
	}, []);

	const send = useCallback(async () => {
		clearTimeout(timer.current);
		setProblem(null);
		setSending(true);
		kept.current = { ...kept.current, answers: { ...survey.data }, is_final: true };
		keepAnswers(kept.current);
		try {
			isUnsaved.current = false;
			onSent(await sendResponse(kept.current));
		} catch (refusal) {
			if (refusal instanceof ApiProblem && (refusal.isOffline || refusal.status >= 500)) {
				setSaving({ state: 'kept', at: kept.current.changed_at });
				timer.current = setTimeout(() => void send(), retryAfter);
			} else {
				kept.current = { ...kept.current, is_final: false };
				keepAnswers(kept.current);
				setSending(false);
				if (refusal instanceof ApiProblem && refusal.issues.length > 0) showIssues(survey, refusal);
			}
			setProblem(refusal);
		}
	}, [survey, onSent]);

	useEffect(() => {
		survey.locale = language;
	}, [survey, language]);

	useEffect(() => {
		const changed = () => {
			kept.current = {
				...kept.current,
				answers: { ...survey.data },
				page: survey.currentPageNo,
				changed_at: new Date().toISOString(),
			};
			keepAnswers(kept.current);
			isUnsaved.current = true;
			setProgress(countAnswered(survey));
			clearTimeout(timer.current);
			timer.current = setTimeout(() => void save(), saveAfter);
		};
		const turned = () => {
			changed();
			window.scrollTo({ top: 0 });
		};
		const finishing = (_: Model, options: { allow: boolean }) => {
			// SurveyJS must not close the form: the server has the last word
			options.allow = false;
			void send();
		};
		survey.onValueChanged.add(changed);
		survey.onCurrentPageChanged.add(turned);
		survey.onCompleting.add(finishing);
		const leaving = () => {
			if (document.visibilityState === 'hidden') void save(true);
		};
		const connected = () => void save();
		document.addEventListener('visibilitychange', leaving);
		window.addEventListener('online', connected);
		const clock = setInterval(() => {
			if (document.visibilityState === 'visible') kept.current.seconds += 1;
		}, 1000);
		// answers that an earlier visit left on this device go out now
		if (findKept(diagnostic.response_id)) {
			isUnsaved.current = true;
			void save();
		}
		return () => {
			survey.onValueChanged.remove(changed);
			survey.onCurrentPageChanged.remove(turned);
			survey.onCompleting.remove(finishing);
			document.removeEventListener('visibilitychange', leaving);
			window.removeEventListener('online', connected);
			clearInterval(clock);
			clearTimeout(timer.current);
			void save(true);
		};
	}, [survey, save, send, diagnostic.response_id]);

	const isWaiting = isSending && problem !== null;
	return (
		<div className={styles.page}>
			<title>{`${diagnostic.title} · Опора`}</title>
			<div className={styles.bar}>
				<div className={styles.track} aria-hidden="true">
					<span
						style={{ inlineSize: `${progress.total ? (100 * progress.answered) / progress.total : 0}%` }}
					/>
				</div>
				<div className={styles.line}>
					<span>{t('survey.progress', { answered: progress.answered, count: progress.total })}</span>
					<SaveState saving={saving} />
				</div>
			</div>
			<h1 className={styles.title}>{survey.title}</h1>
			{diagnostic.draft && progress.answered > 0 && saving.state === 'saved' && (
				<p className={styles.resumed}>
					{t('survey.resumed', { time: formatMoment(diagnostic.draft.saved_at, language) })}
				</p>
			)}
			{problem !== null && !isWaiting && <ProblemNote problem={problem} title={t('survey.refused')} />}
			{isWaiting && (
				<div className={styles.waiting} role="alert">
					<p>{t('survey.waiting')}</p>
					<Button onClick={() => void send()}>{t('survey.send_again')}</Button>
				</div>
			)}
			<div className={styles.survey} inert={isSending}>
				<Survey model={survey} />
			</div>
		</div>
	);
}

function makeSurvey(diagnostic: MyDiagnostic, kept: KeptAnswers, language: string): Model {
	const survey = new Model(diagnostic.survey);
	survey.applyTheme(surveyTheme);
	survey.locale = language;
	// what we show ourselves: the title once, the count of items instead of pages, our own thanks
	survey.showTitle = false;
	survey.showProgressBar = false;
	survey.showCompletePage = false;
	survey.focusFirstQuestionAutomatic = false;
	survey.focusOnFirstError = true;
	survey.questionErrorLocation = 'top';
	// a short scale stays a row of buttons on a phone too: a closed list hides what it asks
	for (const question of survey.getAllQuestions()) {
		if (
			question instanceof QuestionRatingModel &&
			question.displayMode === 'auto' &&
			question.visibleRateValues.length <= 7
		)
			question.displayMode = 'buttons';
	}
	survey.data = kept.answers;
	survey.currentPageNo = Math.min(kept.page, Math.max(0, survey.visiblePageCount - 1));
	return survey;
}

/** The server's issues at their questions; the first one is brought into sight. */
function showIssues(survey: Model, refusal: ApiProblem): void {
	let first: string | undefined;
	for (const issue of refusal.issues) {
		const path = (issue.path ?? '').replace(/^answers[./]/, '');
		const name = path.split(/[./[\]]/).find((part) => survey.getQuestionByName(part));
		const question = name
			? survey.getQuestionByName(name)
			: survey.getAllQuestions().find((each) => path.endsWith(each.name) || hasRow(each.toJSON(), path));
		if (!question) continue;
		question.addError(new SurveyError(issue.text, question));
		first ??= question.name;
	}
	if (first) survey.focusQuestion(first);
}

/** Whether a matrix has a row of this name: items of a matrix are its rows. */
function hasRow(question: { rows?: unknown[] }, path: string): boolean {
	return (question.rows ?? []).some((row) => {
		const value = typeof row === 'object' && row !== null ? (row as { value?: unknown }).value : row;
		return value !== undefined && path.split(/[./]/).includes(String(value));
	});
}
