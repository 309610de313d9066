import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeParquet } from '#data/export/parquet.ts';
import { type ResponseTable, tableOfResponses } from '#data/export/response-table.ts';
import { type Table, writeTable, writeWorkbook } from '#data/export/table.ts';
import { appendAudit } from '#data/records/audit.ts';
import { findInstrumentVersion } from '#data/records/diagnostics/instruments.ts';
import { listAnsweredVersions, listExportableResponses } from '#data/records/joins/exportable-responses.ts';
import type { Records } from '#data/records/store.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { openConfiguredRecords } from '../opened.ts';
import { type Command, configOf, pathFrom, Refusal, say, type Terminal, UsageError } from './command.ts';

const formats = ['csv', 'xlsx', 'parquet'] as const;
type Format = (typeof formats)[number];

/**
 * Hands out responses under participant codes, with a codebook; works beside a running server. Every export is an act in
 * the log: who, when, by which method, which fields.
 */
export const exportData: Command = {
	usage:
		'responses --format csv|xlsx|parquet --to FILE [--instrument NAME[@VERSION]] [--campaign ID] [--by WHO]',
	async run(terminal) {
		const { values, positionals } = parseArgs({
			args: terminal.words,
			options: {
				format: { type: 'string' },
				to: { type: 'string' },
				instrument: { type: 'string' },
				campaign: { type: 'string' },
				by: { type: 'string', default: 'shell' },
				json: { type: 'boolean' },
				lang: { type: 'string' },
			},
			allowPositionals: true,
		});
		if (positionals[0] !== 'responses')
			throw new UsageError(say(terminal, 'unknown-export', { name: positionals[0] ?? '' }));
		const { to, campaign, by, instrument } = values;
		if (!to) throw new UsageError(say(terminal, 'target-needed'));
		const format = readFormat(terminal, values.format);
		const records = await openConfiguredRecords(configOf(terminal));
		try {
			const chosen = await chooseVersion(terminal, records, instrument);
			const table = await readTable(terminal, records, { ...chosen, ...(campaign && { campaign }) });
			const path = pathFrom(terminal, to);
			const files = await writeFiles(table, format, path);
			await appendAudit(records, {
				who: by,
				role: '',
				action: 'export-responses',
				object: `instrument/${chosen.instrument}@${chosen.version}`,
				purpose: describeAct(table, format, campaign),
			});
			for (const column of table.withheld) terminal.tell(say(terminal, 'text-withheld', { column }));
			const result = {
				...chosen,
				responses: table.responses.rows.length,
				columns: table.responses.columns.length,
				withheld: table.withheld.length,
				files,
			};
			terminal.print(
				values.json
					? JSON.stringify(result)
					: say(terminal, 'exported', { ...result, files: files.join(', ') }),
			);
			return 0;
		} finally {
			await records.close();
		}
	},
};

function readFormat(terminal: Terminal, given: string | undefined): Format {
	const format = formats.find((known) => known === given);
	if (format) return format;
	// The one writer of SPSS files among the packages of npm is not kept up.
	if (given === 'sav') throw new Refusal(say(terminal, 'no-sav'));
	throw new UsageError(say(terminal, 'wrong-option', { option: '--format', value: given ?? '' }));
}

/** The version asked for, the newest answered one where none is named; the only instrument where none is named. */
async function chooseVersion(
	terminal: Terminal,
	{ db }: Records,
	given: string | undefined,
): Promise<{ instrument: string; version: number }> {
	const answered = await listAnsweredVersions(db);
	const [name, version] = (given ?? '').split('@');
	const fitting = answered.filter(
		(each) => (!name || each.instrument === name) && (!version || each.version === Number(version)),
	);
	const instruments = new Set(fitting.map(({ instrument }) => instrument));
	const newest = fitting.at(-1);
	if (newest && instruments.size === 1) return { instrument: newest.instrument, version: newest.version };
	const list = answered.map(({ instrument, version }) => `${instrument}@${version}`).join(', ') || '—';
	throw new Refusal(say(terminal, fitting.length === 0 ? 'nothing-answered' : 'choose-instrument', { list }));
}

async function readTable(
	terminal: Terminal,
	{ db }: Records,
	chosen: { instrument: string; version: number; campaign?: string },
): Promise<ResponseTable> {
	const published = await findInstrumentVersion(db, chosen.instrument, chosen.version);
	const responses = await listExportableResponses(db, chosen);
	if (!published || responses.length === 0) throw new Refusal(say(terminal, 'nothing-to-export'));
	return tableOfResponses(JSON.parse(published.survey) as SurveyJson, responses);
}

/** Writes the table and its codebook: two sheets of one workbook, or a file beside the file. */
async function writeFiles(
	{ responses, codebook }: ResponseTable,
	format: Format,
	path: string,
): Promise<string[]> {
	if (format === 'xlsx') {
		writeFileSync(path, await writeWorkbook([responses, codebook]));
		return [path];
	}
	if (format === 'parquet') await writeParquet(responses, path);
	else writeFileSync(path, await writeTable(responses, 'csv', 'machine'));
	const beside = `${path.replace(/\.(csv|parquet)$/i, '')}.codebook.csv`;
	writeFileSync(beside, await writeTable(codebook, 'csv', 'machine'));
	return [path, beside];
}

function describeAct(
	{ responses }: { responses: Table },
	format: Format,
	campaign: string | undefined,
): string {
	const fields = responses.columns.map(({ name }) => name);
	const listed = fields.length > 40 ? [...fields.slice(0, 40), `… ${fields.length}`] : fields;
	return [
		`method: identifiers removed, participant codes; ${format}`,
		...(campaign ? [`campaign ${campaign}`] : []),
		`responses ${responses.rows.length}`,
		`fields: ${listed.join(' ')}`,
	].join('; ');
}
