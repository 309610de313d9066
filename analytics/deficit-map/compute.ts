import { attributeLabel } from '../labels.ts';
import type { Compute, Note, Row, Summarise } from '../module.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';

function share(part: number, whole: number): number | null {
	return whole > 0 ? part / whole : null;
}

/**
 * Adds coverage (D15), prevalence with its Wilson interval corrected for the finite number of those invited (D14) and the bounds of
 * what non-respondents could change (D15).
 */
export const compute: Compute = (rows, { presets, filters, language }) => {
	const threshold = Number(presets.coverage_threshold);
	let lowCoverage = 0;
	const result = rows.map((input): Row => {
		const row = input as Row;
		const n = Number(row.n);
		const nInvited = Number(row.n_invited);
		const nHigh = Number(row.n_high);
		// Those invited are all there are: the more of them answered, the less is left to chance.
		const population = nInvited >= n ? nInvited : undefined;
		const interval = wilsonInterval(nHigh, n, {
			confidence: Number(presets.confidence),
			...(population !== undefined && { population }),
		});
		const coverage = share(n, nInvited);
		if (coverage !== null && coverage < threshold) lowCoverage += 1;
		return {
			...row,
			group_label: attributeLabel(String(filters.by), String(row.group_label ?? ''), language),
			coverage,
			prevalence: share(nHigh, n),
			prevalence_coded: null,
			prevalence_lo: interval?.lo ?? null,
			prevalence_hi: interval?.hi ?? null,
			bound_lo: share(nHigh, nInvited),
			bound_hi: share(nHigh + nInvited - n, nInvited),
			note: coverage !== null && coverage < threshold ? 'low-coverage' : null,
		};
	});
	const notes: Note[] =
		lowCoverage > 0
			? [{ code: 'low-coverage', count: lowCoverage, values: { threshold: Math.round(threshold * 100) } }]
			: [];
	return { rows: result, notes };
};

const dimensionTexts: Record<string, { ru: string; en: string }> = {
	school: { ru: 'по школам', en: 'by school' },
	municipality: { ru: 'по муниципалитетам', en: 'by municipality' },
	subject: { ru: 'по предметам', en: 'by subject' },
	seniority_band: { ru: 'по стажу', en: 'by seniority' },
	category: { ru: 'по категориям', en: 'by category' },
	school_kind: { ru: 'по видам школ', en: 'by kind of school' },
	locality: { ru: 'город и село', en: 'town and country' },
};

/** Names the visible cell with the highest lower bound: the deficit that is both large and sure. */
export const summarise: Summarise = (rows, { filters }) => {
	const by = dimensionTexts[String(filters.by)] ?? { ru: '', en: '' };
	const visible = rows.filter((row) => typeof row.prevalence === 'number' && row.kind === 'competency');
	const hidden = rows.filter((row) => row.prevalence === null).length;
	const surest = [...visible]
		.filter((row) => typeof row.prevalence_lo === 'number')
		.sort((a, b) => Number(b.prevalence_lo) - Number(a.prevalence_lo))[0];
	if (rows.length === 0)
		return {
			title: { ru: 'Выпущенных результатов пока нет', en: 'No released results yet' },
			subtitle: { ru: by.ru, en: by.en },
			summary: {
				ru: 'Карта появится, когда результаты кампании будут выпущены.',
				en: 'The map appears when the results of a campaign are released.',
			},
		};
	if (!surest)
		return {
			title: {
				ru: hidden > 0 ? 'Группы слишком малы, чтобы показать доли' : 'Выраженных дефицитов не видно',
				en: hidden > 0 ? 'Groups are too small to show shares' : 'No pronounced deficits are visible',
			},
			subtitle: by,
			summary: {
				ru: `Ячеек: ${rows.length}, скрыто: ${hidden}.`,
				en: `Cells: ${rows.length}, hidden: ${hidden}.`,
			},
		};
	const percent = (value: unknown) => Math.round(Number(value) * 100);
	const interval = `[${percent(surest.prevalence_lo)}–${percent(surest.prevalence_hi)}]`;
	return {
		title: {
			ru: `${surest.scale_title}: высокий дефицит у ${percent(surest.prevalence)} % ${interval} — ${surest.group_label}`,
			en: `${surest.scale_title}: high deficit for ${percent(surest.prevalence)} % ${interval} — ${surest.group_label}`,
		},
		subtitle: {
			ru: `Доля педагогов с высоким дефицитом ${by.ru}, 95-процентный интервал`,
			en: `Share of teachers with a high deficit ${by.en}, 95 % interval`,
		},
		summary: {
			ru: `Ячеек: ${rows.length}, скрыто: ${hidden}. Увереннее всего высокий дефицит виден здесь: ${surest.scale_title}, ${surest.group_label}, n = ${surest.n}.`,
			en: `Cells: ${rows.length}, hidden: ${hidden}. The surest high deficit: ${surest.scale_title}, ${surest.group_label}, n = ${surest.n}.`,
		},
	};
};
