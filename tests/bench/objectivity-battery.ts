import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { freshFolder } from './folders.ts';
import type { Measure } from './goal.ts';
import { regionFiles } from './result-files.ts';
import { runCommand } from './server-process.ts';
import { secondsOf } from './timing.ts';

const ROUNDS = 5;

/** G16: the battery over one year of a region, in this process on loaded data, and as a command from the files on. */
export async function measure(): Promise<Measure[]> {
	const { results, procedures, source, pupils } = regionFiles();
	const scratch = await openScratch();
	const loading = { places: [] as string[], schools: 0 };
	const seconds_to_load = await secondsOf(async () => {
		Object.assign(loading, await loadResults(scratch, { results, procedures }));
	});
	// Once: asked again for the same rows, the battery remembers its answer.
	const battery = await secondsOf(() =>
		analyseObjectivity(scratch, { places: loading.places, language: 'ru' }),
	);
	await scratch.close();
	const folder = freshFolder();
	const words = ['analyze', 'objectivity', '--json', '--results', results, '--procedures', procedures];
	const commands: number[] = [];
	while (commands.length < ROUNDS) commands.push(await secondsOf(() => runCommand(words, folder)));
	const size = { source, pupils, schools: loading.schools };
	return [
		{
			goal: 'G16',
			measure: `objectivity battery, ${pupils} results of ${loading.schools} schools (${source})`,
			unit: 's',
			value: battery,
			floor: 10,
			target: 3,
			better: 'lower',
			detail: { ...size, seconds_to_load },
		},
		{
			goal: 'analyze',
			measure: 'analyze objectivity of one year, the command from files to report',
			unit: 's',
			value: Math.min(...commands),
			floor: 10,
			target: null,
			better: 'lower',
			detail: { ...size, seconds: commands },
		},
	];
}
