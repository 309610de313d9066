import type { Request } from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writePass } from '#server/link-session.ts';
import { createSessions } from '#server/session.ts';
import type { Town } from './town.ts';
import { townInFolder } from './town-in-folder.ts';

let town: Town;
let remove: () => Promise<void>;
beforeAll(async () => {
	({ town, remove } = await townInFolder());
});
afterAll(async () => {
	await remove();
});

it('keeps who was found for a moment, and nothing of cookies that open nothing', async () => {
	const sessions = createSessions(town);
	const find = (cookie: string) => sessions.find({ headers: { cookie } } as Request);
	const pass = writePass(town.secret, { link_hash: 'of no link', until: Date.now() + 60_000 });
	const spent = writePass(town.secret, { link_hash: 'of no link', until: 0 });
	for (let round = 0; round < 50; round++) {
		for (const made of [`made-up.${round}`, `${pass}.${round}`, `${spent}${round}`, pass])
			expect(await find(`opora_link=${made}; opora_role=${round}`)).toEqual({});
		expect((await find(`opora.session_token=made-up-${round}`)).asker).toBeUndefined();
	}
	expect(sessions.keptCount()).toBe(0);
	const { cookie } = await town.signInAs('methodist');
	expect((await find(cookie)).asker?.role).toBe('methodist');
	expect((await find(cookie)).asker?.role).toBe('methodist');
	expect(sessions.keptCount()).toBe(1);
});
