import { beforeEach, describe, expect, test } from 'vitest';
import {
	findKept,
	type KeptAnswers,
	keepAnswers,
	listUnsent,
	startFrom,
} from '#client/diagnostics/answer-store.ts';
import { listSingle, mergeNewest, stampChanges } from '#client/diagnostics/answer-times.ts';
import { nameDevice } from '#client/diagnostics/device-name.ts';
import { forgetCampaign, forgetSent, forgetWithdrawn } from '#client/diagnostics/forget-answers.ts';
import type { MyDiagnostic, MyDraft } from '#server/contract/my.ts';
import { fc } from '#tests/support/property.ts';

const early = '2026-11-01T08:00:00.000Z';
const late = '2026-11-01T09:00:00.000Z';

describe('answers and when they were given', () => {
	test('rows of a matrix are answers of their own; lists are one', () => {
		const answers = { m: { r1: 1, r2: 2 }, q: 'text', list: ['a', 'b'], empty: undefined };
		expect([...listSingle(answers)]).toEqual([
			['m/r1', 1],
			['m/r2', 2],
			['q', 'text'],
			['list', ['a', 'b']],
		]);
	});

	test('only what changed gets a new time, clearing included', () => {
		const before = { m: { r1: 1, r2: 2 }, q: 'a' };
		const times = stampChanges(
			{ 'm/r1': early, 'm/r2': early, q: early },
			before,
			{ m: { r1: 1, r2: 3 } },
			late,
		);
		expect(times).toEqual({ 'm/r1': early, 'm/r2': late, q: late });
	});

	test('merging keeps the later of each answer, and what was cleared later stays cleared', () => {
		const mine = { answers: { m: { r1: 1 }, q: 'mine' }, times: { 'm/r1': late, q: early, cleared: early } };
		const theirs = {
			answers: { m: { r1: 4, r2: 2 }, q: 'theirs', cleared: 'still here' },
			times: { 'm/r1': early, 'm/r2': early, q: late },
		};
		expect(mergeNewest(mine, theirs).answers).toEqual({ m: { r1: 1, r2: 2 }, q: 'theirs' });
	});

	const side = fc.record({
		answers: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer()),
		times: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(early, late)),
	});
	test('merging invents nothing, and without times loses no answer', () => {
		fc.assert(
			fc.property(side, side, (mine, theirs) => {
				const { answers } = mergeNewest(mine, theirs);
				for (const [key, value] of Object.entries(answers))
					expect([mine.answers[key], theirs.answers[key]]).toContain(value);
				const blind = mergeNewest({ ...mine, times: {} }, { ...theirs, times: {} }).answers;
				expect(Object.keys(blind).sort()).toEqual(
					[...new Set([...Object.keys(mine.answers), ...Object.keys(theirs.answers)])].sort(),
				);
				expect(mergeNewest(mine, mine).answers).toEqual(mine.answers);
			}),
		);
	});
});

describe('where a person starts', () => {
	const items = new Map<string, string>();
	beforeEach(() => {
		items.clear();
		globalThis.localStorage = {
			getItem: (key: string) => items.get(key) ?? null,
			setItem: (key: string, value: string) => void items.set(key, value),
			removeItem: (key: string) => void items.delete(key),
			key: (index: number) => [...items.keys()][index] ?? null,
			get length() {
				return items.size;
			},
		} as Storage;
	});
	const draft = (revision: number, answers: object): MyDraft => ({
		answers: answers as Record<string, unknown>,
		page: 1,
		saved_at: late,
		revision,
		device: 'Android, Chrome',
		times: {},
		seconds: 240,
	});
	const diagnostic = (given: MyDraft | null) =>
		({ response_id: 'r', campaign_id: 'C', instrument: 'i', draft: given }) as MyDiagnostic;
	const local = (changes: Partial<KeptAnswers>): KeptAnswers => ({
		response_id: 'r',
		campaign: 'C',
		instrument: 'i',
		holder: 'me',
		answers: { q: 1 },
		times: {},
		page: 0,
		changed_at: early,
		started_at: early,
		seconds: 5,
		base: 1,
		is_unsent: true,
		is_final: false,
		...changes,
	});

	test('from the server where this device holds nothing, or nothing new', () => {
		expect(startFrom(diagnostic(draft(2, { q: 2 })), 'me')).toMatchObject({
			kept: { answers: { q: 2 }, base: 2, is_unsent: false, seconds: 240 },
			conflict: null,
		});
		keepAnswers(local({ is_unsent: false }));
		expect(startFrom(diagnostic(draft(2, { q: 2 })), 'me').kept).toMatchObject({
			answers: { q: 2 },
			// what was worked on elsewhere counts too: going on is not haste
			seconds: 240,
		});
	});

	test('from this device where it alone went on', () => {
		keepAnswers(local({}));
		expect(startFrom(diagnostic(draft(1, { q: 0 })), 'me')).toMatchObject({
			kept: { answers: { q: 1 }, base: 1 },
			conflict: null,
		});
	});

	test('with both where both went on, and with neither asked where they agree', () => {
		keepAnswers(local({}));
		const other = draft(2, { q: 2 });
		expect(startFrom(diagnostic(other), 'me')).toMatchObject({
			kept: { answers: { q: 1 } },
			conflict: other,
		});
		expect(startFrom(diagnostic(draft(2, { q: 1 })), 'me')).toMatchObject({
			kept: { base: 2 },
			conflict: null,
		});
	});

	test('what an earlier release has kept is not lost', () => {
		const { base: _b, is_unsent: _u, times: _t, holder: _h, ...old } = local({});
		items.set('opora-answers:r', JSON.stringify({ ...old, who: 'someone' }));
		expect(findKept('r')).toMatchObject({ answers: { q: 1 }, is_unsent: true, base: 0 });
		expect(startFrom(diagnostic(null), 'me').kept).toMatchObject({ answers: { q: 1 }, holder: 'me' });
	});

	const names = () => [...items.keys()].map((key) => key.replace('opora-answers:', ''));

	test('after a withdrawal nothing of the campaign is left, and others keep theirs', async () => {
		keepAnswers(local({ is_unsent: false }));
		keepAnswers(local({ response_id: 'finished', is_final: true }));
		keepAnswers(local({ response_id: 'about another', about: 'CODE' }));
		keepAnswers(local({ response_id: 'elsewhere', campaign: 'D' }));
		keepAnswers(local({ response_id: 'of another', holder: 'another' }));
		await forgetCampaign('me', 'C');
		expect(names()).toEqual(['about another', 'elsewhere', 'of another']);
		expect(listUnsent('me')).toEqual([]);
	});

	test('who agrees anew begins anew, also where the withdrawal was made on another device', async () => {
		keepAnswers(local({}));
		keepAnswers(local({ response_id: 's', holder: 'me by link', base: 3 }));
		keepAnswers(local({ response_id: 'never sent', base: 0 }));
		await forgetWithdrawn('me', 'C', 's');
		expect(names()).toEqual(['never sent']);
		expect(startFrom(diagnostic(null), 'me').kept).toMatchObject({ answers: {}, base: 0, is_unsent: false });
	});

	test('signing out leaves only what is not sent yet', async () => {
		keepAnswers(local({ is_unsent: false }));
		keepAnswers(local({ response_id: 'not sent' }));
		keepAnswers(local({ response_id: 'finished', is_final: true, is_unsent: false }));
		keepAnswers(local({ response_id: 'of another', holder: 'another', is_unsent: false }));
		await forgetSent('me');
		expect(names()).toEqual(['not sent', 'finished', 'of another']);
	});

	test('finished answers of one person are never sent by another', () => {
		keepAnswers(local({ is_final: true }));
		expect(listUnsent('me')).toHaveLength(1);
		expect(listUnsent('another')).toHaveLength(0);
	});
});

test('a device is called as a person would call it', () => {
	const phone =
		'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36';
	expect(nameDevice(phone)).toBe('Android, Chrome');
	expect(nameDevice('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/130.0')).toBe(
		'Windows, Firefox',
	);
	expect(nameDevice('something else')).toBe('');
});
