import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { RE2JS } from 're2js';
import { foldCase, invertRanges, LAST_UNIT, type UnitRange } from './fold-case.ts';

/**
 * Why a pattern is refused: it cannot be read; it looks around or back, which no bounded time suffices for; or it is so
 * long, with its repetitions written out, that an answer would take too long.
 */
export type PatternFault = { code: 'bad-pattern' | 'unbounded-pattern' | 'large-pattern'; message: string };

/** Steps of a pattern with its repetitions written out. */
const MOST_STEPS = 2_500;
/** Each step may cost one look per character of an answer: so many looks take some tenths of a second. */
const MOST_LOOKS = 8_000_000;
/** RE2 repeats nothing more often at once. */
const MOST_REPEATS = 1_000;

class Refused extends Error {
	readonly fault: PatternFault;
	constructor(code: PatternFault['code'], message: string) {
		super(message);
		this.fault = { code, message };
	}
}

/** The fault of a validator's pattern, or nothing when answers can be checked against it. */
export function findPatternFault(pattern: string, ignoresCase: boolean): PatternFault | undefined {
	try {
		translate(pattern, ignoresCase);
		return undefined;
	} catch (error) {
		if (error instanceof Refused) return error.fault;
		throw error;
	}
}

export interface Pattern {
	matches: (text: string) => boolean;
	/** longer texts are not to be looked at; only patterns of hundreds of steps set a limit that an answer can reach */
	longest: number;
}

/**
 * Compiles a validator's pattern into a test that says what `new RegExp(pattern)` of the participant's browser says, in
 * time that grows with the answer's length and no faster: matching goes by automaton (RE2) and never backtracks.
 * @throws RangeError for a pattern in which `findPatternFault` finds a fault
 */
export function compilePattern(pattern: string, ignoresCase: boolean): Pattern {
	try {
		const { automaton, steps } = translate(pattern, ignoresCase);
		return {
			matches: (text) => automaton.matcher(text.replaceAll(SURROGATES, shiftSurrogate)).find(),
			longest: Math.floor(MOST_LOOKS / steps),
		};
	} catch (error) {
		if (error instanceof Refused) throw new RangeError(`the pattern ${pattern}: ${error.message}`);
		throw error;
	}
}

function translate(pattern: string, ignoresCase: boolean): { automaton: RE2JS; steps: number } {
	const tree = readTree(pattern, ignoresCase ? 'i' : '');
	const { source, steps } = writeAlternatives(tree.alternatives, ignoresCase);
	if (steps > MOST_STEPS) throw new Refused('large-pattern', String(steps));
	try {
		return { automaton: RE2JS.compile(source), steps };
	} catch (error) {
		// What the tree allows and RE2 refuses are repetitions in repetitions.
		throw new Refused('large-pattern', error instanceof Error ? error.message : '');
	}
}

function readTree(pattern: string, flags: string): AST.Pattern {
	try {
		// The browser's own reading comes first: what it refuses breaks the form.
		new RegExp(pattern, flags);
		return new RegExpParser().parsePattern(pattern);
	} catch (error) {
		throw new Refused('bad-pattern', error instanceof Error ? error.message : '');
	}
}

/** A part of the pattern in RE2's own writing, and the steps that it takes. */
interface Written {
	source: string;
	steps: number;
}

function writeAlternatives(alternatives: readonly AST.Alternative[], ignoresCase: boolean): Written {
	const written = alternatives.map(({ elements }) => {
		const parts = elements.map((element) => writeElement(element, ignoresCase));
		return { source: parts.map(({ source }) => source).join(''), steps: sumSteps(parts) };
	});
	return {
		source: `(?:${written.map(({ source }) => source).join('|')})`,
		steps: sumSteps(written) + written.length,
	};
}

function sumSteps(parts: readonly Written[]): number {
	return parts.reduce((sum, { steps }) => sum + steps, 0);
}

function writeElement(element: AST.Element, ignoresCase: boolean): Written {
	switch (element.type) {
		case 'Group':
			if (element.modifiers) throw new Refused('unbounded-pattern', element.raw);
			return writeAlternatives(element.alternatives, ignoresCase);
		case 'CapturingGroup':
			return writeAlternatives(element.alternatives, ignoresCase);
		case 'Quantifier':
			return writeRepetition(element, ignoresCase);
		case 'Assertion':
			return writeAssertion(element);
		case 'Character':
		case 'CharacterSet':
		case 'CharacterClass':
			return { source: writeSet(listUnits(element, ignoresCase)), steps: 1 };
		default:
			throw new Refused('unbounded-pattern', element.raw);
	}
}

function writeAssertion(assertion: AST.Assertion): Written {
	switch (assertion.kind) {
		case 'start':
			return { source: '\\A', steps: 1 };
		case 'end':
			return { source: '\\z', steps: 1 };
		case 'word':
			return { source: assertion.negate ? '\\B' : '\\b', steps: 1 };
		default:
			throw new Refused('unbounded-pattern', assertion.raw);
	}
}

function writeRepetition({ element, min, max }: AST.Quantifier, ignoresCase: boolean): Written {
	const { source, steps } = writeElement(element, ignoresCase);
	const isEndless = max === Number.POSITIVE_INFINITY;
	const written = (isEndless ? min + 1 : max) * steps;
	if (written > MOST_STEPS) throw new Refused('large-pattern', String(written));
	const optional = isEndless ? `(?:${source})*` : repeat(source, max - min, '0,');
	return { source: `${repeat(source, min, '')}${optional}`, steps: written };
}

// In pieces, for RE2 repeats nothing more than a thousand times at once.
function repeat(source: string, times: number, from: '' | '0,'): string {
	const pieces: string[] = [];
	for (let left = times; left > 0; left -= MOST_REPEATS)
		pieces.push(`(?:${source}){${from}${Math.min(left, MOST_REPEATS)}}`);
	return pieces.join('');
}

const LINE_ENDS: readonly UnitRange[] = [
	[0x0a, 0x0a],
	[0x0d, 0x0d],
	[0x20_28, 0x20_29],
];
const DIGITS: readonly UnitRange[] = [[0x30, 0x39]];
const WORD: readonly UnitRange[] = [...DIGITS, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const SPACES: readonly UnitRange[] = [
	[0x09, 0x0d],
	[0x20, 0x20],
	[0xa0, 0xa0],
	[0x16_80, 0x16_80],
	[0x20_00, 0x20_0a],
	[0x20_28, 0x20_29],
	[0x20_2f, 0x20_2f],
	[0x20_5f, 0x20_5f],
	[0x30_00, 0x30_00],
	[0xfe_ff, 0xfe_ff],
];

function listUnits(
	element: AST.Character | AST.CharacterSet | AST.CharacterClass,
	ignoresCase: boolean,
): readonly UnitRange[] {
	const fold = ignoresCase ? foldCase : (ranges: readonly UnitRange[]) => ranges;
	switch (element.type) {
		case 'Character':
			return fold([[element.value, element.value]]);
		case 'CharacterSet':
			return fold(listSet(element));
		case 'CharacterClass': {
			const units = fold(element.elements.flatMap((member) => listMember(member)));
			return element.negate ? invertRanges(units) : units;
		}
	}
}

function listMember(member: AST.CharacterClassElement): readonly UnitRange[] {
	switch (member.type) {
		case 'Character':
			return [[member.value, member.value]];
		case 'CharacterClassRange':
			return [[member.min.value, member.max.value]];
		case 'CharacterSet':
			return listSet(member);
		default:
			throw new Refused('unbounded-pattern', member.raw);
	}
}

function listSet(set: AST.CharacterSet): readonly UnitRange[] {
	switch (set.kind) {
		case 'any':
			return invertRanges(LINE_ENDS);
		case 'digit':
			return set.negate ? invertRanges(DIGITS) : DIGITS;
		case 'space':
			return set.negate ? invertRanges(SPACES) : SPACES;
		case 'word':
			return set.negate ? invertRanges(WORD) : WORD;
		default:
			throw new Refused('unbounded-pattern', set.raw);
	}
}

// A pattern without the flag `u` counts code units, RE2 characters: halves of pairs stand as characters of a private plane.
const SURROGATES = /[\uD800-\uDFFF]/g;
const FIRST_SURROGATE = 0xd8_00;
const LAST_SURROGATE = 0xdf_ff;
const PRIVATE_PLANE = 0xf_00_00;

function shiftSurrogate(unit: string): string {
	return String.fromCodePoint(PRIVATE_PLANE + unit.charCodeAt(0));
}

function writeSet(ranges: readonly UnitRange[]): string {
	const pieces = ranges.flatMap(([low, high]) => [
		...writeRange(low, Math.min(high, FIRST_SURROGATE - 1)),
		...writeRange(Math.max(low, LAST_SURROGATE + 1), high),
		...writeRange(Math.max(low, FIRST_SURROGATE), Math.min(high, LAST_SURROGATE), PRIVATE_PLANE),
	]);
	// A set of nothing matches nothing.
	return pieces.length > 0 ? `[${pieces.join('')}]` : '[^\\x{0}-\\x{10FFFF}]';
}

function writeRange(low: number, high: number, shift = 0): string[] {
	if (low > high || low > LAST_UNIT) return [];
	const write = (unit: number): string => `\\x{${(unit + shift).toString(16)}}`;
	return [`${write(low)}-${write(high)}`];
}
