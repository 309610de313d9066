import type { Compute, InputRow, Note, Row, Summarise } from '../module.ts';

function numberOrNull(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function levelOf(percent: number, input: InputRow): 'low' | 'medium' | 'high' | null {
	// An instrument with levels of its own has no level of deficit.
	if (numberOrNull(input.cut_low) === null) return null;
	if (percent >= Number(input.cut_low)) return 'low';
	return percent >= Number(input.cut_medium) ? 'medium' : 'high';
}

/**
 * Puts the error band (D10), the level (D6) and *borderline* (D11) to each percent. The error is the observed one
 * from the stated number of responses on, before that the planned one of the instrument's card, and says which.
 */
export const compute: Compute = (rows, { presets, filters }) => {
	const z = Number(presets.z);
	let planned = 0;
	let leftOut = 0;
	let fewLeftOut = 0;
	const result = rows.map((input): Row => {
		const percent = numberOrNull(input.percent);
		const isObserved =
			Number(input.error_n ?? 0) >= Number(presets.minimum_for_sem) &&
			numberOrNull(input.observed_sem) !== null;
		const sem = numberOrNull(isObserved ? input.observed_sem : input.planned_sem);
		if (!isObserved && percent !== null) planned += 1;
		const reach = sem === null ? null : z * sem;
		const cuts = [numberOrNull(input.cut_low), numberOrNull(input.cut_medium)].filter((cut) => cut !== null);
		const groupN = Number(input.group_n ?? 0);
		const groupLeftOut = Number(input.group_left_out ?? 0);
		// Beside the median of all, one without fewer than five people would tell what those answered.
		const isTelling = groupLeftOut > 0 && groupLeftOut < Number(presets.minimum_left_out);
		const hasGroup = groupN >= Number(presets.minimum_for_median) && !isTelling;
		leftOut = Math.max(leftOut, isTelling ? 0 : groupLeftOut);
		fewLeftOut += Number(isTelling);
		return {
			response_id: String(input.response_id),
			participant_code: String(input.participant_code),
			campaign_id: String(input.campaign_id),
			instrument: String(input.instrument),
			version: Number(input.version),
			channel: String(input.channel),
			scale: String(input.scale),
			kind: String(input.kind),
			scale_title: String(input.scale_title),
			submitted_on: String(input.submitted_on),
			n_items: Number(input.n_items),
			n_answered: Number(input.n_answered),
			percent,
			sem,
			sem_source: isObserved ? 'data' : 'planned',
			percent_lo: percent === null || reach === null ? null : Math.max(0, percent - reach),
			percent_hi: percent === null || reach === null ? null : Math.min(100, percent + reach),
			deficit_level: percent === null ? null : levelOf(percent, input),
			borderline:
				percent === null || reach === null || cuts.length === 0
					? null
					: cuts.some((cut) => Math.abs(percent - cut) <= reach),
			group_median: hasGroup ? numberOrNull(input.group_median) : null,
			group_n: hasGroup ? groupN : null,
			note: percent === null ? 'too-few-respondents' : null,
		};
	});
	const notes: Note[] = planned > 0 ? [{ code: 'planned-error', count: planned }] : [];
	if (filters.quality === 'unflagged' && rows.length > 0) {
		if (fewLeftOut > 0) notes.push({ code: 'suppressed-few-flagged', count: fewLeftOut });
		notes.push(
			leftOut > 0
				? { code: 'median-without-flagged', values: { left_out: leftOut } }
				: { code: 'own-results-stay' },
		);
	}
	return { rows: result, notes };
};

/** Strengths before gaps: names the scale with the highest result first. */
export const summarise: Summarise = (rows) => {
	const scales = rows
		.filter((row) => row.kind === 'competency' && typeof row.percent === 'number')
		.sort((a, b) => Number(b.percent) - Number(a.percent));
	const best = scales[0];
	const last = scales.at(-1);
	if (!best || !last)
		return {
			title: { ru: 'Результатов пока нет', en: 'No results yet' },
			subtitle: { ru: '', en: '' },
			summary: {
				ru: 'Профиль появится после первой диагностики.',
				en: 'The profile appears after the first diagnostic.',
			},
		};
	return {
		title: { ru: `Опора: ${best.scale_title}`, en: `Strength: ${best.scale_title}` },
		subtitle: {
			ru: 'Результат по компетенциям с полосой погрешности, проценты',
			en: 'Result by competency with its error band, percent',
		},
		summary: {
			ru: `Самый высокий результат: ${best.scale_title}. Больше всего поддержка даст здесь: ${last.scale_title}.`,
			en: `Highest result: ${best.scale_title}. Support would give the most here: ${last.scale_title}.`,
		},
	};
};
