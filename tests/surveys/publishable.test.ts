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
		['a map of an image', { elements: [{ type: 'imagemap', name: 'map' }] }, 'unsupported-type map'],
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
			{ elements: [{ ...asked, title: '<b onclick=alert(1)>' }] },
			'unsafe-html elements.0.title',
		],
		[
			'a drawing that can hold a script',
			{ elements: [{ type: 'html', name: 'h', html: '<p><svg><a href="#"/></svg>' }] },
			'unsafe-html elements.0.html',
		],
		[
			'an address that runs',
			{ elements: [{ type: 'html', name: 'h', html: '<a href=" JavaScript:alert(1)">x</a>' }] },
			'unsafe-html elements.0.html',
		],
		[
			'a picture from elsewhere in words',
			{ elements: [{ type: 'html', name: 'h', html: '<img src="https://example.org/p.png">' }] },
			'remote-image elements.0.html',
		],
		[
			'a picture from elsewhere',
			{ elements: [asked, { type: 'image', name: 'i', imageLink: '//example.org/p.png' }] },
			'remote-image elements.1.imageLink',
		],
		[
			'a way out to another page',
			{ elements: [asked], navigateToUrl: 'https://example.org' },
			'network-source navigateToUrl',
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
			'a trigger that shows and hides',
			{ elements: [asked], triggers: [{ type: 'visible', expression: '{asked} = 1', questions: ['asked'] }] },
			'unsupported-property triggers',
		],
		['a form that is only to be read', { elements: [asked], readOnly: true }, 'read-only readOnly'],
		['a form that is only shown', { elements: [asked], mode: 'display' }, 'read-only mode'],
		[
			'choices carried forward from what has none',
			{ elements: [asked, { type: 'checkbox', name: 'c', choicesFromQuestion: 'asked' }] },
			'unknown-source c',
		],
	])('refuses %s', (_what, survey, expected) => {
		expect(codes(survey)).toContain(expected);
	});

	it('allows HTML that gives words a shape, and pictures that the survey carries', () => {
		const html = `<h3 title="a">Слово</h3><p>1 < 2 <a href="https://example.org" target="_blank">b</a></p>
			<table><tr><th scope="row" colspan="2">c</th></tr></table><img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`;
		expect(publishable({ elements: [asked, { type: 'html', name: 'h', html }] })).toEqual([]);
	});

	it('allows choices carried forward, files, signatures and triggers that end a survey', () => {
		const survey = {
			elements: [
				{ type: 'checkbox', name: 'all', choices: ['a', 'b'] },
				{ type: 'ranking', name: 'some', choicesFromQuestion: 'all', choicesFromQuestionMode: 'selected' },
				{ type: 'file', name: 'scan' },
				{ type: 'signaturepad', name: 'sign' },
			],
			triggers: [{ type: 'complete', expression: "{all} contains 'a'" }],
		};
		expect(publishable(survey)).toEqual([]);
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
