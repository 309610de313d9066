import { expect, it } from 'vitest';
import { compileCodedAnswers } from '#surveys/coded-answers.ts';

const survey = {
	calculatedValues: [{ name: 'sum', expression: '1', includeIntoResult: true }],
	elements: [
		{ type: 'radiogroup', name: 'one', choices: ['a', 'b'], showOtherItem: true, showCommentArea: true },
		{ type: 'checkbox', name: 'many', choices: [1, 2], showNoneItem: true },
		{ type: 'text', name: 'name' },
		{ type: 'text', name: 'age', inputType: 'number' },
		{ type: 'text', name: 'birthday', inputType: 'date' },
		{ type: 'comment', name: 'words' },
		{ type: 'file', name: 'photo' },
		{ type: 'signaturepad', name: 'sign' },
		{ type: 'boolean', name: 'agrees' },
		{ type: 'matrix', name: 'grid', columns: [1, 2], rows: ['r1', 'r2'] },
		{ type: 'multipletext', name: 'parts', items: [{ name: 'hours', inputType: 'number' }, { name: 'who' }] },
		{ type: 'paneldynamic', name: 'panels', templateElements: [{ type: 'text', name: 'child' }] },
		{
			type: 'matrixdropdown',
			name: 'table',
			rows: ['r1'],
			columns: [
				{ name: 'c1', cellType: 'dropdown', choices: ['x'] },
				{ name: 'c2', cellType: 'text' },
			],
		},
	],
};

it('keeps choices and numbers wherever they stand, and nothing that somebody wrote', () => {
	const given = {
		one: 'other',
		'one-Comment': 'Иванов',
		many: [1, 'none'],
		name: 'Иванов',
		age: 44,
		birthday: '1980-01-02',
		words: 'Иванов',
		photo: [{ name: 'Иванов.png', type: 'image/png', content: 'file/1' }],
		sign: 'file/2',
		agrees: false,
		grid: { r1: 1 },
		parts: { hours: 3, who: 'Иванов' },
		panels: [{ child: 'Иванов' }],
		table: { r1: { c1: 'x', c2: 'Иванов' } },
		sum: 'Иванов',
		unknown: 'Иванов',
	};
	const code = compileCodedAnswers(survey);
	const coded = code(given);
	expect(JSON.parse(JSON.stringify(coded))).toEqual({
		one: 'other',
		many: [1, 'none'],
		age: 44,
		agrees: false,
		grid: { r1: 1 },
		parts: { hours: 3 },
		table: { r1: { c1: 'x' } },
	});
	expect(JSON.parse(JSON.stringify(code({ ...given, sum: 7 })))).toMatchObject({ sum: 7 });
	expect(JSON.stringify(code(coded))).toBe(JSON.stringify(coded));
	// what is written where a choice should stand
	expect(JSON.stringify(code({ one: 'Иванов', many: ['Иванов', 2], __proto__: { x: 1 } }))).toBe(
		'{"many":[2]}',
	);
});
