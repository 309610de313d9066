import { parseArgs } from 'node:util';
import { assessmentTruth } from '#data/simulation/assessment-truth.ts';
import { readTruth, TruthError } from '#data/simulation/read-truth.ts';
import { surveyTruth } from '#data/simulation/survey-truth.ts';
import { writeAssessment } from '#data/simulation/write-assessment.ts';
import { FolderNotEmpty } from '#data/simulation/write-folder.ts';
import { writeSurvey } from '#data/simulation/write-survey.ts';
import { FileError } from '#data/warehouse/file-error.ts';
import { schemaWords } from '../language.ts';
import { type Command, pathFrom, Refusal, say, type Terminal, UsageError } from './command.ts';

const MOST_FAULTS = 10;
/** Persons or schools between two lines of a log. */
const STEPS = { survey: 100_000, assessment: 1000 } as const;

/** Makes data from known truth: assessments that `analyze objectivity` and the import read, surveys for `analyze scale`. */
export const simulate: Command = {
	usage: [
		'assessment --truth FILE --to FOLDER [--seed N]',
		'survey --truth FILE --to FOLDER [--seed N]',
	].join('\n'),
	async run(terminal) {
		const { values, positionals } = parseArgs({
			args: terminal.words,
			allowPositionals: true,
			options: {
				truth: { type: 'string' },
				to: { type: 'string' },
				seed: { type: 'string' },
				json: { type: 'boolean' },
				lang: { type: 'string' },
			},
		});
		const [what, ...more] = positionals;
		if ((what !== 'assessment' && what !== 'survey') || more.length > 0)
			throw new UsageError(say(terminal, 'simulate.unknown', { name: [what, ...more].join(' ') }));
		if (!values.truth) throw new UsageError(say(terminal, 'simulate.truth-needed'));
		if (!values.to) throw new UsageError(say(terminal, 'simulate.folder-needed'));
		const seed = values.seed === undefined ? undefined : Number(values.seed);
		if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
			throw new UsageError(say(terminal, 'wrong-option', { option: '--seed', value: values.seed }));
		const folder = pathFrom(terminal, values.to);
		const words = schemaWords[terminal.language];
		const told = (done: number, total: number): void => {
			if (done % STEPS[what] === 0) {
				terminal.showProgress(null);
				terminal.tell(say(terminal, 'simulate.step', { done, total }));
			}
			terminal.showProgress({ stage: 'simulating', share: done / total });
		};
		const path = pathFrom(terminal, values.truth);
		try {
			let written: { seed: number; [count: string]: number };
			if (what === 'assessment') {
				const truth = await readTruth(path, assessmentTruth, words);
				const used = seed ?? truth.seed ?? 1;
				written = { seed: used, ...(await writeAssessment(truth, used, folder, told)) };
			} else {
				const truth = await readTruth(path, surveyTruth, words);
				const used = seed ?? truth.seed ?? 1;
				written = { seed: used, ...(await writeSurvey(truth, used, folder, told)) };
			}
			terminal.showProgress(null);
			terminal.print(
				values.json
					? JSON.stringify({ folder, ...written })
					: say(terminal, `simulate.made-${what}`, { folder, ...written }),
			);
			return 0;
		} catch (error) {
			terminal.showProgress(null);
			throw refusalOf(terminal, path, error);
		}
	},
};

/** What is wrong with the truth or the folder, where, and what to do about it. */
function refusalOf(terminal: Terminal, path: string, error: unknown): unknown {
	if (error instanceof FolderNotEmpty)
		return new Refusal(say(terminal, 'simulate.folder-not-empty', { folder: error.message }));
	if (error instanceof FileError && (error.code === 'unreadable' || error.code === 'not-json'))
		return new Refusal(say(terminal, `simulate.${error.code}`, { file: path, value: error.place.value }));
	if (!(error instanceof TruthError)) return error;
	const lines = error.faults
		.slice(0, MOST_FAULTS)
		.map(({ path: place, fault, values, message }) =>
			[place, fault === null ? message : say(terminal, `simulate.fault.${fault}`, values)]
				.filter((part) => part !== '')
				.join(': '),
		);
	if (error.faults.length > MOST_FAULTS)
		lines.push(say(terminal, 'simulate.more-faults', { n: error.faults.length - MOST_FAULTS }));
	return new Refusal([say(terminal, 'simulate.wrong-truth', { file: path }), ...lines].join('\n'));
}
