import type { LocalText } from '../module.ts';
import type { Presets } from './definition.ts';
import {
	type Amounts,
	amountIn,
	amountsOf,
	type Basis,
	type GivenReference,
	isEnough,
	isGiven,
	type ProcedureReference,
	procedureReference,
} from './reference.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import type { RawSign } from './signs.ts';

/**
 * What a sign is compared with, in the order of choice (domain §4.2): shares from outside, the other schools without those
 * in doubt, all the other schools. The school itself never stands among the others.
 */
export const referenceKinds = ['given', 'without-flagged', 'leave-one-out'] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

export const referenceTexts: Record<ReferenceKind, LocalText> = {
	given: { ru: 'внешний эталон', en: 'reference from outside' },
	'without-flagged': {
		ru: 'другие школы региона, кроме названных в перечне и выделенных при первой проверке',
		en: 'other schools of the region but those that a list names or a first check singles out',
	},
	'leave-one-out': { ru: 'все другие школы региона', en: 'all other schools of the region' },
};

/** The references of one procedure and region. */
export interface ReferenceChoice {
	/** of the schools that are not in doubt */
	preferred: ProcedureReference;
	/** of all schools; the same object where none is in doubt */
	whole: ProcedureReference;
	/** schools in doubt, and what they bring to each kind of sign */
	doubtful: { schools: ReadonlySet<SchoolProcedure>; amounts: Amounts };
}

/** What one sign of one school is held against. */
export interface Chosen {
	reference: ProcedureReference;
	/** for `inputs` of the sign: the kind, and how many schools in doubt were left out or, for want of others, were not */
	inputs: RawSign['inputs'];
}

/** `isDoubtful`: whether the results of a school in this procedure may not serve others. */
export function referenceChoice(
	rows: readonly SchoolProcedure[],
	isDoubtful: (row: SchoolProcedure) => boolean,
	given?: GivenReference,
): ReferenceChoice {
	const trusted = rows.filter((row) => !isDoubtful(row));
	const doubtful = rows.filter(isDoubtful);
	const whole = procedureReference(rows, given);
	const isSame = trusted.length === rows.length || trusted.length === 0;
	return {
		whole,
		preferred: isSame ? whole : procedureReference(trusted, given),
		doubtful: { schools: new Set(doubtful), amounts: amountsOf(doubtful) },
	};
}

/**
 * The first reference that has enough others for this school in what the sign rests on; null without any. Schools in doubt
 * come back where what is left without them is too little, or is no longer most of the region (`reference_share`).
 */
export function chooseReference(
	choice: ReferenceChoice,
	row: SchoolProcedure,
	basis: Basis,
	presets: Presets,
): Chosen | null {
	const { preferred, whole, doubtful } = choice;
	// a school in doubt is not one of those that it is compared with, whatever the kind
	const others =
		doubtful.amounts[basis].schools - (doubtful.schools.has(row) && amountIn(basis, row) > 0 ? 1 : 0);
	const isLeftOut =
		preferred !== whole &&
		isEnough(preferred, row, basis, presets) &&
		isMost(preferred.amounts[basis].schools, whole.amounts[basis].schools, presets);
	const reference = isLeftOut ? preferred : whole;
	const fromOutside = isGiven(reference, basis);
	if (!isLeftOut && !fromOutside && !isEnough(whole, row, basis, presets)) return null;
	if (fromOutside) return { reference, inputs: { reference: 'given' } };
	const kind: ReferenceKind = isLeftOut && others > 0 ? 'without-flagged' : 'leave-one-out';
	const inputs = { reference: kind, ...(others > 0 && { [isLeftOut ? 'left_out' : 'in_doubt']: others }) };
	return { reference, inputs };
}

/** Whether so many of all schools are most of them still. */
export function isMost(left: number, all: number, presets: Presets): boolean {
	return left >= Number(presets.reference_share) * all;
}

/** Where nobody is in doubt, all the others are the schools that are not: no kind of its own beside `without-flagged`. */
const hasDoubtful = ({ in_doubt = 0 }: RawSign['inputs']): boolean => Number(in_doubt) > 0;

/** What two or more comparisons together rest on: the last of their kinds in the order of choice, and its numbers. */
export function weakest(all: readonly RawSign['inputs'][]): RawSign['inputs'] {
	const last = kindsIn(all).at(-1)!;
	const name = last === 'without-flagged' ? 'left_out' : 'in_doubt';
	const most = Math.max(0, ...all.map((inputs) => Number(inputs[name] ?? 0)));
	return { reference: last, ...(last !== 'given' && most > 0 && { [name]: most }) };
}

/** The kinds that the signs of a school and year rest on, in the order of choice; empty where nothing was compared. */
export function kindsOf({ signs }: { signs: readonly RawSign[] }): ReferenceKind[] {
	return kindsIn(signs.map(({ inputs }) => inputs));
}

function kindsIn(all: readonly RawSign['inputs'][]): ReferenceKind[] {
	const used = new Set(all.map(({ reference }) => reference));
	if (used.has('without-flagged') && !all.some(hasDoubtful)) used.delete('leave-one-out');
	return referenceKinds.filter((kind) => used.has(kind));
}
