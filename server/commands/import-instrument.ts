import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { writeInstrumentTemplate } from '#data/import/instrument-sheet.ts';
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
import { findNewest, freeName } from '../workshop/workshop.ts';
import { pathFrom, Refusal, say, type Terminal } from './command.ts';

/**
 * Makes a draft of a sheet, a SurveyJS JSON or a signed archive; tells what the linter finds. An archive of an instrument
 * that stands here becomes a draft of its next version. Two people still have to send it to review and to publish it: the
 * shell publishes nothing. Returns the exit code.
 */
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
	if (!content) {
		tell(terminal, { ...nothing, kind, refused: issues.length }, options.isJson);
		return 1;
	}
	for (const { severity, text, remedy } of describeFindings(
		lintInstrument(content).findings,
		terminal.language,
	))
		terminal.tell(`${severity}: ${text} ${remedy}`);
	const home = await findHome(terminal, records, options.municipality);
	const newest =
		kind === 'archive'
			? await findNewest(records.db, { places: [`municipality/${home}`] }, content.key.instrument)
			: undefined;
	const instrument = newest?.instrument ?? (await freeName(records.db, nameInstrument(content.key.title.ru)));
	const result: Result = {
		...nothing,
		kind,
		new: items,
		instrument,
		follows: newest?.version ?? null,
		signed_by: signer?.name ?? null,
	};
	if (!options.isDryRun) {
		result.batch = await records.transaction(async (trx) => {
			if (signer) await rememberSigner(trx, signer.fingerprint, signer.name);
			return createDraft(trx, {
				municipality_id: home,
				instrument,
				based_on: newest?.version ?? null,
				survey: JSON.stringify(content.survey),
				key: JSON.stringify({ ...content.key, instrument, version: 1 }),
				card: content.card,
				by: 'shell',
				comment: basename(file),
			});
		});
		const act = { who: 'shell', role: '', action: 'draft-instrument', purpose: basename(file) };
		await appendAudit(records, { ...act, object: `draft/${result.batch}` });
	}
	tell(terminal, result, options.isJson);
	return 0;
}

/** Writes the sheet of questions to fill in. Returns the exit code. */
export async function writeInstrumentSheet(terminal: Terminal, file: string): Promise<number> {
	const path = pathFrom(terminal, file);
	writeFileSync(path, await writeInstrumentTemplate(terminal.language));
	terminal.print(path);
	return 0;
}

/** What every import says, and what an instrument adds: its draft is what was stored. */
interface Result {
	kind: string;
	new: number;
	changed: number;
	skipped: number;
	refused: number;
	refused_file: string | null;
	batch: string | null;
	instrument: string | null;
	/** the version that the draft follows */
	follows: number | null;
	signed_by: string | null;
}
const nothing: Result = {
	kind: '',
	new: 0,
	changed: 0,
	skipped: 0,
	refused: 0,
	refused_file: null,
	batch: null,
	instrument: null,
	follows: null,
	signed_by: null,
};

function tell(terminal: Terminal, result: Result, isJson: boolean): void {
	const lines = Object.entries(result).map(([name, value]) => `${name}\t${value ?? '—'}`);
	terminal.print(isJson ? JSON.stringify(result) : lines.join('\n'));
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
