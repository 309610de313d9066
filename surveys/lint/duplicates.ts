import { advice, error, type LintRule } from './finding.ts';

/** Two questions with one text, and options that cannot be told apart. */
export const findDuplicates: LintRule = ({ items }) => {
	const first = new Map<string, string>();
	return items.flatMap(({ item, title, values }) => {
		const text = normalise(title.ru);
		const earlier = first.get(text);
		if (earlier === undefined) first.set(text, item);
		const options = values.map((value) => normalise(value.title.ru));
		const twice = values[options.findIndex((option, index) => options.indexOf(option) !== index)];
		return [
			...(earlier === undefined ? [] : [advice('duplicate-question', item, { other: earlier })]),
			...(twice === undefined ? [] : [error('duplicate-option', item, { option: twice.title.ru })]),
		];
	});
};

const normalise = (text: string): string =>
	text
		.toLowerCase()
		.replaceAll('ё', 'е')
		.replace(/\s+/g, ' ')
		.replace(/[.?!:;]+$/, '')
		.trim();
