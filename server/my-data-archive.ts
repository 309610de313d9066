import { zipSync } from 'fflate';
import { writeTable } from '#data/export/table.ts';
import { findKeptFile } from '#data/records/diagnostics/answer-files.ts';
import type { Db } from '#data/records/store.ts';
import { listOwnCodes } from './access.ts';
import type { MyData } from './contract/my-data.ts';
import type { Language } from './language.ts';
import { tabulateMyData } from './my-data-table.ts';
import type { Asker } from './session.ts';

export const writeJson = (data: MyData): Buffer => Buffer.from(JSON.stringify(data, null, '\t'));

/** All that is kept about the asker in one archive: the table, the same for programs, and every file with its bytes. */
export async function packMyData(db: Db, asker: Asker, data: MyData, language: Language): Promise<Buffer> {
	const codes = (await listOwnCodes(db, asker)).map(({ participant_code }) => participant_code);
	const entries: Record<string, Uint8Array> = {
		'opora-my-data.json': writeJson(data),
		'opora-my-data.xlsx': await writeTable(tabulateMyData(data, language), 'xlsx'),
	};
	const files = data.invitations
		.flatMap(({ instruments }) => instruments)
		.flatMap((each) => [...each.files, ...each.earlier.flatMap(({ files }) => files)]);
	for (const [place, { file, name }] of files.entries()) {
		const kept = await findKeptFile(db, codes, file);
		if (kept) entries[`files/${String(place + 1).padStart(2, '0')}-${name}`] = new Uint8Array(kept.content);
	}
	// pictures and documents are packed already
	return Buffer.from(zipSync(entries, { level: 1 }));
}
