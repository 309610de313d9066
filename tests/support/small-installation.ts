import { recordStaff } from '#data/records/registry/record-staff.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import { openRecords } from '#data/records/store.ts';
import type { Command } from '#server/commands/command.ts';
import { init } from '#server/commands/init.ts';
import { user } from '#server/commands/user.ts';

/** Where its people are. */
export const SMALL = { municipality_id: 'M1', school: 'S1' } as const;
const password = 'opora-demo-2026';

/** Makes a real installation in a folder, by its own commands: one school, one teacher, a methodist and a leader. */
export async function makeSmallInstallation(folder: string): Promise<void> {
	const run = async (command: Command, ...words: string[]): Promise<void> => {
		const code = await command.run({
			words,
			environment: { OPORA_DATA: folder },
			language: 'ru',
			print: () => undefined,
			tell: () => undefined,
			showProgress: () => undefined,
		});
		if (code !== 0) throw new Error(`${words.join(' ')}: ${code}`);
	};
	const place = `municipality/${SMALL.municipality_id}`;
	await run(init, '--name', 'Округ', '--admin', 'admin', '--password', password, '--language', 'ru');
	for (const role of ['methodist', 'leader'])
		await run(user, 'add', role, '--name', role, '--password', password, '--role', role, '--place', place);
	const records = await openRecords({ folder });
	await records.transaction(async (trx) => {
		await recordSchools(trx, [
			{
				id: SMALL.school,
				municipality_id: SMALL.municipality_id,
				name: 'Школа',
				kind: 'school',
				locality: 'rural',
				pupils: 200,
				advanced_subjects: '[]',
				origin: 'registry',
			},
		]);
		await recordStaff(trx, [
			{
				school_id: SMALL.school,
				full_name: 'Соловьёва Анна Ильинична',
				birth_date: '1980-03-01',
				position: 'учитель',
				subjects: ['math'],
				category: 'first',
				teaching_since: 2005,
				started_on: '2010-09-01',
				ended_on: null,
				batch_id: null,
			},
		]);
	});
	await records.close();
}
