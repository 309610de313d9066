import { parseArgs } from 'node:util';
import { analyseLowResults } from '#analytics/low-results/report.ts';
import { referenceTexts } from '#analytics/result-objectivity/reference-choice.ts';
import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch, type Warehouse } from '#data/warehouse/warehouse.ts';
import { runBunching } from './analyze-bunching.ts';
import { runBias } from './analyze-dif.ts';
import { runGains } from './analyze-gains.ts';
import { runScale } from './analyze-scale.ts';
import { runSimilarity } from './analyze-similarity.ts';
import { type Command, pathFrom, Refusal, say, type Terminal, UsageError } from './command.ts';
import { printTable } from './print-table.ts';
import { readReferenceFile } from './reference-file.ts';

const options = {
	results: { type: 'string' },
	procedures: { type: 'string' },
	reference: { type: 'string' },
	schools: { type: 'string' },
	combine: { type: 'string' },
	threshold: { type: 'string' },
	data: { type: 'string' },
	key: { type: 'string' },
	person: { type: 'string' },
	group: { type: 'string' },
	method: { type: 'string' },
	items: { type: 'string' },
	skip: { type: 'string' },
	reverse: { type: 'string' },
	cutoff: { type: 'string' },
	step: { type: 'string' },
	window: { type: 'string' },
	json: { type: 'boolean' },
	lang: { type: 'string' },
} as const;

/** Runs a module over files alone: no server and no data folder. */
export const analyze: Command = {
	usage: [
		'scale --data FILE [--key FILE] [--person COLUMN] [--items A,B | --skip A,B] [--reverse A,B]',
		'dif --data FILE --group COLUMN [--method mantel-haenszel|logistic] [--key FILE] [--items A,B | --skip A,B]',
		'objectivity --results FILE --procedures FILE [--reference FILE] [--schools FILE]',
		'low-results --results FILE --procedures FILE [--combine any|all] [--threshold .30]',
		'bunching --data FILE --cutoff SCORE [--step 1] [--window SCORES]',
		'gains --data FILE [--group COLUMN,COLUMN]',
		'similarity --data FILE --key FILE [--person COLUMN] [--group COLUMN]',
	].join('\n'),
	async run(terminal) {
		const { values, positionals } = parseArgs({ args: terminal.words, options, allowPositionals: true });
		const [what] = positionals;
		if (what === 'scale') return runScale(terminal, values);
		if (what === 'dif') return runBias(terminal, values);
		if (what === 'bunching') return runBunching(terminal, values);
		if (what === 'gains') return runGains(terminal, values);
		if (what === 'similarity') return runSimilarity(terminal, values);
		if (what !== 'objectivity' && what !== 'low-results')
			throw new UsageError(say(terminal, 'unknown-analysis', { name: what ?? '' }));
		const { results, procedures, schools } = values;
		if (!results || !procedures) throw new UsageError(say(terminal, 'files-needed'));
		const scratch = await openScratch();
		try {
			const { places, notes } = await loadResults(scratch, {
				results: pathFrom(terminal, results),
				procedures: pathFrom(terminal, procedures),
				...(schools !== undefined && { schools: pathFrom(terminal, schools) }),
			});
			for (const { code, count } of notes) terminal.tell(`${code}: ${count}`);
			if (what === 'objectivity') await runObjectivity(terminal, scratch, places, values);
			else await runLowResults(terminal, scratch, places, values);
			return 0;
		} finally {
			await scratch.close();
		}
	},
};

type Values = { reference?: string; combine?: string; threshold?: string; json?: boolean };

async function runObjectivity(
	terminal: Terminal,
	warehouse: Warehouse,
	places: string[],
	{ reference, json }: Values,
): Promise<void> {
	const { language } = terminal;
	const references = reference ? readReference(pathFrom(terminal, reference)) : undefined;
	const report = await analyseObjectivity(warehouse, { places, language, ...(references && { references }) });
	if (json) return terminal.print(JSON.stringify(report));
	const rows = report.schools.map(({ school, year, n, level, q_combined, reasons }) => ({
		school,
		year,
		n,
		level,
		q: q_combined,
		reason: reasons[0] ?? '',
	}));
	terminal.tell(say(terminal, 'compared-with', { reference: referenceTexts[report.reference][language] }));
	terminal.print(printTable(['school', 'year', 'n', 'level', 'q', 'reason'], rows));
}

async function runLowResults(
	terminal: Terminal,
	warehouse: Warehouse,
	places: string[],
	{ combine, threshold, json }: Values,
): Promise<void> {
	if (combine !== undefined && combine !== 'any' && combine !== 'all')
		throw new UsageError(say(terminal, 'wrong-option', { option: '--combine', value: combine }));
	const share = threshold === undefined ? undefined : Number(threshold);
	if (share !== undefined && !(share > 0 && share < 1))
		throw new UsageError(say(terminal, 'wrong-option', { option: '--threshold', value: threshold }));
	const { language } = terminal;
	const report = await analyseLowResults(warehouse, {
		places,
		language,
		...(combine && { combine }),
		...(share && { threshold: share }),
	});
	if (json) return terminal.print(JSON.stringify(report));
	terminal.print(
		printTable(
			['school', 'year', 'flag', 'rule_a', 'rule_b', 'certainty', 'label'],
			report.schools.map(({ school, year, flag, rule_a, rule_b, certainty, label }) => ({
				school,
				year,
				flag,
				rule_a,
				rule_b,
				certainty,
				label,
			})),
		),
	);
}

function readReference(path: string): ReturnType<typeof readReferenceFile> {
	try {
		return readReferenceFile(path);
	} catch (error) {
		throw new Refusal(`${path}: ${error instanceof Error ? error.message : String(error)}`);
	}
}
