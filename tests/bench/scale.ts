import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseScale } from '#analytics/scale/report.ts';
import { type AnswerPatterns, countCodes } from '#analytics/statistics/answer-patterns.ts';
import { partialCredit } from '#analytics/statistics/partial-credit.ts';
import { countRanked, rawScoreGroups } from '#analytics/statistics/raw-score-groups.ts';
import { readResponseMatrix } from '#data/warehouse/response-matrix.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { freshFolder } from './folders.ts';
import type { Measure, NotRun } from './goal.ts';
import { raschAnswers } from './rasch-answers.ts';
import { secondsOf } from './timing.ts';

const ROUNDS = 5;
const PERSONS = 20_000;
const ITEMS = 60;
const GOAL = 'G15';
const MEASURE = `R eRm RM ÷ counting and difficulties, ${PERSONS} × ${ITEMS}, both from the matrix on`;

/** G15: difficulties by R's conditional likelihood alone, held against ours of the same matrix; the whole report stands in the detail. */
export async function measure(): Promise<(Measure | NotRun)[]> {
	const file = join(freshFolder(), 'answers.csv');
	writeFileSync(file, [...raschAnswers(PERSONS, ITEMS)].join(''));
	const script = `suppressMessages(library(eRm)); x <- read.csv("${file}"); cat(system.time(RM(x))[["elapsed"]])`;
	const peer = spawnSync('Rscript', ['-e', script], { encoding: 'utf8' });
	if (peer.status !== 0)
		return [{ goal: GOAL, measure: MEASURE, reason: 'R with eRm is needed: apt-get install r-cran-erm' }];
	const peerSeconds = Number(peer.stdout);
	const scratch = await openScratch();
	const matrix = await readResponseMatrix(scratch, { data: file });
	const seconds: number[] = [];
	const report_seconds: number[] = [];
	while (seconds.length < ROUNDS) {
		seconds.push(await secondsOf(async () => void estimate(matrix)));
		report_seconds.push(
			await secondsOf(async () => {
				const read = await readResponseMatrix(scratch, { data: file });
				analyseScale(read, { titles: read.titles, language: 'ru' });
			}),
		);
	}
	await scratch.close();
	const median = seconds.toSorted((a, b) => a - b)[ROUNDS >> 1]!;
	return [
		{
			goal: GOAL,
			measure: MEASURE,
			unit: '×',
			value: peerSeconds / median,
			floor: 100,
			target: 500,
			better: 'higher',
			detail: { seconds, report_seconds, peer_seconds: peerSeconds },
		},
	];
}

function estimate(patterns: AnswerPatterns): unknown {
	const maxima = countCodes(patterns).map((counts) => counts.length - 1);
	const groups = rawScoreGroups(patterns, maxima);
	return partialCredit(groups, countRanked(patterns, groups, maxima));
}
