import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { issueParams } from '#data/import/refused-file.ts';
import { appendAudit } from '#data/records/audit.ts';
import { listMunicipalities } from '#data/records/registry/municipalities.ts';
import type { Records } from '#data/records/store.ts';
import { createDraft } from '#data/records/workshop/drafts.ts';
import { rememberSigner } from '#data/records/workshop/signers.ts';
import { lintInstrument } from '#surveys/lint/lint.ts';
import { nameInstrument } from '#surveys/workshop/starting-key.ts';
import { translate } from '../language.ts';
import { readIncoming } from '../workshop/incoming.ts';
import { describeFindings } from '../workshop/words.ts';
import { freeName } from '../workshop/workshop.ts';
import { pathFrom, Refusal, say, type Terminal } from './command.ts';

/** Makes a draft of a sheet, a SurveyJS JSON or a signed archive; tells what the linter finds. Returns the exit code. */
export async function importInstrument(
	terminal: Terminal,
	records: Records,
	file: string,
	options: { municipality?: string | undefined; isDryRun: boolean; isJson: boolean },
): Promise<number> {
	const { content, signer, issues, items, kind } = await readIncoming(
		readBytes(terminal, file),
		basename(file),
	);
	for (const issue of issues)
		terminal.tell(
			`${basename(file)}: ${translate(terminal.language, `import:${issue.code}`, issueParams(issue))}`,
		);
	if (!content) return 1;
	for (const { severity, text, remedy } of describeFindings(
		lintInstrument(content).findings,
		terminal.language,
	))
		terminal.tell(`${severity}: ${text} ${remedy}`);
	const result = { kind, items, signed_by: signer?.name ?? null, draft: null as string | null };
	if (!options.isDryRun) {
		const home = await findHome(terminal, records, options.municipality);
		const instrument = await freeName(records.db, nameInstrument(content.key.title.ru));
		result.draft = await records.transaction(async (trx) => {
			if (signer) await rememberSigner(trx, signer.fingerprint, signer.name);
			return createDraft(trx, {
				municipality_id: home,
				instrument,
				based_on: null,
				survey: JSON.stringify(content.survey),
				key: JSON.stringify({ ...content.key, instrument, version: 1 }),
				card: content.card,
				by: 'shell',
				comment: basename(file),
			});
		});
		const act = { who: 'shell', role: '', action: 'draft-instrument', purpose: basename(file) };
		await appendAudit(records, { ...act, object: `draft/${result.draft}` });
	}
	terminal.print(
		options.isJson
			? JSON.stringify(result)
			: Object.entries(result)
					.map(([name, value]) => `${name}\t${value ?? '—'}`)
					.join('\n'),
	);
	return 0;
}

async function findHome(terminal: Terminal, records: Records, wanted: string | undefined): Promise<string> {
	const all = await listMunicipalities(records.db);
	const found =
		wanted === undefined ? (all.length === 1 ? all[0] : undefined) : all.find(({ id }) => id === wanted);
	if (!found) throw new Refusal(say(terminal, 'instrument-place'));
	return found.id;
}

function readBytes(terminal: Terminal, file: string): Buffer {
	try {
		return readFileSync(pathFrom(terminal, file));
	} catch (error) {
		throw new Refusal(error instanceof Error ? error.message : String(error));
	}
}
