import { describe, expect, it } from 'vitest';
import { publishable } from '#surveys/publishable.ts';

const asked = { type: 'text', name: 'asked' };
const codes = (survey: unknown) => publishable(survey).map(({ code, at }) => `${code} ${at}`.trim());

describe('publication', () => {
	it('allows a plain survey', () => {
		expect(publishable({ elements: [asked] })).toEqual([]);
	});

	it.each([
		['nothing', null, 'not-a-survey'],
		['a list', [asked], 'not-a-survey'],
		['no question', { pages: [] }, 'no-questions'],
		['a misspelt property', { elements: [{ ...asked, tilte: 'x' }] }, 'json-error asked'],
		['a file to upload', { elements: [{ type: 'file', name: 'scan' }] }, 'unsupported-type scan'],
		['a signature', { elements: [{ type: 'signaturepad', name: 'sign' }] }, 'unsupported-type sign'],
		[
			'choices from the network',
			{ elements: [{ type: 'dropdown', name: 'd', choicesByUrl: { url: 'http://127.0.0.1/' } }] },
			'network-source elements.0.choicesByUrl',
		],
		['a survey from the network', { surveyId: 'x', elements: [asked] }, 'network-source surveyId'],
		[
			'a script',
			{ elements: [{ type: 'html', name: 'h', html: { ru: '<script>1</script>' } }] },
			'unsafe-html elements.0.html.ru',
		],
		[
			'a handler',
			{ elements: [{ ...asked, title: '<img src=x onerror=alert(1)>' }] },
			'unsafe-html elements.0.title',
		],
		[
			'a broken condition',
			{ elements: [{ ...asked, visibleIf: '{a} >> 1' }] },
			'bad-expression elements.0.visibleIf',
		],
		[
			'a condition on the living survey',
			{ elements: [{ ...asked, visibleIf: "displayValue('asked') = 'x'" }] },
			'bad-expression elements.0.visibleIf',
		],
		['one name twice', { elements: [asked, asked] }, 'duplicate-name asked'],
		[
			'two questions for one answer',
			{ elements: [asked, { ...asked, name: 'b', valueName: 'asked' }] },
			'duplicate-name asked',
		],
		[
			'an end before the end',
			{ elements: [asked], triggers: [{ type: 'complete', expression: '{asked} = 1' }] },
			'unsupported-property triggers',
		],
		[
			'choices carried forward',
			{ elements: [asked, { type: 'checkbox', name: 'c', choicesFromQuestion: 'asked' }] },
			'unsupported-property elements.1.choicesFromQuestion',
		],
	])('refuses %s', (_what, survey, expected) => {
		expect(codes(survey)).toContain(expected);
	});

	it('takes function-like words in quotes for what they are', () => {
		expect(
			publishable({
				elements: [
					asked,
					{ type: 'text', name: 'b', visibleIf: "{asked} = 'да (нет)' and (age({asked}) > 5)" },
				],
			}),
		).toEqual([]);
	});
});
