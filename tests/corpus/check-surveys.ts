import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkCorpus } from './check-corpus.ts';
import { countCorpus, describeCorpus, type RenderReport } from './report.ts';

/** `npm run check-surveys -- FOLDER [--write]`: prints the report of a folder of definitions; `--write` keeps it in docs. */
const root = join(import.meta.dirname, '../..');
const rendered = join(root, 'var/corpus-render.json');

const [folder] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (!folder) {
	process.stderr.write('npm run check-surveys -- FOLDER [--write]\n');
	process.exit(2);
}
const report = await checkCorpus(resolve(process.env.INIT_CWD ?? process.cwd(), folder));
const counts = countCorpus(report);
process.stdout.write(`${JSON.stringify(counts, null, '\t')}\n`);
if (process.argv.includes('--write')) {
	const render = existsSync(rendered) ? (JSON.parse(readFileSync(rendered, 'utf8')) as RenderReport) : null;
	writeFileSync(join(root, 'docs/survey-corpus.md'), describeCorpus(report, render));
}
process.exit(counts.failed.length > 0 || !counts.verified ? 1 : 0);
