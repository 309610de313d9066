import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listInstrumentVersions } from '#data/records/diagnostics/instruments.ts';
import { openRecords } from '#data/records/store.ts';
import { changeDraftState, findVisibleDraft } from '#data/records/workshop/drafts.ts';
import { createRandom } from '#data/simulation/random.ts';
import { publishShipped } from '#server/published.ts';
import { packInstrument } from '#server/workshop/archive.ts';
import { deriveSigningKey } from '#server/workshop/signing.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { startFromTemplate } from '#surveys/workshop/templates.ts';
import { type Outcome, runOpora } from '../support/opora.ts';

const entry = fileURLToPath(new URL('../../server/opora.ts', import.meta.url));
const here = mkdtempSync(join(tmpdir(), 'opora-commands-'));
const data = join(here, 'data');
const started: ChildProcess[] = [];

/** Runs the command line as a person in the folder `here` would. */
function opora(words: string[], environment: Record<string, string> = {}): Promise<Outcome> {
	return runOpora(words, { INIT_CWD: here, OPORA_DATA: data, LANG: 'C.UTF-8', PORT: '0', ...environment });
}

const procedure = {
	id: 'p1',
	kind: 'vpr',
	year: 2026,
	grade: 5,
	subject: 'math',
	max_score: 10,
	cutoffs: { '3': 4, '4': 6, '5': 8 },
	fail_below: null,
	items: [],
};
const resultsOf = (marks: number[]): string =>
	['school,municipality,procedure,score', ...marks.map((score) => `S1,M1,p1,${score}`)].join('\n');

beforeAll(() => {
	writeFileSync(join(here, 'procedures.json'), JSON.stringify([procedure]));
	writeFileSync(
		join(here, 'results.csv'),
		resultsOf(Array.from({ length: 40 }, (_, index) => (index < 30 ? 1 : 9))),
	);
	writeFileSync(join(here, 'bad.csv'), 'school,procedure,score\nS1,p1,many\n');
});
afterAll(() => {
	for (const child of started) child.kill('SIGKILL');
	rmSync(here, { recursive: true, force: true });
});

describe('opora', () => {
	it('explains itself, in both languages', async () => {
		const russian = await opora(['--help']);
		expect(russian).toMatchObject({ code: 0, err: '' });
		const english = await opora(['import', '--help', '--lang', 'en']);
		expect(english.out).toMatch(/^Imports a file/);
		for (const name of [
			'serve',
			'init',
			'demo',
			'import',
			'analyze',
			'simulate',
			'rebuild-warehouse',
			'verify',
			'user',
		]) {
			expect(russian.out).toContain(name);
			const help = await opora([name, '--help']);
			expect(help.code, name).toBe(0);
			expect(help.out, name).toMatch(/[а-я]{4}/i);
			expect(help.out, name).not.toContain('cli.');
		}
	}, 60_000);

	it('answers wrong usage with 2 and the help, on stderr', async () => {
		for (const words of [
			[],
			['dance'],
			['import', 'recipes', 'a.csv'],
			['verify', '--hard'],
			['user', 'add'],
		]) {
			const outcome = await opora(words);
			expect(outcome.code, words.join(' ')).toBe(2);
			expect(outcome.out).toBe('');
			expect(outcome.err).toContain('opora');
		}
	}, 60_000);

	it('does not start with a wrong setting, and names it', async () => {
		const outcome = await opora(['serve'], { PORT: 'eighty', LOG_LEVEL: 'loud', TZ: 'Mars/Olympus' });
		expect(outcome.code).toBe(2);
		for (const name of ['PORT', 'LOG_LEVEL', 'TZ']) expect(outcome.err).toContain(name);
	});
});

describe('an installation from the shell', () => {
	it('is made once', async () => {
		const made = await opora(['init', '--name', 'Округ', '--admin', 'chief', '--json']);
		expect(made.code, made.err).toBe(0);
		expect(JSON.parse(made.out)).toMatchObject({ login: 'chief', folder: data });
		expect((await opora(['init', '--name', 'Округ', '--admin', 'chief'])).code).toBe(1);
		const nobody = await opora(['init', '--name', 'Округ'], { OPORA_DATA: join(here, 'other') });
		expect(nobody.code).toBe(2);
	});

	it('gets accounts', async () => {
		const place = ['--role', 'methodist', '--place', 'municipality/M1'];
		const added = await opora(['user', 'add', 'anna', '--name', 'Анна', ...place, '--json']);
		expect(added.code, added.err).toBe(0);
		const account = JSON.parse(added.out);
		expect(account).toMatchObject({ login: 'anna', role: 'methodist' });
		expect(account.password.length).toBeGreaterThanOrEqual(10);
		expect((await opora(['user', 'add', 'anna', '--name', 'Анна'])).code).toBe(1);
		const nowhere = ['--role', 'leader', '--place', 'municipality/M9'];
		expect((await opora(['user', 'grant', 'anna', ...nowhere])).code).toBe(1);
		expect(
			(await opora(['user', 'grant', 'anna', '--role', 'boss', '--place', 'municipality/M1'])).code,
		).toBe(2);
		expect((await opora(['user', 'disable', 'nobody'])).code).toBe(1);
	}, 60_000);

	it('takes files in: refused rows come back as a file, the same file twice changes nothing', async () => {
		const procedures = await opora(['import', 'procedures', 'procedures.json', '--json']);
		expect(procedures.code, procedures.err).toBe(0);
		writeFileSync(
			join(here, 'mixed.csv'),
			`${readFileSync(join(here, 'results.csv'), 'utf8')}\nS1,M1,p1,99x\n`,
		);
		const dry = await opora(['import', 'results', 'mixed.csv', '--dry-run', '--json']);
		expect(JSON.parse(dry.out)).toMatchObject({ new: 40, refused: 1, batch: null });
		const stored = await opora(['import', 'results', 'mixed.csv', '--json']);
		expect(stored.code, stored.err).toBe(0);
		const report = JSON.parse(stored.out);
		expect(report).toMatchObject({ new: 40, changed: 0, skipped: 0, refused: 1 });
		expect(report.batch).toMatch(/^[0-9a-f-]{36}$/);
		expect(report.refused_file).toBe(join(here, 'mixed.refused.csv'));
		expect(readFileSync(report.refused_file, 'utf8')).toContain('99x');
		const again = await opora(['import', 'results', 'mixed.csv', '--json']);
		expect(again.code).toBe(1);
		expect(again.err).toContain('mixed.csv');
		const bad = await opora(['import', 'results', 'bad.csv', '--json']);
		expect(bad.code).toBe(1);
		expect((await opora(['import', 'results', 'missing.csv'])).code).toBe(1);
	}, 60_000);

	it('takes in a list of the authority and a table of marks, and refuses the list a second time', async () => {
		const titles = 'Год;Логин;4 РУ;4 МА;5 РУ;5 МА;Количество маркеров';
		writeFileSync(join(here, 'list.csv'), `${titles}\n2025;S1;1;0;0;0;1\n2025;S1;1;0;0;0;3\n`);
		const list = await opora(['import', 'federal-list', 'list.csv', '--json']);
		expect(list.code, list.err).toBe(0);
		expect(JSON.parse(list.out)).toMatchObject({ new: 1, refused: 1 });
		expect((await opora(['import', 'federal-list', 'list.csv'])).code).toBe(1);
		writeFileSync(join(here, 'marks.csv'), 'Логин;Кол-во участников;2;3;4;5\nS1;20;5;45;30;20\n');
		const marks = await opora(['import', 'results', 'marks.csv', '--procedure', 'p1', '--json']);
		expect(marks.code, marks.err).toBe(0);
		expect(JSON.parse(marks.out)).toMatchObject({ new: 1, refused: 0 });
		const verified = await opora(['verify', '--json']);
		expect(verified.code, verified.out + verified.err).toBe(0);
	}, 60_000);

	it('writes templates', async () => {
		const outcome = await opora(['import', 'staff', '--template', 'staff.xlsx']);
		expect(outcome.code, outcome.err).toBe(0);
		expect(readFileSync(join(here, 'staff.xlsx')).subarray(0, 2).toString()).toBe('PK');
	});

	it('takes instruments in as drafts: a survey, a sheet, a signed archive; two people publish', async () => {
		const survey = {
			title: 'Опрос из файла',
			pages: [{ elements: [{ type: 'text', name: 'q1', title: 'Что обсудить?' }] }],
		};
		writeFileSync(join(here, 'survey.json'), JSON.stringify(survey));
		const dry = await opora(['import', 'instrument', 'survey.json', '--dry-run', '--json']);
		expect(dry.code, dry.err).toBe(0);
		expect(JSON.parse(dry.out)).toMatchObject({ kind: 'survey', new: 1, batch: null, signed_by: null });
		const taken = await opora(['import', 'instrument', 'survey.json', '--json']);
		expect(taken.code, taken.err).toBe(0);
		const { batch, instrument } = JSON.parse(taken.out);
		// what is missing is said on stderr, with the remedy
		expect(taken.err).toMatch(/языке «en»/);
		expect(instrument).toBe('opros-iz-fayla');
		const again = JSON.parse((await opora(['import', 'instrument', 'survey.json', '--json'])).out);
		expect(again.instrument).not.toBe(instrument);

		expect((await opora(['import', 'instrument', '--template', 'questions.xlsx'])).code).toBe(0);
		const sheet = await opora(['import', 'instrument', 'questions.xlsx', '--json']);
		expect(sheet.code, sheet.err).toBe(0);
		expect(JSON.parse(sheet.out)).toMatchObject({ kind: 'sheet', refused: 0, batch: expect.any(String) });

		const records = await openRecords({ folder: data });
		const content = startFromTemplate('self-assessment', 'from-elsewhere')!;
		const archive = packInstrument(
			content,
			'Соседний округ',
			deriveSigningKey('a secret of another municipality'),
		);
		writeFileSync(join(here, 'archive.zip'), archive);
		const signed = await opora(['import', 'instrument', 'archive.zip', '--json']);
		expect(signed.code, signed.err).toBe(0);
		const draft = JSON.parse(signed.out);
		expect(draft).toMatchObject({ kind: 'archive', signed_by: 'Соседний округ', follows: null });
		const kept = await findVisibleDraft(records.db, draft.batch, ['municipality/M1']);
		expect(kept).toMatchObject({ state: 'draft', editors: ['shell'], based_on: null });
		// who sends it to review has answered for it, and cannot be its second person
		await records.transaction((trx) =>
			changeDraftState(trx, draft.batch, 'in_review', { revision: 1, by: 'anna', comment: '' }),
		);
		const sent = await findVisibleDraft(records.db, draft.batch, ['municipality/M1']);
		expect(sent?.editors).toEqual(['shell', 'anna']);
		const published = await listInstrumentVersions(records.db);
		expect(published.map((row) => row.instrument)).not.toContain(draft.instrument);
		expect((await findVisibleDraft(records.db, batch, ['municipality/M1']))?.created_by).toBe('shell');

		// a later archive of what stands here is its next version
		const shipped = listShippedInstruments()[0]!;
		const own = { survey: shipped.survey, key: shipped.key, card: shipped.card };
		await publishShipped(records);
		await records.close();
		writeFileSync(
			join(here, 'next.zip'),
			packInstrument(own as never, 'Соседний округ', deriveSigningKey('a secret of another municipality')),
		);
		const next = await opora(['import', 'instrument', 'next.zip', '--json']);
		expect(JSON.parse(next.out)).toMatchObject({
			instrument: shipped.key.instrument,
			follows: shipped.key.version,
		});
	}, 120_000);

	it('refuses what is no instrument, and says what and where', async () => {
		writeFileSync(join(here, 'bad.xlsx.csv'), 'Вопрос;Вид\nЧто?;гадание\n');
		const sheet = await opora(['import', 'instrument', 'bad.xlsx.csv', '--json']);
		expect(sheet.code).toBe(1);
		expect(sheet.err).toMatch(/bad\.xlsx\.csv.*2/);
		expect(JSON.parse(sheet.out)).toMatchObject({ new: 0, refused: 1, batch: null });
		writeFileSync(join(here, 'broken.json'), '{ "pages": [');
		expect((await opora(['import', 'instrument', 'broken.json'])).err).toMatch(/JSON/);
		const remote = {
			elements: [{ type: 'dropdown', name: 'q', choicesByUrl: { url: 'https://example.org' } }],
		};
		writeFileSync(join(here, 'remote.json'), JSON.stringify(remote));
		const dangerous = await opora(['import', 'instrument', 'remote.json', '--lang', 'en']);
		expect(dangerous.code).toBe(1);
		expect(dangerous.err).toMatch(/network/);
		const content = startFromTemplate('self-assessment', 'forged')!;
		const archive = packInstrument(content, 'Сосед', deriveSigningKey('a secret of another municipality'));
		const files = unzipSync(archive);
		writeFileSync(
			join(here, 'forged.zip'),
			zipSync({ ...files, 'key.json': strToU8(`${strFromU8(files['key.json']!)} `) }),
		);
		const forged = await opora(['import', 'instrument', 'forged.zip']);
		expect(forged.code).toBe(1);
		expect(forged.err).toContain('key.json');
		expect((await opora(['import', 'instrument', 'missing.json'])).code).toBe(1);
		expect((await opora(['import', 'instrument'])).code).toBe(2);
		const nowhere = await opora(['import', 'instrument', 'survey.json', '--municipality', 'M9']);
		expect(nowhere.code).toBe(1);
		expect(nowhere.err).toContain('--municipality');
	}, 120_000);

	it('is verified, and its warehouse rebuilt', async () => {
		const verified = await opora(['verify', '--json']);
		expect(verified.code, verified.err).toBe(0);
		expect(JSON.parse(verified.out)).toMatchObject({ sound: true, audit_broken_at: null });
		const rebuilt = await opora(['rebuild-warehouse', '--json']);
		expect(JSON.parse(rebuilt.out)).toMatchObject({ rebuilt: true });
	}, 60_000);
});

describe('a server', () => {
	it('serves beside imports, refuses what must be alone by its process id, and goes with grace', async () => {
		const child = spawn(process.execPath, [entry, 'serve'], {
			env: { ...process.env, OPORA_DATA: data, PORT: '0', LOG_LEVEL: 'error' },
		});
		started.push(child);
		const address = await new Promise<string>((resolve, reject) => {
			child.on('exit', (code) => reject(new Error(`ended with ${code}`)));
			child.stdout.on('data', (piece) => {
				const found = /http:\/\/[\w.:]+/.exec(String(piece));
				if (found) resolve(found[0]);
			});
		});
		expect((await fetch(`${address}/healthz`)).status).toBe(200);
		for (const words of [['verify'], ['rebuild-warehouse'], ['serve']]) {
			const refused = await opora(words);
			expect(refused.code, words.join()).toBe(1);
			expect(refused.err).toContain(String(child.pid));
		}
		writeFileSync(join(here, 'more.csv'), resultsOf([5, 6, 7]));
		expect((await opora(['import', 'results', 'more.csv', '--json'])).code).toBe(0);
		expect((await opora(['user', 'disable', 'anna'])).code).toBe(0);
		const closed = new Promise<number | null>((resolve) => child.on('exit', resolve));
		child.kill('SIGTERM');
		expect(await closed).toBe(0);
		expect(existsSync(join(data, 'server.lock'))).toBe(false);
	}, 90_000);
});

describe('analyze', () => {
	const none = { OPORA_DATA: join(here, 'never-made') };

	it('needs no folder, and prints one document', async () => {
		const files = ['--results', 'results.csv', '--procedures', 'procedures.json', '--json'];
		const low = await opora(['analyze', 'low-results', ...files], none);
		expect(low.code, low.err).toBe(0);
		const [school] = JSON.parse(low.out).schools;
		expect(school).toMatchObject({ school: 'S1', year: 2026 });
		expect(school.procedures[0]).toMatchObject({ procedure: 'p1', n: 40, fail: 30, share: 0.75, low: true });
		const objectivity = await opora(['analyze', 'objectivity', ...files], none);
		expect(objectivity.code, objectivity.err).toBe(0);
		const report = JSON.parse(objectivity.out);
		expect(report.reference).toBe('leave-one-out');
		expect(Object.keys(report.schools[0].families)).toEqual(['mean', 'border', 'journal', 'pattern']);
		expect(existsSync(none.OPORA_DATA)).toBe(false);
		const table = await opora(['analyze', 'low-results', ...files.slice(0, -1)], none);
		expect(table.out.split('\n')[0]).toMatch(/^school/);
	}, 60_000);

	it('names file, row and column of what it cannot take', async () => {
		const outcome = await opora(
			['analyze', 'low-results', '--results', 'bad.csv', '--procedures', 'procedures.json'],
			none,
		);
		expect(outcome.code).toBe(1);
		for (const word of ['bad.csv', 'row 2', 'score']) expect(outcome.err).toContain(word);
		const reference = join(here, 'reference.json');
		writeFileSync(reference, '{"p1":{"pmf":[0.5,0.4]}}');
		const files = [
			'--results',
			'results.csv',
			'--procedures',
			'procedures.json',
			'--reference',
			'reference.json',
		];
		const wrong = await opora(['analyze', 'objectivity', ...files], none);
		expect(wrong.code).toBe(1);
		expect(wrong.err).toContain('reference.json');
		expect((await opora(['analyze', 'low-results', ...files, '--threshold', '7'], none)).code).toBe(2);
	}, 60_000);

	it('looks for bunching in a whole examination and for gains of cohorts, from files alone', async () => {
		const scores = Array.from({ length: 101 }, (_, score) => {
			const bell = Math.round(5_000 * Math.exp(-((score - 60) ** 2) / 700));
			return score >= 60 && score < 65
				? [score, Math.round(0.3 * bell)]
				: [score, score === 65 ? 3 * bell : bell];
		});
		const write = (name: string, rows: unknown[][]) =>
			writeFileSync(join(here, name), `${rows.map((row) => row.join(';')).join('\n')}\n`);
		// half points with the decimal comma: the scale has the step .5
		const halves = scores.map(([score, count]) => [String(score! / 2).replace('.', ','), count!]);
		write('exam.csv', [['score', 'count'], ...halves]);
		const words = ['analyze', 'bunching', '--data', 'exam.csv', '--step', '.5', '--json'];
		const at = async (cutoff: string) => opora([...words, '--cutoff', cutoff], none);
		const lifted = await at('32.5');
		expect(lifted.code, lifted.err).toBe(0);
		expect(JSON.parse(lifted.out)).toMatchObject({ cutoff: 32.5, window: 2.5 });
		expect(JSON.parse(lifted.out).p).toBeLessThan(0.001);
		expect(JSON.parse((await at('20')).out).p).toBeGreaterThan(0.05);
		expect((await at('20.3')).err).toContain('--step');
		expect((await at('1')).code).toBe(1);
		expect((await at('many')).code).toBe(2);
		// a row per paper is the same as its count
		const papers = [['score'], ...Array.from({ length: 60 }, (_, index) => [index % 30])];
		write('papers.csv', papers);
		const flat = await opora(
			['analyze', 'bunching', '--data', 'papers.csv', '--cutoff', '15', '--json'],
			none,
		);
		expect(JSON.parse(flat.out)).toMatchObject({ below: 2, above: 2 });

		const cohorts = Array.from({ length: 40 }, (_, index) => {
			const before = 30 + ((index * 7) % 20);
			const after = 5 + 0.8 * before + ((index * 5) % 7) - 3 + (index === 13 ? 15 : 0);
			return [index % 2 ? 'четвёртый' : 'пятый', before, 25, after, 30];
		});
		write('gains.csv', [['grade', 'before', 'n_before', 'after', 'n_after'], ...cohorts]);
		const gains = await opora(
			['analyze', 'gains', '--data', 'gains.csv', '--group', 'grade', '--json'],
			none,
		);
		expect(gains.code, gains.err).toBe(0);
		const { rows } = JSON.parse(gains.out) as { rows: { row: number; group: string; p: number }[] };
		expect(rows.map(({ row }) => row)).toEqual(cohorts.map((_, index) => index + 2));
		expect(rows.filter(({ p }) => p < 0.001)).toMatchObject([{ row: 15, group: 'четвёртый' }]);
		expect(gains.err).toContain('40');
		write('broken.csv', [
			['before', 'n_before', 'after', 'n_after'],
			[30, 25, 'много', 20],
		]);
		const broken = await opora(['analyze', 'gains', '--data', 'broken.csv'], none);
		expect(broken.code).toBe(1);
		for (const word of ['broken.csv', 'row 2', 'column after']) expect(broken.err).toContain(word);
		expect((await opora(['analyze', 'gains'], none)).code).toBe(2);
	}, 60_000);

	it('names pairs whose raw answers are too much alike, from a file and its key', async () => {
		const items = Array.from({ length: 20 }, (_, index) => `q${index + 1}`);
		const letters = ['А', 'Б', 'В', 'Г'];
		const random = createRandom(12);
		// everybody answers apart, but 0417 hands in the paper of 0203
		const papers = Array.from({ length: 120 }, (_, person) =>
			items.map(() => (random.chance(0.4 + ((person + 2) % 5) * 0.1) ? 'А' : letters[random.integer(1, 3)]!)),
		);
		const lines = Array.from({ length: 120 }, (_, person) => {
			const code = person === 17 ? '0417' : person === 3 ? '0203' : `p${person}`;
			const answers = [...papers[person === 17 ? 3 : person]!];
			if (person === 17) answers[0] = answers[0]!.toLowerCase();
			return [code, `5${letters[person % 4]}`, ...answers];
		});
		lines[17]![1] = lines[3]![1]!;
		const file = (name: string, rows: string[][]) =>
			writeFileSync(join(here, name), `${rows.map((row) => row.join(',')).join('\n')}\n`);
		file('letters.csv', [['code', 'class', ...items], ...lines]);
		writeFileSync(
			join(here, 'letters.json'),
			JSON.stringify(Object.fromEntries(items.map((item) => [item, 'а']))),
		);
		const words = ['analyze', 'similarity', '--data', 'letters.csv', '--key', 'letters.json'];
		const choice = ['--person', 'code', '--group', 'class'];
		const found = await opora([...words, ...choice, '--json'], none);
		expect(found.code, found.err).toBe(0);
		const report = JSON.parse(found.out);
		expect(report).toMatchObject({ persons: 120, items: 20 });
		expect(report.pairs).toMatchObject([{ first: '0203', second: '0417', items: 20, matches: 20 }]);
		expect(report.pairs[0].p_adjusted).toBeLessThan(0.01);
		const table = await opora([...words, ...choice, '--lang', 'en'], none);
		expect(table.out).toContain('0417');
		expect(table.err).toContain('not a finding');
		file('few.csv', [['code', 'class', ...items], ...lines.slice(0, 30)]);
		const few = await opora(['analyze', 'similarity', '--data', 'few.csv', '--key', 'letters.json'], none);
		expect([few.code, few.err.includes('--group')]).toEqual([1, true]);
		expect((await opora([...words, '--person', 'name'], none)).err).toContain('name');
		file('essay.csv', [
			['code', ...items],
			...lines.map(([code, , ...answers], row) => [code!, `text ${row}`, ...answers.slice(1)]),
		]);
		const essay = await opora(
			['analyze', 'similarity', '--data', 'essay.csv', '--key', 'letters.json'],
			none,
		);
		expect([essay.code, essay.err.includes('q1')]).toEqual([1, true]);
		expect((await opora(words.slice(0, 4), none)).code).toBe(2);
	}, 60_000);

	it('analyses a scale and the bias of its items from a file of answers', async () => {
		const lines = Array.from(
			{ length: 60 },
			(_, i) => `p${i},${i % 2},${(i >> 1) % 2},${i % 3 ? 1 : 0},g${i % 2}`,
		);
		writeFileSync(join(here, 'answers.csv'), `who,a,b,c,class\n${lines.join('\n')}\n`);
		const choice = ['--data', 'answers.csv', '--skip', 'class', '--person', 'who'];
		const scale = await opora(['analyze', 'scale', ...choice, '--json'], none);
		expect(scale.code, scale.err).toBe(0);
		const report = JSON.parse(scale.out);
		expect(Object.keys(report)).toEqual(
			'n,items,alpha,alpha_ci,omega_total,sem,separation,person_table,notes'.split(','),
		);
		expect(report.items.map(({ item }: { item: string }) => item)).toEqual(['a', 'b', 'c']);
		const table = await opora(['analyze', 'scale', ...choice], none);
		expect(table.out).toContain('andersen_lr');
		const words = ['analyze', 'dif', '--data', 'answers.csv', '--group', 'class', '--skip', 'who', '--json'];
		const bias = await opora(words, none);
		expect(bias.code, bias.err).toBe(0);
		expect(JSON.parse(bias.out)).toMatchObject({ reference: 'g0', groups: [{ n: 30 }, { n: 30 }] });
		const logistic = await opora([...words, '--method', 'logistic'], none);
		expect(JSON.parse(logistic.out).items[1]).toMatchObject({ item: 'b', effect_kind: 'delta-r2' });
		expect((await opora([...words, '--method', 'guess'], none)).code).toBe(2);
		const wrong = await opora(['analyze', 'scale', '--data', 'answers.csv', '--lang', 'en'], none);
		expect(wrong.code).toBe(1);
		for (const word of ['answers.csv', 'row 2', 'column who', '--skip']) expect(wrong.err).toContain(word);
		for (const usage of [['scale'], ['dif', '--data', 'answers.csv'], ['scale', ...choice, '--items', 'a']])
			expect((await opora(['analyze', ...usage], none)).code).toBe(2);
	}, 120_000);
});
