import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftDetail, SaveReply, WorkshopContent } from '#server/contract/workshop.ts';
import { ApiProblem, put } from '../api.ts';
import type { Saving } from '../ui/SaveState.tsx';

const saveAfter = 800;
const retryAfter = 6_000;
/** Changes closer together than this are undone as one. */
const together = 700;
const mostSteps = 100;

/**
 * A draft in hand: every change is saved shortly after, one step at a time can be undone, and a save that meets another
 * person's stops and says so, keeping what was typed.
 */
export function useDraft(draft: DraftDetail) {
	const [content, setContent] = useState<WorkshopContent>(draft.content);
	const [checked, setChecked] = useState({ findings: draft.findings, minutes: draft.estimated_minutes });
	const [saving, setSaving] = useState<Saving>({ state: 'saved', at: draft.saved_at });
	const [problem, setProblem] = useState<ApiProblem | null>(null);
	const [steps, setSteps] = useState<WorkshopContent[]>([]);
	const newest = useRef(content);
	const revision = useRef(draft.revision);
	const changedAt = useRef(0);
	const isUnsaved = useRef(false);
	const running = useRef<Promise<boolean> | null>(null);
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	const again = useRef<() => void>(() => undefined);

	const saveOnce = useCallback(async (): Promise<boolean> => {
		clearTimeout(timer.current);
		if (!isUnsaved.current) return true;
		isUnsaved.current = false;
		setSaving({ state: 'saving' });
		try {
			const path = `/api/workshop/drafts/${draft.draft_id}`;
			const reply = await put<SaveReply>(path, { ...newest.current, revision: revision.current });
			revision.current = reply.revision;
			setChecked({ findings: reply.findings, minutes: reply.estimated_minutes });
			setProblem(null);
			if (!isUnsaved.current) setSaving({ state: 'saved', at: reply.saved_at });
			return true;
		} catch (refusal) {
			isUnsaved.current = true;
			const known = refusal instanceof ApiProblem ? refusal : null;
			setSaving({ state: 'clean' });
			setProblem(known);
			if (known?.isOffline || (known && known.status >= 500))
				timer.current = setTimeout(() => again.current(), retryAfter);
			return false;
		}
	}, [draft.draft_id]);

	/** Saves what is not saved yet, after a save that is under way; false when it did not succeed. */
	const save = useCallback(async (): Promise<boolean> => {
		if (running.current) await running.current;
		running.current = saveOnce();
		const isSaved = await running.current;
		running.current = null;
		return isSaved;
	}, [saveOnce]);

	const keep = useCallback(
		(next: WorkshopContent) => {
			newest.current = next;
			isUnsaved.current = true;
			setContent(next);
			clearTimeout(timer.current);
			timer.current = setTimeout(() => void save(), saveAfter);
		},
		[save],
	);

	const change = useCallback(
		(make: (old: WorkshopContent) => WorkshopContent) => {
			const old = newest.current;
			const now = performance.now();
			if (now - changedAt.current > together) setSteps((all) => [...all, old].slice(-mostSteps));
			changedAt.current = now;
			keep(make(old));
		},
		[keep],
	);

	const undo = useCallback(() => {
		const last = steps.at(-1);
		if (!last) return;
		setSteps(steps.slice(0, -1));
		changedAt.current = 0;
		keep(last);
	}, [steps, keep]);

	/** Takes the place of what the other person saved. */
	const overwrite = useCallback(
		(theirs: number) => {
			revision.current = theirs;
			isUnsaved.current = true;
			void save();
		},
		[save],
	);

	useEffect(() => {
		again.current = () => void save();
		const leaving = () => {
			if (document.visibilityState === 'hidden') void save();
		};
		document.addEventListener('visibilitychange', leaving);
		return () => {
			document.removeEventListener('visibilitychange', leaving);
			clearTimeout(timer.current);
			void save();
		};
	}, [save]);

	return {
		content,
		...checked,
		saving,
		problem,
		change,
		undo: steps.length > 0 ? undo : null,
		save,
		overwrite,
		revision: () => revision.current,
	};
}
export type DraftInHand = ReturnType<typeof useDraft>;
