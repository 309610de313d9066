import request from 'supertest';
import { beforeAll, expect, it } from 'vitest';
import { eachDialect } from '../support/records.ts';
import { answer, runCampaign, SELF } from './campaign.ts';
import { agentOf, buildTown, cookiesOf, type Town } from './town.ts';

type Row = Record<string, unknown>;

/**
 * What is allowed to carry the code of an anonymous participant or the id of an answer, and nothing else is;
 * `recorded_response` is a view of the responses.
 */
const MAY_CARRY = ['change', 'consent', 'participant', 'participant_key', 'recorded_response', 'response'];

eachDialect('from an anonymous answer', (open) => {
	let town: Town;
	const tables = new Map<string, Row[]>();
	let answers: Row[];
	let people: string[];
	let campaign: string;

	beforeAll(async () => {
		town = await buildTown(await open());
		campaign = await runCampaign(town, 'open', [SELF], { mode: 'anonymous' });
		const methodist = await town.signInAs('methodist');
		const { body } = await methodist.post(`/api/campaigns/${campaign}/links`, { school_id: 'S1' });
		for (const place of [4, 1, 3]) {
			const secret = place === 3 ? body[place].code : body[place].url.split('#')[1];
			const entered = await request(town.app).post('/api/session/link').send({ token: secret });
			expect(entered.status, entered.text).toBe(200);
			const visitor = agentOf(town.app, cookiesOf(entered.headers), entered.body.csrf);
			expect((await answer(visitor, campaign, SELF)).status).toBe(201);
		}
		const { db } = town.records;
		for (const { name } of await db.introspection.getTables()) {
			const rows = await db
				.selectFrom(name as 'response')
				.selectAll()
				.execute();
			tables.set(name, rows as unknown as Row[]);
		}
		answers = tables.get('response')!;
		const accounts = tables.get('login_account')!.map(({ id }) => id);
		const named = tables.get('person')!.flatMap(({ id, full_name, name_key }) => [id, full_name, name_key]);
		people = [...accounts, ...named].filter((value): value is string => typeof value === 'string');
	});

	const rowsWith = (words: readonly string[]): [string, Row][] =>
		[...tables].flatMap(([table, rows]) =>
			rows
				.filter((row) =>
					words.some((word) => Object.values(row).some((value) => String(value).includes(word))),
				)
				.map((row): [string, Row] => [table, row]),
		);

	it('walks every table of the store', () => {
		expect(tables.size).toBeGreaterThan(25);
		expect(answers).toHaveLength(3);
		expect(people.length).toBeGreaterThan(40);
	});

	it('leads no value to a person: neither at once nor over another row', () => {
		const codes = answers.flatMap(({ id, participant_code }) => [String(id), String(participant_code)]);
		const first = rowsWith(codes);
		expect([...new Set(first.map(([table]) => table))].toSorted()).toEqual(MAY_CARRY);
		for (const [table, row] of first)
			for (const value of Object.values(row))
				for (const person of people) expect(String(value), `${table} names a person`).not.toContain(person);
		// One step on: hashes of links and codes appear nowhere else either.
		const secrets = first.flatMap(([, row]) =>
			[row.link_hash, row.key_hash].filter((value): value is string => typeof value === 'string'),
		);
		expect(secrets.length).toBeGreaterThan(5);
		for (const [table] of rowsWith(secrets)) expect(['participant', 'participant_key']).toContain(table);
		expect(tables.get('identity')).toEqual([]);
		expect(tables.get('draft')).toEqual([]);
		expect(tables.get('reminder_delivery')).toEqual([]);
	});

	it('leads no time finer than a day to an hour', () => {
		const codes = answers.flatMap(({ id, participant_code }) => [String(id), String(participant_code)]);
		const entries = tables
			.get('audit')!
			.filter(({ action }) => action === 'enter-by-link')
			.map((row): [string, Row] => ['audit', row]);
		expect(entries).toHaveLength(3);
		const consents = tables
			.get('change')!
			.filter(({ kind, subject }) => kind === 'consent' && subject === campaign)
			.map((row): [string, Row] => ['change', row]);
		expect(consents.length).toBeGreaterThan(0);
		for (const [table, row] of [...rowsWith(codes), ...entries, ...consents])
			for (const [column, value] of Object.entries(row))
				if (/_at$|^at$/.test(column) && value !== null)
					expect(String(value), `${table}.${column}`).toMatch(/T00:00:00\.000Z$/);
	});

	it('tells nothing by the order of rows: participants lie in the order of their random codes', () => {
		for (const table of ['participant', 'participant_key']) {
			const codes = tables.get(table)!.map(({ participant_code }) => String(participant_code));
			if (town.records.dialect === 'sqlite' && table === 'participant')
				expect(codes).toEqual(codes.toSorted());
			const names = tables.get('person')!.map(({ id }) => String(id));
			expect(names.some((name) => codes.includes(name))).toBe(false);
		}
	});
});
