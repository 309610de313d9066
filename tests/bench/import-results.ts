import { copyOfDemo } from './demo-folder.ts';
import type { Measure } from './goal.ts';
import { type ProcedureFile, procedureFiles } from './result-files.ts';
import { startServer } from './server-process.ts';
import { signIn, type Visitor } from './visitor.ts';

const LOOK_AGAIN_MILLISECONDS = 15;
const LONGEST_SECONDS = 60;

interface Imported {
	batch: string;
	rows: number;
	seconds: number;
	checked: number;
	stored: number;
	visible: number;
	/** as if the file had exactly 25,000 rows */
	seconds_for_25000: number;
}

/**
 * G19: a methodist uploads the results of a region, confirms the dry run, and sees them on the board. Seconds go from the
 * first byte to the first answer of the board that holds the new procedure.
 */
export async function measure(): Promise<Measure[]> {
	const server = await startServer(await copyOfDemo());
	const methodist = await signIn(server.address, 'methodist');
	const rounds: Imported[] = [];
	for (const file of procedureFiles()) {
		await importProcedure(methodist, file);
		rounds.push(await importResults(methodist, file));
	}
	methodist.close();
	await server.stop();
	return [
		{
			goal: 'G19',
			measure: 'import of 25,000 pupil rows: checked, stored, visible on a board',
			unit: 's',
			value: Math.min(...rounds.map(({ seconds_for_25000 }) => seconds_for_25000)),
			floor: 10,
			target: 3,
			better: 'lower',
			detail: { rounds },
		},
	];
}

export async function importProcedure(visitor: Visitor, { id, procedure }: ProcedureFile): Promise<void> {
	const query = new URLSearchParams({ kind: 'procedures', file_name: `${id}.json` });
	const job = await demandId(visitor.send('POST', `/api/imports?${query}`, Buffer.from(procedure)));
	await untilState(visitor, job, 'checked');
	await visitor.send('POST', `/api/imports/${job}/confirm`, JSON.stringify({ create_schools: false }));
	await untilState(visitor, job, 'stored');
}

export async function importResults(visitor: Visitor, file: ProcedureFile): Promise<Imported> {
	const query = new URLSearchParams({
		kind: 'results',
		file_name: file.file_name,
		procedure: file.id,
		...(file.profile && { profile: file.profile }),
	});
	const began = performance.now();
	const since = (): number => (performance.now() - began) / 1000;
	const job = await demandId(visitor.send('POST', `/api/imports?${query}`, file.bytes));
	await untilState(visitor, job, 'checked');
	const checked = since();
	await visitor.send('POST', `/api/imports/${job}/confirm`, JSON.stringify({ create_schools: true }));
	const {
		batch,
		report: { counts },
	} = await untilState(visitor, job, 'stored');
	const stored = since();
	await lookUntil(async () => (await countRows(visitor, file.id)) > 0 || undefined);
	const seconds = since();
	const rows = counts.new + counts.refused;
	return {
		batch,
		rows,
		seconds,
		checked,
		stored,
		visible: seconds,
		seconds_for_25000: (seconds * 25_000) / rows,
	};
}

async function demandId(sent: ReturnType<Visitor['send']>): Promise<string> {
	const { status, body } = await sent;
	if (status !== 202) throw new Error(`import: ${status} ${body}`);
	return JSON.parse(body).id;
}

async function untilState(
	visitor: Visitor,
	job: string,
	wanted: string,
): Promise<{ batch: string; report: { counts: { new: number; refused: number } } }> {
	return lookUntil(async () => {
		const found = JSON.parse((await visitor.get(`/api/imports/${job}`)).body);
		if (found.state === 'refused' || found.state === 'failed') throw new Error(JSON.stringify(found.problem));
		return found.state === wanted ? found : undefined;
	});
}

/** Takes a stored file back and waits until the boards know: it may then be imported again. */
export async function withdrawResults(
	visitor: Visitor,
	{ id }: ProcedureFile,
	{ batch }: Imported,
): Promise<void> {
	const { status, body } = await visitor.send(
		'POST',
		`/api/batches/${batch}/withdraw`,
		JSON.stringify({ reason: 'Benchmark' }),
	);
	if (status !== 200) throw new Error(`withdrawal: ${status} ${body}`);
	await lookUntil(async () => (await countRows(visitor, id)) === 0 || undefined);
}

/** The list of procedures to choose from is read from the warehouse: a procedure is in it as soon as it has results. */
async function countRows(visitor: Visitor, procedure: string): Promise<number> {
	const { body } = await visitor.get(`/api/analytics/score-distribution?procedure=${procedure}&format=json`);
	return JSON.parse(body).meta?.rows ?? 0;
}

async function lookUntil<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
	const until = performance.now() + LONGEST_SECONDS * 1000;
	while (performance.now() < until) {
		const found = await look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MILLISECONDS));
	}
	throw new Error('the import did not come to its end in time');
}
