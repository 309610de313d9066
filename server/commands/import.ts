import { readFileSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { type ImportKind, importKinds } from '#data/import/context.ts';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import type { ImportPlan } from '#data/import/import-plan.ts';
import { issueParams, writeRefusedFile } from '#data/import/refused-file.ts';
import { type TemplateForm, templateForms } from '#data/import/result-forms.ts';
import { writeTemplate } from '#data/import/template.ts';
import { appendAudit } from '#data/records/audit.ts';
import { listRegions, recordRegions } from '#data/records/registry/municipalities.ts';
import { findProcedure } from '#data/records/results/procedures.ts';
import type { Records } from '#data/records/store.ts';
import { translate } from '../language.ts';
import { openConfiguredRecords } from '../opened.ts';
import { type Command, configOf, pathFrom, Refusal, say, type Terminal, UsageError } from './command.ts';
import { importInstrument, writeInstrumentSheet } from './import-instrument.ts';

const options = {
	'dry-run': { type: 'boolean' },
	procedure: { type: 'string' },
	profile: { type: 'string' },
	template: { type: 'string' },
	form: { type: 'string' },
	refused: { type: 'string' },
	'known-schools-only': { type: 'boolean' },
	municipality: { type: 'string' },
	json: { type: 'boolean' },
	lang: { type: 'string' },
} as const;

const ISSUES_TOLD = 20;

/** Imports one file; works beside a running server. Codes of schools that the registry does not know are created. */
export const importFile: Command = {
	usage: [
		'<schools|staff|procedures|results|federal-list|medal-candidates|school-context> FILE [--dry-run] [--procedure ID] [--profile NAME] [--refused FILE] [--known-schools-only]',
		'<schools|staff|procedures|results|federal-list|medal-candidates|school-context> --template FILE [--procedure ID] [--form pupils|marks|scores|journal|item-rows]',
		'instrument FILE [--dry-run] [--municipality ID]',
		'instrument --template FILE.xlsx',
	].join('\n'),
	async run(terminal) {
		const { values, positionals } = parseArgs({ args: terminal.words, options, allowPositionals: true });
		const [kind, file] = positionals;
		if (kind !== 'instrument' && !isKind(kind))
			throw new UsageError(say(terminal, 'unknown-kind', { kind: kind ?? '' }));
		const records = await openConfiguredRecords(configOf(terminal));
		try {
			if (kind === 'instrument') {
				if (values.template) return await writeInstrumentSheet(terminal, values.template);
				if (!file) throw new UsageError(say(terminal, 'file-needed'));
				const { municipality, json = false, 'dry-run': isDryRun = false } = values;
				return await importInstrument(terminal, records, file, { municipality, isDryRun, isJson: json });
			}
			if (values.template) {
				const { template, procedure, form } = values;
				if (form !== undefined && (kind !== 'results' || !isForm(form)))
					throw new UsageError(say(terminal, 'unknown-form', { form, known: templateForms.join(', ') }));
				return await makeTemplate(terminal, records, kind, template, procedure, form);
			}
			if (!file) throw new UsageError(say(terminal, 'file-needed'));
			return await importOne(terminal, records, kind, file, values);
		} finally {
			await records.close();
		}
	},
};

const isKind = (kind: string | undefined): kind is ImportKind =>
	(importKinds as readonly (string | undefined)[]).includes(kind);

const isForm = (form: string): form is TemplateForm => (templateForms as readonly string[]).includes(form);

interface Values {
	'dry-run'?: boolean;
	procedure?: string;
	profile?: string;
	refused?: string;
	'known-schools-only'?: boolean;
	json?: boolean;
}

async function importOne(
	terminal: Terminal,
	records: Records,
	kind: ImportKind,
	file: string,
	values: Values,
): Promise<number> {
	const createSchools = !values['known-schools-only'];
	const plan = await planImport(records, kind, readBytes(terminal, file), {
		fileName: basename(file),
		procedureId: values.procedure ?? null,
		profile: values.profile ?? null,
		places: await everyPlace(records),
		progress: tellProgress(terminal),
	});
	tellIssues(terminal, plan);
	const refused_file = await writeRefused(terminal, plan, file, createSchools, values.refused);
	const waiting = createSchools ? plan.waiting_rows : 0;
	const planned = {
		new: plan.counts.new + waiting,
		changed: plan.counts.changed,
		skipped: plan.counts.skipped,
		refused: plan.counts.refused - waiting,
	};
	const storable = plan.rows.length + (createSchools ? plan.waiting.length : 0);
	if (values['dry-run'] || storable === 0) {
		tellResult(terminal, { ...planned, refused_file, batch: null }, values.json);
		return values['dry-run'] && storable > 0 ? 0 : 1;
	}
	const stored = await storeImport(records, plan, {
		importedBy: 'shell',
		createSchools,
		progress: tellProgress(terminal),
	});
	await appendAudit(records, {
		who: 'shell',
		role: '',
		action: 'import',
		object: `batch/${stored.batch_id}`,
		purpose: `${kind} ${basename(file)}`,
	});
	tellResult(terminal, { ...stored.counts, refused_file, batch: stored.batch_id }, values.json);
	return 0;
}

/** From the shell everything may be imported; a folder without any region gets one, so that places have a root. */
async function everyPlace(records: Records): Promise<string[]> {
	const regions = await listRegions(records.db);
	if (regions.length === 0)
		await records.transaction((trx) => recordRegions(trx, [{ id: 'R1', name: 'R1' }]));
	return (await listRegions(records.db)).map(({ id }) => `region/${id}`);
}

function readBytes(terminal: Terminal, file: string): Uint8Array {
	try {
		return readFileSync(pathFrom(terminal, file));
	} catch (error) {
		throw new Refusal(error instanceof Error ? error.message : String(error));
	}
}

async function writeRefused(
	terminal: Terminal,
	plan: ImportPlan,
	file: string,
	createSchools: boolean,
	wanted: string | undefined,
): Promise<string | null> {
	const count = plan.refused.length + (createSchools ? 0 : plan.waiting_cells.length);
	if (count === 0) return null;
	const path = pathFrom(
		terminal,
		wanted ?? `${basename(file).replace(/(\.(csv|tsv|xlsx|json))?(\.gz)?$/i, '')}.refused.csv`,
	);
	const format = extname(path) === '.xlsx' ? 'xlsx' : 'csv';
	const render = (code: string, params: object): string =>
		translate(terminal.language, `import:${code}`, { ...params });
	writeFileSync(path, await writeRefusedFile(plan, format, render, createSchools));
	return path;
}

async function makeTemplate(
	terminal: Terminal,
	records: Records,
	kind: ImportKind,
	file: string,
	procedureId: string | undefined,
	form: TemplateForm | undefined,
): Promise<number> {
	const path = pathFrom(terminal, file);
	const procedure = procedureId ? await findProcedure(records.db, procedureId) : undefined;
	if (procedureId && !procedure) throw new Refusal(say(terminal, 'unknown-procedure', { id: procedureId }));
	const format = extname(path) === '.csv' ? 'csv' : 'xlsx';
	writeFileSync(path, await writeTemplate(kind, terminal.language, format, procedure, form));
	terminal.print(path);
	return 0;
}

function tellIssues(terminal: Terminal, plan: ImportPlan): void {
	for (const issue of plan.issues.slice(0, ISSUES_TOLD))
		terminal.tell(
			`${plan.file_name}: ${translate(terminal.language, `import:${issue.code}`, issueParams(issue))}`,
		);
	if (plan.issues.length > ISSUES_TOLD)
		terminal.tell(say(terminal, 'more-issues', { n: plan.issues.length - ISSUES_TOLD }));
	for (const { code, count } of plan.notes)
		terminal.tell(translate(terminal.language, `import:${code}`, { count }));
}

function tellResult(
	terminal: Terminal,
	result: Record<string, string | number | null>,
	json: boolean | undefined,
): void {
	const lines = Object.entries(result).map(([name, value]) => `${name}\t${value ?? '—'}`);
	terminal.print(json ? JSON.stringify(result) : lines.join('\n'));
}

function tellProgress(terminal: Terminal): (phase: string, done: number, total: number) => void {
	let told = 0;
	return (phase, done, total) => {
		const now = performance.now();
		if (now - told < 1_000 && done < total) return;
		told = now;
		terminal.tell(`${phase} ${done}/${total}`);
	};
}
