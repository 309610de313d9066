import { describe, expect, it } from 'vitest';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { findQuestionTitle } from '#surveys/item-labels.ts';

const survey = {
	pages: [
		{
			elements: [
				{
					type: 'panel',
					elements: [
						{
							type: 'matrixdropdown',
							name: 'pair',
							title: { ru: 'Соотнесите', en: 'Match' },
							rows: [{ value: 'r.1', text: { ru: 'Ряд', en: 'Row' } }],
							columns: [{ name: 'a' }],
						},
					],
				},
			],
		},
	],
};

describe('what is scored as a whole', () => {
	it('is called by its question, with the row where a row is meant', () => {
		expect(findQuestionTitle(survey, 'pair')).toEqual({ ru: 'Соотнесите', en: 'Match' });
		expect(findQuestionTitle(survey, 'pair.r.1')).toEqual({ ru: 'Соотнесите: Ряд', en: 'Match: Row' });
		expect(findQuestionTitle(survey, 'other')).toBeUndefined();
	});

	it('has words in every instrument that we ship', () => {
		for (const { key, survey: shipped } of listShippedInstruments())
			for (const { item } of key.items)
				expect(findQuestionTitle(shipped, item)?.ru, `${key.instrument} ${item}`).toMatch(/[а-я]{3}/i);
	});
});
