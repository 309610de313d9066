import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { analyseBias } from '#analytics/scale/bias-report.ts';
import { readResponseMatrix } from '#data/warehouse/response-matrix.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import type { Terminal } from '#server/commands/command.ts';
import { simulate } from '#server/commands/simulate.ts';
import { runOpora } from '../support/opora.ts';

const here = mkdtempSync(join(tmpdir(), 'opora-simulate-'));
afterAll(() => rmSync(here, { recursive: true, force: true }));

/** Types a command in the folder `here`; a refusal is told like the command line does. */
async function type(words: string[], language: Terminal['language'] = 'ru') {
	const said = { out: '', code: 0 };
	const terminal: Terminal = {
		words,
		environment: { INIT_CWD: here },
		language,
		print: (text) => {
			said.out += text;
		},
		tell: () => {},
		showProgress: () => {},
	};
	said.code = await simulate.run(terminal);
	return said;
}

function truthFile(name: string, truth: unknown): string {
	writeFileSync(join(here, name), typeof truth === 'string' ? truth : JSON.stringify(truth));
	return name;
}

const bytesOf = (folder: string): Record<string, string> =>
	Object.fromEntries(
		readdirSync(join(here, folder))
			.sort()
			.map((name) => [name, readFileSync(join(here, folder, name), 'utf8')]),
	);

describe('simulate assessment', () => {
	test('the battery reads it and finds the planted school; the written truth gives the same bytes again', async () => {
		const truth = { schools: 40, pupils: [40, 90], absence: 0.05, planted: [{ school: 3, lifting: 0.9 }] };
		const made = await type([
			...['assessment', '--truth', truthFile('town.json', truth), '--to', 'town'],
			...['--seed', '7', '--json'],
		]);
		expect(JSON.parse(made.out)).toMatchObject({ seed: 7, schools: 40, procedures: 4 });
		const scratch = await openScratch();
		const place = (name: string) => join(here, 'town', name);
		const loaded = await loadResults(scratch, {
			results: place('results.csv'),
			procedures: place('procedures.json'),
			schools: place('schools.csv'),
		});
		const { schools } = await analyseObjectivity(scratch, { places: loaded.places, language: 'ru' });
		await scratch.close();
		expect(loaded.rows).toBe(JSON.parse(made.out).results);
		expect(loaded.notes).toEqual([]);
		const border = ({ signs }: (typeof schools)[number]) =>
			signs.some(({ id, flagged, procedures }) => id === 'O3' && flagged && procedures.length === 4);
		expect(schools.filter(border).map(({ school }) => school)).toEqual(['S003']);

		await type(['assessment', '--truth', 'town/truth.json', '--to', 'again']);
		expect(bytesOf('again')).toEqual(bytesOf('town'));
		await type(['assessment', '--truth', 'town/truth.json', '--to', 'other', '--seed', '8']);
		expect(bytesOf('other')['results.csv']).not.toBe(bytesOf('town')['results.csv']);
		// Truth stands line by line as the results do.
		const lines = (name: string) => bytesOf('town')[name]!.trim().split('\n').slice(1);
		const results = lines('results.csv').map((line) => line.split(','));
		const truths = lines('truth-results.csv').map((line) => line.split(','));
		expect(truths.map(([school, procedure]) => [school, procedure])).toEqual(
			results.map(([school, , procedure]) => [school, procedure]),
		);
		const isLifted = (index: number) => truths[index]![4] === '1';
		for (const [index, cells] of results.entries())
			if (!isLifted(index)) expect(cells[4]).toBe(truths[index]![3]);
		expect(new Set(truths.flatMap(([school], index) => (isLifted(index) ? [school] : [])))).toEqual(
			new Set(['S003']),
		);
	}, 60_000);

	test('an installation imports it as it stands', async () => {
		await type([
			'assessment',
			'--truth',
			truthFile('two.json', { schools: 3, pupils: [5, 9] }),
			'--to',
			'two',
		]);
		const environment = { INIT_CWD: here, OPORA_DATA: join(here, 'data') };
		const opora = (words: string[]) => runOpora(words, environment);
		expect((await opora(['init', '--name', 'Округ', '--admin', 'chief'])).code).toBe(0);
		for (const kind of ['schools', 'procedures', 'results']) {
			const file = join('two', `${kind}.${kind === 'procedures' ? 'json' : 'csv'}`);
			const { code, out, err } = await opora(['import', kind, file, '--json']);
			expect(code, `${kind}: ${out}${err}`).toBe(0);
			expect(JSON.parse(out)).toMatchObject({ refused: 0 });
			expect(JSON.parse(out).new).toBe(
				bytesOf('two')[`${kind}.csv`]?.trim().split('\n').slice(1).length ?? 4,
			);
		}
	}, 180_000);
});

test('simulate survey: what is biased is found, nothing else', async () => {
	const groups = [
		{ value: 'a', share: 0.5 },
		{ value: 'b', share: 0.5, shift: 0.4 },
	];
	const truth = { persons: 1500, groups, bias: [{ item: 'q4', group: 'b', shift: 1 }] };
	await type(['survey', '--truth', truthFile('survey.json', truth), '--to', 'survey']);
	const scratch = await openScratch();
	const data = join(here, 'survey', 'responses.csv');
	const matrix = await readResponseMatrix(scratch, { data, person: 'person', group: 'group' });
	await scratch.close();
	const report = analyseBias(matrix, matrix.groups, { titles: matrix.titles, language: 'ru' });
	expect(report.items.filter(({ class: grade }) => grade === 'C').map(({ item }) => item)).toEqual(['q4']);
	await type(['survey', '--truth', 'survey/truth.json', '--to', 'survey-again']);
	expect(bytesOf('survey-again')).toEqual(bytesOf('survey'));
}, 60_000);

describe('what cannot be done is refused in both languages, and nothing is left behind', () => {
	const good = truthFile('good.json', {});
	truthFile('bad.json', { pupils: [20, 5], planted: [{ school: 99, lift: 1 }] });
	truthFile('broken.json', '{ "schools": ');
	test.each([
		[['assessment', '--truth', 'bad.json', '--to', 'x'], /pupils: .*возраст/, /pupils: .*ascend/],
		[['assessment', '--truth', 'bad.json', '--to', 'x'], /planted\.0: /, /planted\.0: /],
		[['assessment', '--truth', 'broken.json', '--to', 'x'], /не JSON.*Исправьте/, /not JSON.*Mend/],
		[['survey', '--truth', 'none.json', '--to', 'x'], /не читается/, /cannot be read/],
		[['survey', '--truth', good], /--to/, /--to/],
		[['survey', '--to', 'x'], /--truth/, /--truth/],
		[['weather', '--truth', good, '--to', 'x'], /weather/, /weather/],
		[['survey', '--truth', good, '--to', 'x', '--seed', '-1'], /--seed/, /--seed/],
		[['survey', '--truth', good, '--to', '.'], /не пуста/, /not empty/],
	])('%j', async (words, russian, english) => {
		await expect(type(words)).rejects.toThrow(russian);
		await expect(type(words, 'en')).rejects.toThrow(english);
		expect(existsSync(join(here, 'x'))).toBe(false);
		expect(readdirSync(here).filter((name) => name.startsWith('.'))).toEqual([]);
	});
});
