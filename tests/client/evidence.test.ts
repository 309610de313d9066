import { describe, expect, test } from 'vitest';
import { knownOf, nextStepOf, readEvidence, type Sign, speaks } from '#client/ui/evidence.ts';

const words = (code: string) => ({ code, text: { ru: code, en: code } });
const row = (level: string, reasons: unknown) =>
	readEvidence({ school_id: 's', school_name: 'Школа', year: 2026, n: 120, level, reasons } as never);
const sign = (id: string, flagged = true): Sign => ({
	...{ id, flagged, procedures: [], statistic: null, p: null, q: null, n: 20, note: null, inputs: {} },
});

describe('what stands beside the level', () => {
	test('an answer frozen when medals stood among the reasons for a level is read as one with a place of their own', () => {
		const old = JSON.stringify({ for: [words('medals'), words('O3')], against: [], change: [] });
		const { reasons } = row('1', old);
		expect(reasons.for.map(({ code }) => code)).toEqual(['O3']);
		expect(reasons.beside.map(({ code }) => code)).toEqual(['medals']);
		expect(row('0', null).reasons).toEqual({ for: [], against: [], change: [], beside: [] });
	});

	test('is the next step only where nothing else is to be done', () => {
		const step = (level: string, reasons: object) => {
			const evidence = row(level, JSON.stringify({ for: [], against: [], change: [], ...reasons }));
			return nextStepOf(evidence.level, null, knownOf(evidence));
		};
		const medals = { beside: [words('medals')] };
		expect(['0', 'X', '1', '2', '3'].map((level) => step(level, medals))).toEqual([
			...['beside', 'beside', 'talk', 'remark', 'programme'],
		]);
		expect([step('0', {}), step('X', {})]).toEqual(['usual', 'more-data']);
	});

	test('medals, official signs and a bare lack below a border are no checks that stand out', () => {
		const all = [sign('O13'), sign('OF-mean'), sign('O4'), sign('O1'), sign('O9', false)];
		expect(all.filter((one) => speaks(one, all)).map(({ id }) => id)).toEqual(['O1']);
		expect(speaks(sign('O4'), [sign('O3')])).toBe(true);
	});
});
