import type { ComputeContext, Computed, InputRow, LocalText, Note, Row } from '../module.ts';

export { summarise } from './finding.ts';

/** What `rows.sql` says of one school, year and factor. */
interface Rated {
	school_id: string;
	school_name: string;
	municipality_id: string;
	year: number;
	factor: string;
	title_ru: string;
	title_en: string;
	risk_index: number | null;
	significance: 'high' | 'medium' | 'low';
	/** JSON: the inputs as they stood when the factor was rated */
	inputs: string | null;
	remark: string;
	proposed_on: string;
	/** null: the school has not answered */
	agrees: boolean | null;
	is_chosen: boolean | null;
	answer_remark: string | null;
	verified_on: string | null;
}

const significances: Record<Rated['significance'], LocalText> = {
	high: { ru: 'высокая', en: 'high' },
	medium: { ru: 'средняя', en: 'medium' },
	low: { ru: 'низкая', en: 'low' },
};

const answers = {
	agreed: { ru: 'согласна', en: 'agrees' },
	disagreed: { ru: 'не согласна', en: 'disagrees' },
	awaited: { ru: 'ещё не ответила', en: 'has not answered yet' },
} as const satisfies Record<string, LocalText>;

/**
 * Every factor of the profile as it stands: significance and index of the last proposal, with its inputs, and the last
 * answer of the school to it. `detail` holds the title in both languages, so that a kept answer follows its reader.
 */
export function compute(rows: InputRow[], { language }: ComputeContext): Computed {
	const found = (rows as unknown as Rated[]).map((rated): Row => {
		const { school_id, school_name, municipality_id, year, factor, significance } = rated;
		const title: LocalText = { ru: rated.title_ru, en: rated.title_en };
		const answer = rated.agrees === null ? 'awaited' : rated.agrees ? 'agreed' : 'disagreed';
		return {
			...{ school_id, school_name, municipality_id, year, factor },
			factor_title: title[language],
			significance,
			significance_text: significances[significance][language],
			risk_index: rated.risk_index,
			answer,
			answer_text: answers[answer][language],
			is_chosen: rated.is_chosen ?? false,
			proposed_on: rated.proposed_on,
			verified_on: rated.verified_on,
			remark: rated.remark || null,
			answer_remark: rated.answer_remark || null,
			detail: JSON.stringify({ title, inputs: JSON.parse(rated.inputs ?? '[]') }),
			note: answer === 'awaited' ? 'not-verified' : null,
		};
	});
	const awaited = found.filter(({ note }) => note !== null).length;
	const notes: Note[] = awaited > 0 ? [{ code: 'not-verified', count: awaited }] : [];
	return { rows: found, notes };
}
