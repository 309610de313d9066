import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { listTypes } from '../corpus/check-corpus.ts';
import { chooseSample } from '../corpus/sample.ts';
import { walkCorpus } from '../corpus/walk-corpus.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { sharedData } from '../support/shared-data.ts';
import { makeSmallInstallation } from '../support/small-installation.ts';

/** Some of SurveyJS's own definitions from the workshop to the export; the whole corpus: `npm run check-surveys`. */

const folder = String(sharedData('surveyjs/definitions'));
test.skip(folder === 'undefined', 'skipped only without the real data');

let server: TestServer;
test.beforeAll(async () => {
	test.setTimeout(180_000);
	server = await startTestServer(makeSmallInstallation);
});
test.afterAll(() => server?.stop());

test('forms with every question type are published, answered in a page, stored and exported', async ({
	browser,
}) => {
	test.setTimeout(240_000);
	const sample = chooseSample(folder);
	const types = new Set(
		sample.flatMap((file) => listTypes(JSON.parse(readFileSync(join(folder, file), 'utf8')))),
	);
	expect(types.size).toBe(21);
	const forms = await walkCorpus({ server, browser }, folder, sample);
	for (const { file, refused, faults, isStored, isExported } of forms)
		expect.soft({ file, refused, faults, isStored, isExported }).toEqual({
			file,
			refused: [],
			faults: [],
			isStored: true,
			isExported: true,
		});
});
