import { describe, expect, it } from 'vitest';
import en from '#server/locales/workshop.en.json' with { type: 'json' };
import ru from '#server/locales/workshop.ru.json' with { type: 'json' };
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { type LintCode, lintCodes } from '#surveys/lint/finding.ts';
import { lintInstrument } from '#surveys/lint/lint.ts';
import type { InstrumentContent } from '#surveys/workshop/content.ts';
import { changeCodes } from '#surveys/workshop/difference.ts';
import { listTemplates, startFromTemplate } from '#surveys/workshop/templates.ts';

type Json = Record<string, unknown>;
interface Plain {
	survey: { pages: { name: string; visibleIf?: string; elements: Json[] }[] } & Json;
	key: {
		items: { item: string; rule: Json; max_points: number; competency: string }[];
		scales: Json[];
	} & Json;
}

const start = (template = 'self-assessment'): Plain =>
	JSON.parse(JSON.stringify(startFromTemplate(template, 'sample'))) as Plain;
const lint = (content: Plain) => lintInstrument(content as unknown as InstrumentContent).findings;
/** The findings that a change brings. */
function findingsOf(
	change: (content: Plain) => void,
	template?: string,
): { code: LintCode; severity: string; at: string }[] {
	const before = new Set(lint(start(template)).map(({ code, at }) => `${code} ${at}`));
	const content = start(template);
	change(content);
	return lint(content).filter(({ code, at }) => !before.has(`${code} ${at}`));
}
const element = (content: Plain, page: number, index: number): Json =>
	content.survey.pages[page]!.elements[index]!;

describe('the linter of instruments', () => {
	it.each(listShippedInstruments().map((each) => [each.key.instrument, each] as const))(
		'finds no error in the shipped %s',
		(_name, shipped) => {
			const { findings, minutes } = lintInstrument(shipped);
			expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
			expect(minutes).toBeLessThanOrEqual(shipped.key.minutes * 1.5);
		},
	);

	it.each(listTemplates().map(({ template }) => template))(
		'finds no error in the template %s',
		(template) => {
			expect(lint(start(template)).filter(({ severity }) => severity === 'error')).toEqual([]);
		},
	);

	it('finds an item that no answer opens, on a page that is never shown too', () => {
		const never = findingsOf((content) => {
			element(content, 1, 0).visibleIf = '{q1} = 9';
		});
		expect(never).toMatchObject([{ code: 'unreachable', severity: 'error', at: 'q5' }]);
		const contrary = findingsOf((content) => {
			content.survey.pages[1]!.visibleIf = '{q1} = 1 and {q1} = 2';
		});
		expect(contrary).toMatchObject([{ code: 'unreachable', at: 'page_2' }]);
		const behind = findingsOf((content) => {
			element(content, 0, 1).visibleIf = '{q1} = 9';
			element(content, 0, 2).visibleIf = '{q2} = 1';
		});
		expect(behind.map(({ at }) => at)).toEqual(['q2', 'q3']);
		const open = findingsOf((content) => {
			element(content, 1, 0).visibleIf = '{q1} >= 3 and {q2} notempty';
		});
		expect(open).toEqual([]);
	});

	it('finds a condition about a question that does not exist', () => {
		const found = findingsOf((content) => {
			element(content, 0, 2).visibleIf = '{nowhere} = 1';
		});
		expect(found).toMatchObject([{ code: 'condition-unknown', at: 'q3', params: { question: 'nowhere' } }]);
	});

	it('tries who answers and typed answers too', () => {
		const at = (condition: string, kind = 'visibleIf') =>
			findingsOf((content) => {
				content.survey.pages[0]!.elements.push(
					{ type: 'text', name: 'years', inputType: 'number', title: { ru: 'Лет', en: 'Years' } },
					{
						type: 'checkbox',
						name: 'ways',
						title: { ru: 'Как', en: 'How' },
						choices: ['a', 'b', 'c', 'd'].map((value) => ({ value, text: { ru: value, en: value } })),
					},
					{
						type: 'matrix',
						name: 'table',
						title: { ru: 'Таблица', en: 'Table' },
						columns: [1, 2],
						rows: [{ value: 'r1', text: { ru: 'Строка', en: 'Row' } }],
					},
				);
				element(content, 1, 0)[kind] = condition;
			})
				.filter(({ at }) => at === 'q5')
				.map(({ code, severity }) => `${severity} ${code}`);
		for (const possible of [
			"{respondent.seniority} = '0-3' and {respondent.young_specialist} = true",
			"{respondent.subject} = 'math' or {respondent.position} <> 'head'",
			'{years} > 3 and {years} < 5',
			'{years} > 3 and {years} < 4',
			'{years} + {q1} > 100',
			"{ways} contains 'a' and {ways} contains 'b' and {ways} notcontains 'c'",
			'{table.r1} = 2',
			"{years} notempty and {respondent.locality} anyof ['rural']",
		])
			expect(at(possible), possible).toEqual([]);
		for (const never of [
			"{respondent.seniority} = '5-6'",
			"{respondent.locality} = 'rural' and {respondent.locality} = 'urban'",
			'{years} > 5 and {years} < 3',
			"{ways} contains 'a' and {ways} notcontains 'a'",
			'{table.r1} = 3',
			'{q5} notempty',
		])
			expect(at(never), never).toEqual(['error unreachable']);
		for (const unknown of ['{respondent.age} > 30', '{table.r9} = 1', '{respondent} notempty'])
			expect(at(unknown), unknown).toEqual(['error condition-unknown']);
		expect(at('{q1} = 9', 'enableIf')).toEqual(['error never-enabled']);
		expect(at('{q1} = 9', 'requiredIf')).toEqual(['advice never-required']);
		expect(at('{nowhere} = 1', 'requiredIf')).toEqual(['error condition-unknown']);
		expect(at('{q1} = 1', 'requiredIf')).toEqual([]);
		const taken = findingsOf((content) => {
			content.survey.pages[0]!.elements.push({
				type: 'text',
				name: 'respondent',
				title: { ru: 'Кто', en: 'Who' },
			});
		});
		expect(taken).toMatchObject([{ code: 'reserved-name', severity: 'error' }]);
	});

	it('finds what is wrong between key and survey', () => {
		const codes = (change: (content: Plain) => void, template?: string) =>
			findingsOf(change, template).map(({ code, severity, at }) => `${severity} ${code} ${at}`);
		expect(codes((content) => content.key.items.shift(), 'keyed-test')).toContain('error missing-key t1');
		expect(
			codes((content) => {
				content.key.items[0]!.rule = { kind: 'choice', points: { a: 0, b: 2, z: 0 } };
			}, 'keyed-test'),
		).toEqual(['error value-without-points t1', 'error points-without-value t1']);
		expect(
			codes((content) => {
				content.key.items[0]!.max_points = 5;
			}, 'keyed-test'),
		).toEqual(['error points-mismatch t1']);
		expect(
			codes((content) => {
				content.key.items[0]!.rule = { kind: 'choice' };
			}, 'keyed-test'),
		).toContain('error rule-incomplete t1');
		expect(
			codes((content) => {
				content.key.scales.push({ scale: 'inclusion', kind: 'competency', planned_sem: 10 });
			}),
		).toEqual(['error short-scale inclusion']);
		expect(
			codes((content) => {
				content.key.items = [];
			}),
		).toContain('error nothing-scored ');
		expect(
			codes((content) => {
				content.key.cut_scores = [
					{ level: 'low', from: 50, to: 100 },
					{ level: 'high', from: 0, to: 40 },
				];
			}),
		).toEqual(['error cut-scores ']);
	});

	it('finds texts that are missing, doubled or hard to answer', () => {
		const codes = (change: (content: Plain) => void) =>
			findingsOf(change).map(({ code, severity, at }) => `${severity} ${code} ${at}`);
		expect(
			codes((content) => {
				element(content, 0, 0).title = { ru: 'Вопрос' };
			}),
		).toEqual(['error missing-text pages.0.elements.0.title']);
		expect(
			codes((content) => {
				element(content, 0, 2).title = element(content, 0, 0).title;
			}),
		).toEqual(['advice duplicate-question q3']);
		expect(
			codes((content) => {
				const values = element(content, 0, 0).rateValues as Json[];
				values[1]!.text = values[0]!.text;
			}),
		).toEqual(['error duplicate-option q1']);
		for (const ru of [
			'Умею планировать и проводить уроки',
			'Планирую и провожу уроки',
			'Использую тесты и/или опросы',
			'Составляю планы, а также отчёты',
		])
			expect(
				codes((content) => {
					element(content, 0, 0).title = { ru, en: 'I do' };
				}),
				ru,
			).toEqual(['advice double-barrelled q1']);
		expect(
			codes((content) => {
				element(content, 0, 0).title = { ru: 'Веду учёт посещений и отметок', en: 'I keep count' };
			}),
		).toEqual([]);
		expect(
			codes((content) => {
				element(content, 0, 0).isRequired = true;
			}),
		).toEqual(['advice no-way-out q1']);
	});

	it('finds scales out of balance and a time that is not kept', () => {
		const one = findingsOf((content) => {
			for (const { rule } of content.key.items) rule.direction = 'mastery';
		});
		expect(one.map(({ code, at }) => `${code} ${at}`)).toEqual([
			'one-direction methodical',
			'one-direction psych_pedagogical',
		]);
		const unequal = findingsOf((content) => {
			for (const item of content.key.items.slice(0, 3)) item.competency = 'lesson_design';
		});
		expect(unequal).toContainEqual(expect.objectContaining({ code: 'unequal-items', at: 'methodical' }));
		const long = findingsOf((content) => {
			content.key.minutes = 1;
			element(content, 0, 0).title = { ru: 'слово '.repeat(400), en: 'word' };
		});
		expect(long.map(({ code }) => code)).toEqual(expect.arrayContaining(['too-long', 'long-question']));
	});

	it('finds right answers that always stand at one place', () => {
		const found = findingsOf((content) => {
			const first = element(content, 0, 0);
			const keyed = content.key.items[0]!;
			for (let index = 0; index < 6; index += 1) {
				content.survey.pages[0]!.elements.push({
					...first,
					name: `x${index}`,
					title: { ru: `В ${index}`, en: 'q' },
				});
				content.key.items.push({ ...keyed, item: `x${index}` });
			}
		}, 'keyed-test');
		expect(found).toContainEqual(
			expect.objectContaining({ code: 'answer-position', params: { place: 2, tasks: 7, of: 7 } }),
		);
	});

	it('says each of its words in both languages, with a remedy', () => {
		for (const texts of [ru, en]) {
			expect(Object.keys(texts.lint).toSorted()).toEqual([...lintCodes].toSorted());
			for (const { text, remedy } of Object.values(texts.lint)) expect(text && remedy).toBeTruthy();
			expect(Object.keys(texts.change).toSorted()).toEqual([...changeCodes].toSorted());
		}
	});
});

describe('a disguised order', () => {
	it('shows neither by place nor by value what is right', () => {
		const { survey, key } = start('keyed-test');
		const [, , ordering, matching] = survey.pages[0]!.elements as [Json, Json, Json, Json];
		const shown = (ordering.choices as Json[]).map(({ value }) => value);
		expect(shown).toEqual(['a', 'b', 'c', 'd']);
		expect(key.items[2]!.rule.order).not.toEqual(shown);
		expect((matching.columns as Json[]).map(({ value }) => value)).toEqual(['a', 'b', 'c']);
		const pairs = Object.entries(key.items[3]!.rule.pairs as Record<string, string>);
		expect(pairs.every(([row, column]) => row === column)).toBe(false);
		const texts = new Map(
			(matching.columns as { value: string; text: { ru: string } }[]).map((each) => [
				each.value,
				each.text.ru,
			]),
		);
		expect(texts.get(pairs[0]![1])).toBe('Узнать, с чем ученик пришёл');
	});
});
