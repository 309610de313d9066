import { advice, error, type LintRule } from './finding.ts';

/** Types whose answer can be right or wrong. */
const CLOSED = new Set(['radiogroup', 'checkbox', 'dropdown', 'ranking', 'boolean', 'rating', 'matrix']);

/** A closed question without a key: in a test a fault, in a questionnaire worth a look when its neighbours are scored. */
export const findMissingKeys: LintRule = ({ key, items }) => {
	if (key.items.length === 0) return [];
	const keyed = new Set(key.items.map(({ item }) => item));
	const partly = new Set(items.filter(({ item }) => keyed.has(item)).map(({ question }) => question));
	return items
		.filter(({ item, question, type }) => CLOSED.has(type) && !keyed.has(item) && !keyed.has(question))
		.flatMap(({ item, question }) => {
			if (key.channel === 'test') return [error('missing-key', item)];
			return partly.has(question) ? [advice('unkeyed-item', item)] : [];
		});
};
