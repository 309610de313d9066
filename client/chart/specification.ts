import type { ResultField } from '../api.ts';
import { evidenceShapes, levelColours } from './theme.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Specification = Record<string, unknown>;
type Tree = { [key: string]: Json };

/** Words of levels by the value that stands in the rows. */
export interface LevelWords {
	flag: Record<string, string>;
	deficit_level: Record<string, string>;
	channel: Record<string, string>;
}

const flagNames: Record<string, string> = {
	'0': 'none',
	'1': 'watch',
	'2': 'sign',
	'3': 'persistent',
	X: 'insufficient',
};

export function labelOf(field: ResultField, withUnit = true): string {
	return withUnit && field.unit ? `${field.label}, ${field.unit}` : field.label;
}

/**
 * Completes a module's specification without touching it: titles of axes and legends from the labels of the fields,
 * the two level scales with their colours, shapes and words, a width that follows the page.
 */
export function completeSpecification(
	specification: Specification,
	fields: ResultField[],
	words: LevelWords,
): Specification {
	const byName = new Map(fields.map((field) => [field.name, field]));
	const colours = levelColours();

	const completeChannel = (channel: string, definition: Tree): Tree => {
		const field = typeof definition.field === 'string' ? byName.get(definition.field) : undefined;
		if (!field) return definition;
		const done: Tree = { ...definition };
		if (done.title === undefined && !['text', 'tooltip', 'href', 'key', 'detail', 'order'].includes(channel))
			done.title = labelOf(field);
		const isPaint = channel === 'color' || channel === 'fill' || channel === 'stroke';
		const level = field.format === 'flag' || field.format === 'deficit_level' ? field.format : undefined;
		if (level && (isPaint || channel === 'shape') && done.scale === undefined) {
			const values = level === 'flag' ? Object.keys(flagNames) : ['low', 'medium', 'high'];
			const nameOf = (value: string) => (level === 'flag' ? flagNames[value]! : value);
			const range = values.map((value) =>
				channel === 'shape'
					? (evidenceShapes[nameOf(value)] ?? 'circle')
					: level === 'flag'
						? colours.evidence[nameOf(value)]!
						: colours.deficit[value]!,
			);
			done.scale = { domain: values, range };
			if (done.legend === undefined) done.legend = { labelExpr: wordsExpression(words[level]) };
		}
		if (field.format === 'channel' && done.legend === undefined)
			done.legend = { labelExpr: wordsExpression(words.channel) };
		if (isPaint && isTree(done.scale) && 'scheme' in done.scale) {
			// ramps are of our own colours: they turn with the dark theme and print in grey
			const { scheme: _, ...rest } = done.scale;
			done.scale = rest;
		}
		return done;
	};

	const walk = (node: Json, key: string): Json => {
		if (Array.isArray(node)) return node.map((part) => walk(part, key));
		if (node === null || typeof node !== 'object') return node;
		if (key === 'encoding') {
			return Object.fromEntries(
				Object.entries(node).map(([channel, definition]) => [
					channel,
					definition !== null && typeof definition === 'object' && !Array.isArray(definition)
						? (walk(completeChannel(channel, definition), channel) as Tree)
						: definition,
				]),
			);
		}
		const done: Tree = {};
		if (typeof node.value === 'string' && plainInks[node.value])
			return { ...node, value: plainInk(node.value) };
		for (const [name, part] of Object.entries(node)) {
			if (name === 'data' && key !== '') {
				done[name] = part;
				continue;
			}
			done[name] =
				(name === 'row' || name === 'column' || name === 'facet') &&
				part !== null &&
				typeof part === 'object' &&
				!Array.isArray(part)
					? completeChannel(name, part)
					: walk(part, name);
		}
		return done;
	};

	const done = walk(specification as Tree, '') as Tree;
	const isSingle = 'mark' in done || 'layer' in done;
	if (isSingle && !hasFacetChannel(done)) {
		if (done.width === undefined) done.width = 'container';
		if (done.width === 'container' && done.autosize === undefined)
			done.autosize = { type: 'fit-x', contains: 'padding' };
	}
	return done;
}

/** Plain inks that a specification may name, and the tokens that stand for them. */
const plainInks: Record<string, string> = {
	black: 'ink',
	white: 'paper',
	gray: 'rule-strong',
	grey: 'rule-strong',
};

function plainInk(name: string): string {
	return getComputedStyle(document.documentElement).getPropertyValue(`--${plainInks[name]}`).trim();
}

function isTree(value: Json | undefined): value is Tree {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasFacetChannel(specification: Tree): boolean {
	const encoding = specification.encoding;
	if (encoding === null || typeof encoding !== 'object' || Array.isArray(encoding)) return false;
	return 'row' in encoding || 'column' in encoding || 'facet' in encoding;
}

/** A Vega expression that turns the value of a legend entry into its word. */
function wordsExpression(words: Record<string, string>): string {
	return Object.entries(words).reduceRight(
		(rest, [value, word]) => `datum.value == ${JSON.stringify(value)} ? ${JSON.stringify(word)} : ${rest}`,
		'datum.label',
	);
}
