import { RegexValidator } from 'survey-core';
import { describe, expect, it } from 'vitest';
import { compilePattern, findPatternFault } from '#surveys/answer-rules/pattern.ts';
import { compileAnswerCheck } from '#surveys/answers.ts';
import { publishable } from '#surveys/publishable.ts';
import { fc } from '../support/property.ts';

const withPattern = (regex: string) => ({
	elements: [{ type: 'text', name: 'code', validators: [{ type: 'regex', regex }] }],
});

const saysCore = (pattern: string, ignoresCase: boolean, text: string): boolean => {
	const validator = new RegexValidator(pattern);
	validator.caseInsensitive = ignoresCase;
	return validator.validate(text) === null;
};

const PATTERNS = [
	'^\\d+$',
	'^[А-ЯЁ][а-яё]+(-[А-ЯЁ][а-яё]+)?$',
	'^\\+7 \\(\\d{3}\\) \\d{3}-\\d\\d-\\d\\d$',
	'^(?:кл|класс)\\.?\\s*(\\d{1,2})\\s*[«"]?([А-Е])[»"]?$',
	'^.{0,2000}$',
	'^[^\\s\\W]{2,}$',
	'\\bшкола\\b|\\bschool\\b',
	'^\\u0410\\x41\\cJ$',
	'^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$',
	'^..$',
	'^[\u{1f600}]$',
	'^[^a]$',
	'[]',
	'^[^]*$',
	'k|ſ|ß|ω',
	'a{,3}]}',
	'^\\S+\\s\\S+$',
	'(a|b)*?c+?',
];
const TEXTS = [
	...[
		'',
		'12',
		'Анна-Мария',
		'+7 (912) 345-67-89',
		'8 "А"',
		'класс 10 «б»',
		'лицей и школа',
		'a school',
		'АA\n',
	],
	...['имя@дом.рф', 'a.b+c@d-e.org', '😀', 'ab', 'a\u2028', '\u00a0x y', 'K', 'K', 'S', 'ß', 'Ω', 'a{,3}]}'],
	...['слово слово', 'abacc', 'ЁЖ', 'ёж', '\ud83d', '_', 'x'.repeat(2000), 'x'.repeat(2001)],
];

describe('a pattern of an answer', () => {
	it.each(PATTERNS)('says what SurveyJS says: %s', (pattern) => {
		for (const ignoresCase of [false, true]) {
			const { matches, longest } = compilePattern(pattern, ignoresCase);
			for (const text of TEXTS) {
				expect([text, matches(text)]).toEqual([
					text,
					text === '' ? matches('') : saysCore(pattern, ignoresCase, text),
				]);
				expect(text.length).toBeLessThanOrEqual(longest);
			}
		}
	});

	it('says what the browser says, whatever is put together', () => {
		const atom = fc.constantFrom(
			...[
				'a',
				'K',
				'я',
				'Ё',
				'.',
				'\\d',
				'\\W',
				'\\s',
				'\\S',
				'[a-f]',
				'[^а-я]',
				'[^\\w-]',
				'\\b',
				'\\B',
				'^',
				'$',
			],
			...['\\.', '[\\]x]', '(?:)', 'ſ', '\ud83d\ude00', '[\ud83d]'],
		);
		const pattern = fc.letrec<{ part: string }>((tie) => ({
			part: fc.oneof(
				{ maxDepth: 3 },
				atom,
				fc.tuple(tie('part'), tie('part')).map(([left, right]) => left + right),
				fc.tuple(tie('part'), tie('part')).map(([left, right]) => `(${left}|${right})`),
				fc
					.tuple(tie('part'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '*?'))
					.map(([part, times]) => `(?:${part})${times}`),
			),
		})).part;
		const text = fc.string({
			unit: fc.constantFrom(
				...[
					'a',
					'k',
					'K',
					'я',
					'Я',
					'ё',
					'1',
					'_',
					' ',
					'\n',
					'-',
					'.',
					']',
					'x',
					'ſ',
					's',
					'\ud83d',
					'\ude00',
				],
			),
			maxLength: 12,
		});
		fc.assert(
			fc.property(pattern, text, fc.boolean(), (source, value, ignoresCase) => {
				const expected = new RegExp(source, ignoresCase ? 'i' : '').test(value);
				expect(compilePattern(source, ignoresCase).matches(value)).toBe(expected);
			}),
			{ numRuns: 1500 },
		);
	});

	it.each(['^(\\S+\\s?)+$', '^(a|a)*$', '(x+x+)+y', '^(\\w+\\s?){1,500}$', '\\s+$', '(.*)*,'])(
		'is checked in bounded time: %s',
		(pattern) => {
			const { check } = compileAnswerCheck(withPattern(pattern));
			const started = performance.now();
			for (const text of ['a', 'x', 'слово ', ' '])
				check({ code: `${text.repeat(Math.floor(19_000 / text.length))}\u0001 !` });
			expect(performance.now() - started).toBeLessThan(4_000);
		},
	);

	it.each([
		['(', 'bad-pattern'],
		['(?i)да', 'bad-pattern'],
		['[я-а]', 'bad-pattern'],
		['^(?=.*\\d).+$', 'unbounded-pattern'],
		['(?<!a)b', 'unbounded-pattern'],
		['(a)\\1', 'unbounded-pattern'],
		['^(a{100}){100}$', 'large-pattern'],
		['^.{0,5000}$', 'large-pattern'],
	])('keeps a survey from being published when it cannot be: %s', (pattern, code) => {
		expect(findPatternFault(pattern, false)?.code).toBe(code);
		expect(publishable(withPattern(pattern))).toMatchObject([{ code, at: 'code', params: { pattern } }]);
		expect(() => compileAnswerCheck(withPattern(pattern))).toThrow(RangeError);
	});

	it('is found in the column of a table, and named by it', () => {
		const validators = [{ type: 'regex', regex: '(' }];
		const table = {
			elements: [
				{
					type: 'matrixdynamic',
					name: 'table',
					columns: [{ name: 'year', cellType: 'text', validators }],
				},
			],
		};
		expect(publishable(table)).toMatchObject([{ code: 'bad-pattern', at: 'year' }]);
	});

	it('limits the text it looks at only where it has hundreds of steps', () => {
		const { check } = compileAnswerCheck(withPattern('^(\\w+\\s?){1,500}$'));
		expect(check({ code: 'слово' })).toMatchObject({ ok: false });
		expect(check({ code: 'word '.repeat(400) })).toMatchObject({ ok: true });
		expect(check({ code: 'w'.repeat(9000) })).toMatchObject({ ok: false, issues: [{ code: 'too-long' }] });
	});

	it('takes a page of quotation marks for no address, at once', () => {
		const { check } = compileAnswerCheck({ elements: [{ type: 'text', name: 'mail', inputType: 'email' }] });
		const started = performance.now();
		expect(check({ mail: '"'.repeat(20_000) })).toMatchObject({ issues: [{ code: 'bad-format' }] });
		expect(check({ mail: '"анна"@дом.рф' })).toMatchObject({ ok: true });
		expect(performance.now() - started).toBeLessThan(200);
	});
});
