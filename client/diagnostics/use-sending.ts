import { useCallback, useEffect, useRef, useState } from 'react';
import type { Model } from 'survey-core';
import { keepAnswers, sendResponse } from './answer-store.ts';
import { isPassing, type SendingOutcome, sendNow, waitForConnection, watchOutgoing } from './outgoing.ts';
import type { SavingState } from './use-saving.ts';

export interface SendingState {
	send(): Promise<void>;
	/** on the way, or waiting for a connection: nothing can be changed any more */
	isSending: boolean;
	/** there is no connection: the answers go by themselves when it is back */
	isWaiting: boolean;
	problem: unknown;
}

/** Hands the answers in. Without a connection they wait on this device (outgoing.ts), also after the tab is closed. */
export function useSending(
	survey: Model,
	saving: SavingState,
	onSent: (at: string) => void,
	onRefused: (refusal: unknown) => void,
): SendingState {
	const { kept, setSaving, stop, resume } = saving;
	const [isSending, setSending] = useState(kept.current.is_final);
	const [isWaiting, setWaiting] = useState(kept.current.is_final);
	const [problem, setProblem] = useState<unknown>(null);
	const isBusy = useRef(false);

	const refuse = useCallback(
		(refusal: unknown) => {
			kept.current = { ...kept.current, is_final: false };
			keepAnswers(kept.current);
			resume();
			setSending(false);
			setWaiting(false);
			setProblem(refusal);
			onRefused(refusal);
		},
		[kept, resume, onRefused],
	);

	const send = useCallback(async () => {
		if (isBusy.current) return;
		isBusy.current = true;
		stop();
		setProblem(null);
		setSending(true);
		kept.current = { ...kept.current, answers: { ...survey.data }, is_final: true, is_unsent: true };
		keepAnswers(kept.current);
		try {
			onSent(await sendResponse(kept.current));
		} catch (refusal) {
			if (isPassing(refusal)) {
				setWaiting(true);
				setSaving({ state: 'kept', at: kept.current.changed_at });
				await waitForConnection(kept.current);
			} else refuse(refusal);
		} finally {
			isBusy.current = false;
		}
	}, [survey, kept, setSaving, stop, onSent, refuse]);

	const latest = useRef<(outcome: SendingOutcome) => void>(() => undefined);
	latest.current = (outcome) => ('problem' in outcome ? refuse(outcome.problem) : onSent(outcome.sent_at));
	useEffect(() => {
		const stopWatching = watchOutgoing(kept.current, (outcome) => latest.current(outcome));
		// what an earlier visit finished goes out now
		if (kept.current.is_final) void sendNow();
		return stopWatching;
	}, [kept]);

	return { send, isSending, isWaiting, problem };
}
