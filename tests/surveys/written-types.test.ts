import { expect, it } from 'vitest';
import { listAnswerFields } from '#surveys/answer-fields.ts';
import { writeTypesSmall } from '#surveys/written-types.ts';

it('question types in capital letters are known as in small ones, and answers given beforehand stay', () => {
	const survey = writeTypesSmall({
		elements: [
			{ type: 'Paneldynamic', name: 'order', templateElements: [{ type: 'Text', name: 'item' }] },
			{ type: 'MatrixDynamic', name: 'rows', columns: [{ name: 'a', cellType: 'Comment' }] },
			{ type: 'text', name: 'said', defaultValue: { type: 'Text' } },
		],
	});
	expect(
		listAnswerFields(survey).map(({ kind, type, inner }) => [kind, type, ...inner.map((each) => each.type)]),
	).toEqual([
		['entries', 'paneldynamic', 'text'],
		['entries', 'matrixdynamic', 'comment'],
		['text', 'text'],
	]);
	expect(survey.elements).toMatchObject([{}, {}, { defaultValue: { type: 'Text' } }]);
});
