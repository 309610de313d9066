import { expect, it } from 'vitest';
import { checkCorpus } from './corpus/check-corpus.ts';
import { countCorpus } from './corpus/report.ts';
import { sharedData } from './support/shared-data.ts';

const folder = sharedData('surveyjs/definitions');

it.skipIf(!folder)(
	'the corpus passes whole, or is refused with a reason (skipped only without the real data)',
	{ timeout: 300_000 },
	async () => {
		const { failed, verified, surveys, passed, refused } = countCorpus(await checkCorpus(String(folder)));
		expect(failed).toEqual([]);
		expect(verified).toBe(true);
		expect({ surveys, passed, refused }).toEqual({ surveys: 300, passed: 244, refused: 56 });
	},
);
