import type { LocalText } from '../module.ts';
import type { NoteCode } from '../notes.ts';
import type { SchoolProcedure } from './school-procedure.ts';

export type Family = 'mean' | 'border' | 'journal' | 'pattern';
export const families: readonly Family[] = ['mean', 'border', 'journal', 'pattern'];

export const familyTexts: Record<Family, LocalText> = {
	mean: { ru: 'средний балл', en: 'mean score' },
	border: { ru: 'границы отметок', en: 'mark borders' },
	journal: { ru: 'журнал', en: 'journal' },
	pattern: { ru: 'рисунок ответов', en: 'pattern of answers' },
};

export type SignId =
	| 'O1'
	| 'O2'
	| 'O3'
	| 'O4'
	| 'O6'
	| 'O7'
	| 'O8'
	| 'O9'
	| 'O10'
	| 'O11'
	| 'O12'
	| 'O13'
	| 'O15'
	| 'OF-mean'
	| 'OF-journal'
	| 'OF-change';

/** One sign of one school: over one procedure, or pooled over several. */
export interface Sign {
	id: SignId;
	procedures: string[];
	statistic: number | null;
	p: number | null;
	/** over the schools of the procedure (of the year, when pooled); null without p */
	q: number | null;
	flagged: boolean;
	/** pupils, papers or pairs that the statistic rests on */
	n: number;
	note: NoteCode | null;
	/** inputs and reference values, so that the number can be worked out again */
	inputs: Record<string, number | string>;
}

/** A sign before false discovery is controlled: the size of the effect is known, q is not. */
export interface RawSign extends Sign {
	/** null for signs that carry no p into a family */
	family: Family | null;
	/** signs of one group are corrected for their number together */
	group: string;
	/** whether the effect is as large as the preset asks */
	isLarge: boolean;
	/** more than one year stands behind it: says nothing of the year alone */
	pooledYears: boolean;
	/** the sign whose opposite tail this is: it shares that sign's p and q and enters no combination */
	mirrorOf: RawSign | null;
}

export function rawSign(
	id: SignId,
	family: Family | null,
	rows: readonly SchoolProcedure[],
	found: Partial<RawSign> & { n: number },
): RawSign {
	const first = rows[0]!;
	return {
		id,
		family,
		procedures: rows.map((row) => row.procedure_id),
		statistic: null,
		p: null,
		q: null,
		flagged: false,
		note: null,
		inputs: {},
		group: `${id}\n${first.region_id}\n${first.procedure_id}`,
		isLarge: false,
		pooledYears: false,
		mirrorOf: null,
		...found,
	};
}

/** Drops what only the arithmetic needs. */
export function publicSign(sign: RawSign): Sign {
	const { id, procedures, statistic, p, q, flagged, n, note, inputs } = sign;
	return { id, procedures, statistic, p, q, flagged, n, note, inputs };
}
