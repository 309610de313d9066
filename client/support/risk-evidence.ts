import type { LocalText } from '#server/contract/text.ts';
import type { ResultRow } from '../api.ts';
import type { Deficit } from '../ui/DeficitLevel.tsx';

/** One factor of a risk profile as the module `risk-profile` carries it: the proposal that stood, and the school's answer. */
export interface RatedFactor {
	year: number;
	factor: string;
	title: LocalText;
	significance: Deficit;
	/** 0 good … 100 bad; null where no input was known */
	index: number | null;
	answer: 'agreed' | 'disagreed' | 'awaited';
	is_chosen: boolean;
	proposed_on: string;
	verified_on: string | null;
	remark: string | null;
	answer_remark: string | null;
	/** those whose value was known */
	inputs: { id: string; title: LocalText; value: number; good: number; bad: number }[];
}

export function readRatedFactor(row: ResultRow): RatedFactor {
	const text = (name: string) => (typeof row[name] === 'string' ? (row[name] as string) : null);
	const { title, inputs } = JSON.parse(text('detail') ?? '{}') as {
		title: LocalText;
		inputs: (Omit<RatedFactor['inputs'][number], 'value'> & { value: number | null })[];
	};
	return {
		year: Number(row.year),
		factor: String(row.factor),
		title,
		significance: row.significance as Deficit,
		index: typeof row.risk_index === 'number' ? row.risk_index : null,
		answer: row.answer as RatedFactor['answer'],
		is_chosen: row.is_chosen === true,
		proposed_on: String(row.proposed_on),
		verified_on: text('verified_on'),
		remark: text('remark'),
		answer_remark: text('answer_remark'),
		inputs: inputs.flatMap(({ value, ...input }) => (value === null ? [] : [{ ...input, value }])),
	};
}
