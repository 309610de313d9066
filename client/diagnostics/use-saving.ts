import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Model } from 'survey-core';
import type { MyDraft } from '#server/contract/my.ts';
import { ApiProblem } from '../api.ts';
import type { Saving } from '../ui/SaveState.tsx';
import { type KeptAnswers, keepAnswers, type Start, sendDraft } from './answer-store.ts';
import { type Answers, type AnswerTimes, listDifferences, stampChanges } from './answer-times.ts';

/** Quiet time after a change before it is sent, and between attempts without a connection. */
const saveAfter = 900;
const retryAfter = 8_000;

export interface SavingState {
	/** the answers in hand, always the newest */
	kept: RefObject<KeptAnswers>;
	saving: Saving;
	setSaving(saving: Saving): void;
	/** a refusal of the server */
	problem: unknown;
	/** the draft of another device that has gone on meanwhile */
	conflict: MyDraft | null;
	/** goes on with these answers from the other device's draft */
	settle(choice: { answers: Answers; times: AnswerTimes }): void;
	/** sends no more drafts: the finished answers are on their way */
	stop(): void;
	/** the finished answers were refused: drafts are sent again */
	resume(): void;
}

/** Every change is kept on this device at once, and sent shortly after; a lost connection loses nothing. */
export function useSaving(survey: Model, start: Start, isLocalOnly: boolean): SavingState {
	const kept = useRef(start.kept);
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	const isStopped = useRef(start.kept.is_final);
	const isSending = useRef(false);
	const inConflict = useRef(start.conflict !== null);
	/** answers that went out without a word back: whether they arrived is not known */
	const unsure = useRef<Answers | null>(null);
	const [conflict, setConflict] = useState(start.conflict);
	const [problem, setProblem] = useState<unknown>(null);
	const [saving, setSaving] = useState<Saving>(() => {
		const { is_unsent, base, changed_at } = start.kept;
		const isHeldHere = isLocalOnly || start.conflict !== null;
		if (is_unsent) return { state: isHeldHere ? 'device' : 'kept', at: changed_at };
		return base > 0 ? { state: 'saved', at: changed_at } : { state: 'clean' };
	});

	const save = useCallback(
		async (isLeaving = false) => {
			clearTimeout(timer.current);
			if (isLocalOnly || isStopped.current || inConflict.current || isSending.current) return;
			if (!kept.current.is_unsent) return;
			const sent = kept.current;
			isSending.current = true;
			if (!isLeaving) setSaving({ state: 'saving' });
			try {
				const { saved_at, revision } = await sendDraft(sent, isLeaving);
				const isSame = kept.current.changed_at === sent.changed_at;
				kept.current = { ...kept.current, base: revision, is_unsent: !isSame };
				unsure.current = null;
				// handed in meanwhile: the copy may be given up already
				if (!isStopped.current) keepAnswers(kept.current);
				setProblem(null);
				setSaving({ state: 'saved', at: saved_at });
				if (!isSame) timer.current = setTimeout(() => void save(), saveAfter);
			} catch (refusal) {
				setSaving({ state: 'kept', at: kept.current.changed_at });
				const isRefused = refusal instanceof ApiProblem && refusal.status >= 400 && refusal.status < 500;
				const other =
					isRefused && refusal.status === 409 ? (refusal.draft as MyDraft | undefined) : undefined;
				if (other && unsure.current && listDifferences(other.answers, unsure.current).length === 0) {
					// What stands there came from here: only its reply was lost.
					unsure.current = null;
					kept.current = { ...kept.current, base: other.revision };
					keepAnswers(kept.current);
					timer.current = setTimeout(() => void save(), 0);
				} else if (other) {
					inConflict.current = true;
					setConflict(other);
					// it waits for a choice, not for a connection
					setSaving({ state: 'device', at: kept.current.changed_at });
				} else if (isRefused) setProblem(refusal);
				else {
					unsure.current = sent.answers;
					timer.current = setTimeout(() => void save(), retryAfter);
				}
			} finally {
				isSending.current = false;
			}
		},
		[isLocalOnly],
	);

	useEffect(() => {
		const changed = () => {
			const now = new Date().toISOString();
			const answers = { ...survey.data };
			kept.current = {
				...kept.current,
				times: stampChanges(kept.current.times, kept.current.answers, answers, now),
				answers,
				page: survey.currentPageNo,
				changed_at: now,
				is_unsent: true,
			};
			keepAnswers(kept.current);
			if (isLocalOnly) setSaving({ state: 'device', at: now });
			clearTimeout(timer.current);
			timer.current = setTimeout(() => void save(), saveAfter);
		};
		const leaving = () => {
			if (document.visibilityState === 'hidden') void save(true);
		};
		const connected = () => void save();
		survey.onValueChanged.add(changed);
		survey.onCurrentPageChanged.add(changed);
		document.addEventListener('visibilitychange', leaving);
		window.addEventListener('online', connected);
		const clock = setInterval(() => {
			if (document.visibilityState === 'visible') kept.current.seconds += 1;
		}, 1000);
		// answers that an earlier visit left on this device go out now
		void save();
		return () => {
			survey.onValueChanged.remove(changed);
			survey.onCurrentPageChanged.remove(changed);
			document.removeEventListener('visibilitychange', leaving);
			window.removeEventListener('online', connected);
			clearInterval(clock);
			clearTimeout(timer.current);
			void save(true);
		};
	}, [survey, save, isLocalOnly]);

	const settle = ({ answers, times }: { answers: Answers; times: AnswerTimes }) => {
		const other = conflict;
		if (!other) return;
		inConflict.current = false;
		setConflict(null);
		const now = new Date().toISOString();
		kept.current = {
			...kept.current,
			answers,
			times,
			base: other.revision,
			seconds: Math.max(kept.current.seconds, other.seconds ?? 0),
			changed_at: now,
			is_unsent: true,
		};
		keepAnswers(kept.current);
		survey.data = answers;
		void save();
	};

	const stop = useCallback(() => {
		isStopped.current = true;
		clearTimeout(timer.current);
	}, []);

	const resume = useCallback(() => {
		isStopped.current = false;
	}, []);

	return { kept, saving, setSaving, problem, conflict, settle, stop, resume };
}
