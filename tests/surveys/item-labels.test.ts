import { describe, expect, it } from 'vitest';
import { listItems } from '#surveys/item-labels.ts';

const summary = (survey: object) =>
	listItems(survey as Parameters<typeof listItems>[0]).map(({ item, path, values }) => [
		item,
		path.join('/'),
		values.map(({ value }) => value),
	]);

describe('items of a survey', () => {
	it('lists one item per question, matrix row, cell and part, panels opened', () => {
		expect(
			summary({
				pages: [
					{
						elements: [
							{ type: 'html', name: 'h' },
							{
								type: 'panel',
								name: 'p',
								elements: [
									{
										type: 'matrix',
										name: 'm',
										columns: [1, { value: 2, text: 'two' }],
										rows: ['a', { value: 'b' }],
									},
									{ type: 'text', name: 't', valueName: 'stored' },
								],
							},
						],
					},
					{
						elements: [
							{
								type: 'matrixdropdown',
								name: 'd',
								choices: ['x'],
								rows: ['r'],
								columns: [{ name: 'c' }, { name: 'e', choices: ['y', 'z'] }],
							},
							{ type: 'multipletext', name: 'mt', items: [{ name: 'one' }] },
							{ type: 'expression', name: 'sum' },
						],
					},
				],
			}),
		).toEqual([
			['m.a', 'm/a', [1, 2]],
			['m.b', 'm/b', [1, 2]],
			['t', 'stored', []],
			['d.r.c', 'd/r/c', ['x']],
			['d.r.e', 'd/r/e', ['y', 'z']],
			['mt.one', 'mt/one', []],
		]);
	});

	it('lists rates, yes and no, and special choices as values', () => {
		expect(
			summary({
				elements: [
					{ type: 'rating', name: 'r' },
					{ type: 'rating', name: 's', rateMin: 0, rateMax: 1, rateStep: 0.5 },
					{ type: 'rating', name: 'v', rateValues: ['low', 'high'] },
					{ type: 'boolean', name: 'b' },
					{ type: 'checkbox', name: 'c', choices: ['x'], showOtherItem: true, hasNone: true },
				],
			}),
		).toEqual([
			['r', 'r', [1, 2, 3, 4, 5]],
			['s', 's', [0, 0.5, 1]],
			['v', 'v', ['low', 'high']],
			['b', 'b', [true, false]],
			['c', 'c', ['x', 'other', 'none']],
		]);
	});

	it('reads texts in each language, from the default where one is missing', () => {
		const [item] = listItems({
			elements: [
				{
					type: 'rating',
					name: 'r',
					title: { default: 'Вопрос', en: 'Question' },
					rateMax: 2,
					minRateDescription: { ru: 'мало' },
				},
			],
		});
		expect(item?.title).toEqual({ ru: 'Вопрос', en: 'Question' });
		expect(item?.values).toEqual([
			{ value: 1, title: { ru: '1 (мало)', en: '1 (мало)' } },
			{ value: 2, title: { ru: '2', en: '2' } },
		]);
	});
});
