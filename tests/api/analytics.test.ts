import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords, type Records } from '#data/records/store.ts';
import { createAnswerCache } from '#server/answer-cache.ts';
import { encodeArrow } from '#server/arrow.ts';
import { analyticsAnswer, filterValues, moduleItem } from '#server/contract/analytics.ts';
import { type PackedBody, packBody } from '#server/packed-body.ts';
import { answer, moveCampaign, runCampaign, SELF } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, type Town } from './town.ts';

let town: Town;
let records: Records;
let methodist: Agent;
const folder = mkdtempSync(join(tmpdir(), 'opora-analytics-'));
beforeAll(async () => {
	records = await openRecords({ folder });
	town = await buildTown(records);
	methodist = await town.signInAs('methodist');
	const campaign = await runCampaign(town, 'open');
	for (const login of ['teacher', 'colleague']) await answer(await town.signInAs(login), campaign, SELF);
	await moveCampaign(methodist, campaign, ['closed', 'scored', 'reviewed', 'released']);
	await town.settle();
});
afterAll(async () => {
	await records.close();
	rmSync(folder, { recursive: true, force: true });
});

describe('the catalogue', () => {
	it('gives every role its modules, ready to draw', async () => {
		for (const login of ['teacher', 'coordinator', 'methodist', 'leader', 'regional']) {
			const items = moduleItem.array().parse((await (await town.signInAs(login)).get('/api/analytics')).body);
			expect(items.length, login).toBeGreaterThan(0);
			for (const { chart, card, fields } of items) {
				expect(chart.$schema).toMatch(/vega-lite/);
				expect(card.length).toBeGreaterThan(200);
				expect(fields.length).toBeGreaterThan(1);
			}
		}
	});
});

describe('an answer', () => {
	it('is columnar JSON with labels, notes and finding in the language of the request', async () => {
		const russian = analyticsAnswer.parse((await methodist.get('/api/analytics/deficit-map')).body);
		const english = analyticsAnswer.parse((await methodist.get('/api/analytics/deficit-map?lang=en')).body);
		for (const name of russian.fields.map((field) => field.name))
			expect(russian.columns[name]).toHaveLength(russian.meta.rows);
		expect(russian.fields[0]!.label).not.toBe(english.fields[0]!.label);
		expect(russian.meta.watermark).toBeGreaterThan(0);
		// Two people of one school: nothing of them may be shown.
		expect(russian.notes.map(({ code }) => code).join()).toMatch(/suppressed/);
		expect(russian.notes[0]!.text).not.toBe(english.notes[0]!.text);
	});

	it('says the same in Arrow and CSV', async () => {
		const json = analyticsAnswer.parse((await methodist.get('/api/analytics/deficit-map')).body);
		const arrow = await methodist.get('/api/analytics/deficit-map?format=arrow').responseType('blob');
		expect(arrow.headers['content-type']).toBe('application/vnd.apache.arrow.stream');
		const table = tableFromIPC(arrow.body as Buffer);
		expect(table.numRows).toBe(json.meta.rows);
		const about = JSON.parse(table.schema.metadata.get('result')!);
		expect(about.fields).toEqual(json.fields);
		expect(about.notes).toEqual(json.notes);
		for (const { name, label } of json.fields) {
			expect(table.schema.fields.find((field) => field.name === name)!.metadata.get('label')).toBe(label);
			expect([...table.getChild(name)!]).toEqual(json.columns[name]);
		}
		const csv = await methodist.get('/api/analytics/deficit-map?format=csv');
		const lines = csv.text
			.replace(/^\uFEFF/, '')
			.trimEnd()
			.split('\r\n');
		expect(lines).toHaveLength(json.meta.rows + 1);
		expect(lines[0]).toContain(json.fields[0]!.label);
	});

	it('is computed once for all who ask for groups of the same places when everything is released to all of them', async () => {
		const first = await methodist.get('/api/analytics/deficit-map?by=category');
		const again = await methodist.get('/api/analytics/deficit-map?by=category');
		expect(again.body.meta.computed_at).toBe(first.body.meta.computed_at);
		const leader = await town.signInAs('leader');
		const second = await leader.get('/api/analytics/deficit-map?by=category');
		expect(second.body.meta.computed_at).toBe(first.body.meta.computed_at);
		const [mine, theirs] = [methodist, leader].map((agent) => agent.get('/api/analytics/low-results'));
		expect((await theirs!).body.meta.computed_at).toBe((await mine!).body.meta.computed_at);
	});

	it('is not sent again when nothing has changed', async () => {
		const first = await methodist.get('/api/analytics/deficit-map');
		const second = await methodist
			.get('/api/analytics/deficit-map')
			.set('if-none-match', first.headers.etag!);
		expect(second.status).toBe(304);
		const other = await methodist
			.get('/api/analytics/deficit-map?by=subject')
			.set('if-none-match', first.headers.etag!);
		expect(other.status).toBe(200);
	});

	it('can be filtered by what its filters offer', async () => {
		const values = filterValues.parse((await methodist.get('/api/analytics/deficit-map/filters')).body);
		expect(values.campaign).toHaveLength(1);
		const [campaign] = values.campaign!;
		const filtered = await methodist.get(`/api/analytics/deficit-map?campaign=${campaign!.value}`);
		expect(filtered.status).toBe(200);
		expect(new Set(filtered.body.columns.campaign_id)).toEqual(new Set([campaign!.value]));
		expect(values.by!.map(({ value }) => value)).toContain('school_kind');
		for (const { label } of values.by!) expect(label).toMatch(/[а-я]/);
	});

	it('is not for an unknown format', async () => {
		expectProblem(await methodist.get('/api/analytics/deficit-map?format=xml'), 422, 'invalid-query');
	});
});

describe('Arrow', () => {
	it('carries every type, with gaps', () => {
		const types = ['integer', 'double', 'varchar', 'boolean', 'date'] as const;
		const columns = {
			integer: [1, null, -3],
			double: [0.5, 2, null],
			varchar: ['а', null, 'а'],
			boolean: [true, false, null],
			date: ['2026-02-28', null, '1969-12-31'],
		};
		const bytes = encodeArrow({
			fields: types.map((type) => ({ name: type, type, label: `Поле ${type}` })),
			columns,
			notes: [],
			finding: { title: '', subtitle: '', summary: '' },
			meta: { module: 'x', version: '1', rows: 3, filters: {}, presets: {}, watermark: 1, computed_at: '' },
		});
		const table = tableFromIPC(bytes);
		for (const type of ['integer', 'double', 'varchar', 'boolean'] as const)
			expect([...table.getChild(type)!]).toEqual(columns[type]);
		const days = [...table.getChild('date')!].map((value) =>
			value === null ? null : new Date(Number(value)).toISOString().slice(0, 10),
		);
		expect(days).toEqual(columns.date);
	});
});

describe('the words of items', () => {
	it('are those of the form, also where a table is scored as a whole', async () => {
		const { columns } = await town.warehouse.ask(
			`select item, item_words(title_ru, title_en, item, 'ru') as words from items_visible_to(['municipality/M1'])
			where instrument = 'assessment-literacy' order by item`,
		);
		const words = new Map(columns[0]!.map((item, at) => [item, String(columns[1]![at])]));
		expect(words.get('t07')).toMatch(/^Что прежде всего проверяет каждое задание/);
		expect([...words.values()].filter((text) => text.startsWith('Пункт '))).toEqual([]);
	});
});

const textOf = async (body: PackedBody): Promise<string> =>
	Buffer.from((await body.as('identity')).bytes).toString();

describe('the cache of answers', () => {
	it('shares one computation among those who ask at once, and forgets by size', async () => {
		const cache = createAnswerCache(30_000);
		let made = 0;
		const make = async () => {
			made++;
			return { type: 'text/plain', plain: Buffer.alloc(500, 'x') };
		};
		await Promise.all([cache.find('a', make), cache.find('a', make), cache.find('a', make)]);
		await cache.find('a', make);
		expect(made).toBe(1);
		for (let key = 0; key < 60; key++) await cache.find(`b${key}`, make);
		expect(made).toBe(61);
		await cache.find('a', make);
		expect(made).toBe(62);
	});

	it('stops a computation when the last who waits has left, and not before', async () => {
		const cache = createAnswerCache();
		const stopped: string[] = [];
		const begun = (name: string) => (stop: AbortSignal) =>
			new Promise<{ type: string; plain: Buffer }>((resolve, reject) => {
				stop.addEventListener('abort', () => {
					stopped.push(name);
					reject(stop.reason);
				});
				setTimeout(() => resolve({ type: 'text/plain', plain: Buffer.from(name) }), 300);
			});
		const [first, second] = [new AbortController(), new AbortController()];
		const asked = [cache.find('a', begun('one'), first.signal), cache.find('a', begun('two'), second.signal)];
		first.abort(new Error('left'));
		await expect(asked[0]).rejects.toThrow('left');
		expect(stopped).toEqual([]);
		second.abort(new Error('left'));
		await expect(asked[1]).rejects.toThrow('left');
		expect(stopped).toEqual(['one']);
		// Whoever asks now begins anew.
		expect(await textOf(await cache.find('a', begun('three')))).toBe('three');
	});

	it('does not keep a failure', async () => {
		const cache = createAnswerCache();
		const fail = () => Promise.reject(new Error('once'));
		await expect(cache.find('a', fail)).rejects.toThrow('once');
		const body = await cache.find('a', async () => ({ type: 'text/plain', plain: Buffer.from('now') }));
		expect(await textOf(body)).toBe('now');
	});

	it('keeps an answer as it travels, and says the same in every coding', async () => {
		const text = JSON.stringify(Array.from({ length: 2_000 }, (_, index) => `school ${index}`));
		const unpack = {
			br: brotliDecompressSync,
			gzip: gunzipSync,
			identity: (bytes: Uint8Array) => Buffer.from(bytes),
		};
		for (const first of ['br', 'gzip'] as const) {
			const body = packBody({ type: 'application/json', plain: Buffer.from(text) });
			const plainSize = body.size();
			await Promise.all([body.as(first), body.as(first)]);
			expect(body.size()).toBeLessThan(plainSize / 2);
			for (const wanted of ['identity', 'br', 'gzip'] as const) {
				const { bytes, coding } = await body.as(wanted);
				expect(coding).toBe(wanted);
				expect(unpack[wanted](bytes).toString()).toBe(text);
			}
		}
	});
});
