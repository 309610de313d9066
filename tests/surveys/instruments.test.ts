import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { frameworkSchema, listCompetencies, listCompetencyGroups } from '#surveys/competencies.ts';
import { fingerprintInstrument } from '#surveys/fingerprint.ts';
import { checkInstrument } from '#surveys/instrument-check.ts';
import { listItems } from '#surveys/item-labels.ts';
import { describeKey } from '#surveys/key.ts';
import published from '#surveys/published.json' with { type: 'json' };

const shipped = listShippedInstruments();
const hashes: Record<string, Record<string, string>> = published;

describe('the framework', () => {
	it('has four groups with three or four competencies each, in order', () => {
		expect(listCompetencyGroups().map(({ id }) => id)).toEqual([
			'subject',
			'methodical',
			'psych_pedagogical',
			'communicative',
		]);
		for (const { id } of listCompetencyGroups()) {
			const size = listCompetencies().filter(({ group }) => group === id).length;
			expect(size, id).toBeGreaterThanOrEqual(3);
			expect(size, id).toBeLessThanOrEqual(4);
		}
	});

	it('refuses an unknown group and an id used twice', () => {
		const title = { ru: 'а', en: 'a' };
		const group = { id: 'g', title, order: 1 };
		const competency = { id: 'c', group: 'g', title, order: 1, source: 's' };
		expect(frameworkSchema.safeParse({ groups: [group], competencies: [competency] }).success).toBe(true);
		for (const competencies of [
			[{ ...competency, group: 'x' }],
			[competency, competency],
			[{ ...competency, id: 'g' }],
		]) {
			expect(frameworkSchema.safeParse({ groups: [group], competencies }).success).toBe(false);
		}
	});
});

it('keeps the JSON Schema of keys up to date (write describeKey() to surveys/key.schema.json)', () => {
	const kept = JSON.parse(readFileSync(new URL('../../surveys/key.schema.json', import.meta.url), 'utf8'));
	expect(kept).toEqual(JSON.parse(JSON.stringify(describeKey())));
});

describe.each(shipped.map((instrument) => [instrument.key.instrument, instrument] as const))(
	'%s',
	(name, { survey, key, card, sha256 }) => {
		it('has no fault', () => {
			expect(checkInstrument(survey, key)).toEqual([]);
		});

		it('is unchanged since this version was published, or has a new version', () => {
			expect(hashes[name]?.[key.version], `a changed ${name} needs a new version`).toBe(sha256);
		});

		it('has a card with every heading', () => {
			for (const heading of [
				'Purpose',
				'Population',
				'Time',
				'Source and licence',
				'Evidence of validity',
				'How to read',
				'Limits',
			]) {
				expect(card).toMatch(new RegExp(`^## .*${heading}$`, 'm'));
			}
			expect(card).toContain(`${key.items.length} `);
		});

		it('names every item and value in both languages', () => {
			for (const { item, title, values } of listItems(survey)) {
				for (const text of [title, ...values.map((entry) => entry.title)]) {
					expect(text.ru, item).toMatch(/\S/);
					expect(text.en, item).not.toMatch(/[а-яё]/i);
				}
			}
		});

		it('may be skipped item by item', () => {
			expect(JSON.stringify(survey)).not.toMatch(/isRequired|requiredIf|eachRowRequired/);
		});
	},
);

describe('the self-assessment', () => {
	const { survey, key } = shipped.find(
		(entry) => entry.key.instrument === 'professional-difficulties',
	) as (typeof shipped)[number];
	it('asks nine items per group, of mastery and of difficulty', () => {
		const groups = new Map(listCompetencies().map(({ id, group }) => [id, group]));
		for (const { id } of listCompetencyGroups()) {
			const own = key.items.filter(({ competency }) => groups.get(competency) === id);
			expect(own).toHaveLength(9);
			const directions = own.map(({ rule }) => (rule.kind === 'likert' ? rule.direction : ''));
			expect(new Set(directions)).toEqual(new Set(['mastery', 'difficulty']));
		}
	});
	it('keeps the order of items for codebooks', () => {
		expect(listItems(survey).map(({ item }) => item)).toEqual([
			...key.items.map(({ item }) => item),
			'preferred_help',
			'comment',
		]);
	});
});

it.each([
	['assessment-literacy', 25, 100],
	['subject-method-test', 20, 75],
	['case-task', 5, 20],
])('%s has %i tasks and %i points', (name, tasks, points) => {
	const { items } = (shipped.find(({ key }) => key.instrument === name) as (typeof shipped)[number]).key;
	expect(items).toHaveLength(tasks);
	expect(items.reduce((sum, { max_points }) => sum + max_points, 0)).toBe(points);
});

const tests = shipped.filter(({ key }) => key.channel === 'test');
describe.each(tests.map((each) => [each.key.instrument, each] as const))(
	'the test %s',
	(_, { survey, key }) => {
		const labels = new Map(listItems(survey).map((label) => [label.item, label.values]));
		/** Tasks with one best option: its place, whether it is the longest, and how many points it is worth. */
		const singles = key.items.flatMap(({ item, rule }) => {
			if (rule.kind !== 'choice' && rule.kind !== 'case') return [];
			const points =
				rule.kind === 'choice'
					? rule.points
					: Object.fromEntries(rule.options.map((option) => [option.value, option.points]));
			const values = labels.get(item) ?? [];
			const best = Math.max(...Object.values(points));
			const lengthsOf = (language: 'ru' | 'en') => values.map(({ title }) => title[language].length);
			return [
				{
					right: values.findIndex(({ value }) => points[String(value)] === best),
					nBest: Object.values(points).filter((each) => each === best).length,
					options: values.length,
					lengths: { ru: lengthsOf('ru'), en: lengthsOf('en') },
				},
			];
		});

		it('explains every task', () => {
			expect(key.items.every(({ explanation }) => explanation)).toBe(true);
		});

		it('has one best option in a task of one choice, and at least four to choose from', () => {
			for (const { nBest, options } of singles) {
				expect(nBest).toBe(1);
				expect(options).toBeGreaterThanOrEqual(4);
			}
		});

		it('does not give its key away by place', () => {
			const places = [0, 1, 2, 3].map((place) => singles.filter(({ right }) => right === place).length);
			expect(Math.max(...places) - Math.min(...places)).toBeLessThanOrEqual(1);
			for (const { item, rule } of key.items) {
				if (rule.kind === 'ordering')
					expect(rule.order, item).not.toEqual(labels.get(item)?.map(({ value }) => value));
				if (rule.kind === 'multiple')
					expect(new Set(Object.values(rule.points).map(Math.sign)), item).toEqual(new Set([1, -1]));
			}
		});

		it.each(['ru', 'en'] as const)('does not give its key away by length in %s', (language) => {
			const isLongest = singles.filter(
				({ right, lengths }) => lengths[language][right] === Math.max(...lengths[language]),
			);
			expect(isLongest.length).toBeLessThanOrEqual(Math.max(2, singles.length / 3));
		});
	},
);

describe('the check of an instrument', () => {
	const { survey, key } = shipped[0] as (typeof shipped)[number];
	const firstItem = key.items[0] as (typeof key.items)[number];
	const codes = (changedSurvey: typeof survey, changedKey = key) =>
		checkInstrument(changedSurvey, changedKey).map(({ code, at }) => `${code} ${at}`);
	const withItem = (change: object) => ({
		...key,
		items: [{ ...firstItem, ...change }, ...key.items.slice(1)],
	});

	it('finds a key that does not fit its survey', () => {
		expect(codes(survey, withItem({ item: 'nowhere' }))).toContain('unknown-item nowhere');
		expect(codes(survey, withItem({ competency: 'juggling' }))).toContain(
			`unknown-competency ${firstItem.item}`,
		);
		const points = { a: 3, b: 0, c: 0, z: 0 };
		const other = codes(survey, withItem({ rule: { kind: 'choice', points } }));
		expect(other).toContain(`value-without-points ${firstItem.item}`);
		expect(other).toContain(`points-without-value ${firstItem.item}`);
	});

	it('finds scales that are unknown or too short', () => {
		const scales = [
			{ scale: 'juggling', kind: 'group' as const, planned_sem: 5 },
			{ scale: 'lesson_design', kind: 'competency' as const, planned_sem: 5 },
		];
		expect(codes(survey, { ...key, scales })).toEqual([
			'unknown-scale juggling',
			'short-scale lesson_design',
		]);
	});

	it('finds key material, bare texts and misspelt properties in the survey', () => {
		const extra = (element: object) => ({
			...survey,
			pages: [...(survey.pages as object[]), { elements: [element] }],
		});
		expect(codes(extra({ type: 'text', name: 'x', correctAnswer: 'a' })).join()).toMatch(
			/key-material .*correctAnswer/,
		);
		expect(codes(extra({ type: 'text', name: 'x', title: 'Вопрос' })).join()).toMatch(/missing-text .*title/);
		expect(codes(extra({ type: 'text', name: 'x', tilte: 'a' })).join()).toMatch(/survey-fault x/);
	});

	it('hashes content and not its order', () => {
		expect(fingerprintInstrument({ a: 1, b: [1, 2] }, { k: null })).toBe(
			fingerprintInstrument({ b: [1, 2], a: 1 }, { k: null }),
		);
		expect(fingerprintInstrument({ b: [2, 1] }, {})).not.toBe(fingerprintInstrument({ b: [1, 2] }, {}));
		expect(fingerprintInstrument({ a: 1 }, {})).not.toBe(fingerprintInstrument({}, { a: 1 }));
	});
});
