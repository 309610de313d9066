import { useEffect, useRef, useState } from 'react';
import type { Model } from 'survey-core';
import type { AttemptReply } from '#server/contract/answer-files.ts';
import { post } from '../api.ts';

const prefix = 'opora-clock:';

/** Time already spent as this device knows it: when it began, and seconds on pages with a limit of their own. */
interface LocalClock {
	began: number;
	pages: Record<string, number>;
}

/**
 * Whole seconds left of a survey with a limit of time; null without one. The server says how much has passed; without a
 * connection this device does. The clock stops for nothing: no closed page, no look through the answers. At its end
 * `onTimeUp` is called once. Limits of single pages are SurveyJS's own and only remembered here.
 */
export function useClock(
	survey: Model,
	limit: number,
	responseId: string,
	path: string,
	onTimeUp: () => void,
): number | null {
	const [left, setLeft] = useState<number | null>(limit > 0 ? limit : null);
	const end = useRef(onTimeUp);
	end.current = onTimeUp;
	useEffect(() => {
		const hasPageLimits = survey.timeLimitPerPage > 0 || survey.pages.some((page) => page.timeLimit > 0);
		survey.showTimer = hasPageLimits;
		if (limit <= 0 && !hasPageLimits) return;
		const local = readLocal(responseId);
		writeLocal(responseId, local);
		let isOver = false;
		const tick = () => {
			const spent = (Date.now() - local.began) / 1000;
			setLeft(Math.max(0, Math.ceil(limit - spent)));
			if (isOver || spent < limit) return;
			isOver = true;
			end.current();
		};
		const ticking = limit > 0 ? setInterval(tick, 500) : undefined;
		for (const page of survey.pages) page.timeSpent = local.pages[page.name] ?? 0;
		const ticked = () => {
			local.pages = Object.fromEntries(survey.pages.map((page) => [page.name, page.timeSpent]));
			writeLocal(responseId, local);
		};
		survey.onTimerTick.add(ticked);
		survey.startTimerFromUI();
		void post<AttemptReply>(`${path}/start`)
			.then(({ started_at, elapsed_seconds }) => {
				if (started_at === null) return;
				local.began = Date.now() - elapsed_seconds * 1000;
				writeLocal(responseId, local);
			})
			.catch(() => undefined);
		return () => {
			clearInterval(ticking);
			survey.onTimerTick.remove(ticked);
			survey.stopTimer();
		};
	}, [survey, limit, responseId, path]);
	return left;
}

function readLocal(responseId: string): LocalClock {
	const fresh = { began: Date.now(), pages: {} };
	try {
		const text = localStorage.getItem(prefix + responseId);
		return text ? (JSON.parse(text) as LocalClock) : fresh;
	} catch {
		return fresh;
	}
}

function writeLocal(responseId: string, clock: LocalClock): void {
	try {
		localStorage.setItem(prefix + responseId, JSON.stringify(clock));
	} catch {
		// without a storage the server's clock alone counts
	}
}
