import { useCallback, useEffect, useRef, useState } from 'react';
import type { Model } from 'survey-core';
import { ApiProblem } from '../api.ts';
import { keepAnswers, sendLater, sendResponse } from './answer-store.ts';
import type { SavingState } from './use-saving.ts';

const retryAfter = 8_000;

export interface SendingState {
	send(): Promise<void>;
	/** on the way, or waiting for a connection: nothing can be changed any more */
	isSending: boolean;
	/** there is no connection: the answers go by themselves when it is back */
	isWaiting: boolean;
	problem: unknown;
}

/** Hands the answers in. Without a connection they wait on this device, also after the tab is closed. */
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
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	const isBusy = useRef(false);

	const send = useCallback(async () => {
		clearTimeout(timer.current);
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
			if (refusal instanceof ApiProblem && (refusal.isOffline || refusal.status >= 500)) {
				setWaiting(true);
				setSaving({ state: 'kept', at: kept.current.changed_at });
				await sendLater(kept.current);
				timer.current = setTimeout(() => void send(), retryAfter);
			} else {
				kept.current = { ...kept.current, is_final: false };
				keepAnswers(kept.current);
				resume();
				setSending(false);
				setWaiting(false);
				setProblem(refusal);
				onRefused(refusal);
			}
		} finally {
			isBusy.current = false;
		}
	}, [survey, kept, setSaving, stop, resume, onSent, onRefused]);

	const latest = useRef(send);
	latest.current = send;
	useEffect(() => {
		const connected = () => {
			if (kept.current.is_final) void latest.current();
		};
		connected();
		window.addEventListener('online', connected);
		return () => {
			window.removeEventListener('online', connected);
			clearTimeout(timer.current);
		};
	}, [kept]);

	return { send, isSending, isWaiting, problem };
}
