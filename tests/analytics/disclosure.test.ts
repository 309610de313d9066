import { describe, expect, test } from 'vitest';
import { codeShare, discloseGroups, hiddenSiblings } from '#analytics/disclosure.ts';
import { conditionsInUse, revealingRows, type SizeRow } from '#analytics/group-sizes.ts';
import type { DisclosureRule, Row } from '#analytics/module.ts';
import { fc } from '#tests/support/property.ts';

const rule = {
	kind: 'group',
	n: 'n',
	minimum: 5,
	group: 'group_key',
	siblings: ['instrument', 'scale'],
	hides: ['n', 'share', 'lo', 'hi'],
	shares: [{ share: 'share', interval: ['lo', 'hi'] }],
} as const satisfies DisclosureRule;

const row = (group_key: string, n: number, share = 0.5): Row => ({
	instrument: 'i',
	scale: 's',
	group_key,
	n,
	share,
	share_coded: null,
	lo: 0.3,
	hi: 0.7,
	note: null,
});

describe('groups under a visible total', () => {
	test('of 4, 6 and 12 the 4 is small and the 6 would give it away', () => {
		expect(hiddenSiblings([4, 6, 12], 5)).toEqual([true, true, false]);
	});
	test('of 5 and 6 all are shown', () => {
		expect(hiddenSiblings([5, 6], 5)).toEqual([false, false]);
	});
	test('empty groups are empty, not hidden', () => {
		expect(hiddenSiblings([0, 5, 9], 5)).toEqual([false, false, false]);
	});
	test('what is hidden can never be worked out to fewer than the minimum', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 12 }), (sizes) => {
				const hidden = hiddenSiblings(sizes, 5);
				const people = sizes.filter((n, index) => hidden[index] && n > 0);
				const total = people.reduce((sum, n) => sum + n, 0);
				const everybodyHidden = sizes.every((n, index) => hidden[index] || n === 0);
				return (
					sizes.every((n, index) => n === 0 || n >= 5 || hidden[index]) &&
					(people.length === 0 || everybodyHidden || (people.length > 1 && total >= 5))
				);
			}),
		);
	});
});

describe('extreme shares', () => {
	test.each([
		[0, 12, 0.2, '<='],
		[0, 60, 0.05, '<='],
		[1, 12, 0.8, '>='],
		[0.5, 12, 0.5, null],
		[0.004, 500, 0.01, '<='],
	])('%s of %s people', (share, n, value, coded) => {
		expect(codeShare(share, n)).toEqual({ value, coded });
	});
	test('a coded share loses its interval', () => {
		const { rows } = discloseGroups([row('a', 12, 0)], rule);
		expect(rows[0]).toMatchObject({ share: 0.2, share_coded: '<=', lo: null, hi: null, n: 12 });
	});
});

test('a hidden row keeps its keys, loses its numbers and says why', () => {
	const { rows, notes } = discloseGroups([row('a', 4), row('b', 6), row('c', 12)], rule);
	expect(rows[0]).toMatchObject({ group_key: 'a', n: null, share: null, note: 'suppressed' });
	expect(rows[1]).toMatchObject({ group_key: 'b', n: null, note: 'suppressed-complement' });
	expect(rows[2]).toMatchObject({ n: 12, note: null });
	expect(notes).toContainEqual({ code: 'suppressed', count: 1, values: { minimum: 5 } });
});

const sizes = (list: [string, string, number][]): SizeRow[] =>
	list.map(([school, subject, n]) => ({
		instrument: 'i',
		scale: 's',
		school,
		municipality: null,
		subject,
		seniority_band: null,
		category: null,
		school_kind: null,
		locality: null,
		quality: null,
		n,
	}));

test('school 7 has 9 people; school 7 without one subject has 8: denied', () => {
	const filters = { school: '7', by: 'subject' };
	expect(conditionsInUse(filters)).toEqual(['school', 'subject']);
	const cells = sizes([
		['7', 'maths', 8],
		['7', 'physics', 1],
		['8', 'maths', 20],
		['8', 'physics', 20],
	]);
	expect(revealingRows([row('maths', 8)], 'group_key', filters, cells, 5)).toEqual([true]);
});

test('a cell is judged alike whichever condition is the filter and whichever the dimension', () => {
	const cells = sizes([
		['7', 'maths', 8],
		['7', 'physics', 20],
		['8', 'maths', 3],
		['8', 'physics', 30],
	]);
	const asSubject = revealingRows([row('maths', 8)], 'group_key', { school: '7', by: 'subject' }, cells, 5);
	const asSchool = revealingRows([row('7', 8)], 'group_key', { subject: 'maths', by: 'school' }, cells, 5);
	expect(asSubject).toEqual(asSchool);
	expect(asSubject).toEqual([true]);
});

/** The attacker asks for every cell and every margin, and subtracts what is shown from each visible total. */
test('no viewer can work out a group below the minimum by subtracting along any one condition', () => {
	const table = fc.array(fc.array(fc.nat(14), { minLength: 4, maxLength: 4 }), {
		minLength: 3,
		maxLength: 5,
	});
	fc.assert(
		fc.property(table, (counts) => {
			const cells = sizes(
				counts.flatMap((line, school) =>
					line.flatMap((n, subject): [string, string, number][] =>
						n > 0 ? [[`${school}`, `${subject}`, n]] : [],
					),
				),
			);
			const shown = new Map<string, number>();
			for (const school of counts.keys()) {
				const filters = { school: `${school}`, by: 'subject' };
				const rows = cells
					.filter((cell) => cell.school === `${school}`)
					.map((cell) => row(String(cell.subject), cell.n));
				const revealing = revealingRows(rows, 'group_key', filters, cells, 5);
				for (const disclosed of discloseGroups(rows, rule, revealing).rows)
					if (typeof disclosed.n === 'number') shown.set(`${school}/${disclosed.group_key}`, disclosed.n);
			}
			const lines = [
				...counts.map((line, school) => line.map((n, subject) => ({ n, key: `${school}/${subject}` }))),
				...[0, 1, 2, 3].map((subject) =>
					counts.map((line, school) => ({ n: line[subject] as number, key: `${school}/${subject}` })),
				),
			];
			return lines.every((line) => {
				const total = line.reduce((sum, { n }) => sum + n, 0);
				const rest = line.filter(({ n, key }) => n > 0 && !shown.has(key));
				const people = rest.reduce((sum, { n }) => sum + n, 0);
				const isWholeLine = people === total;
				return rest.length === 0 || isWholeLine || (rest.length > 1 && people >= 5);
			});
		}),
		{ numRuns: 300 },
	);
});
