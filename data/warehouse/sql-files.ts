import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const texts = new Map<string, string>();

/** The text of a .sql file, read once. */
export function readSql(file: string | URL): string {
	const key = String(file);
	let text = texts.get(key);
	if (text === undefined) {
		text = readFileSync(file, 'utf8');
		texts.set(key, text);
	}
	return text;
}

/** Name of a file as a reader of an error message knows it: its last two steps. */
export function shortName(file: string | URL): string {
	const path = file instanceof URL ? fileURLToPath(file) : file;
	return path.replaceAll('\\', '/').split('/').slice(-2).join('/');
}

const here = (path: string): URL => new URL(path, import.meta.url);

/** The tables. */
export const tablesFile = here('tables.sql');

/** Views and macros, each after those it reads. They are made anew at every start. */
export const viewFiles: readonly URL[] = [
	here('views/results/marks.sql'),
	here('views/results/pupil_result.sql'),
	here('views/results/standing_sum.sql'),
	here('views/results/standing_item_completion.sql'),
	here('views/results/reference.sql'),
	here('views/results/item_patterns.sql'),
	here('views/results/reference_school.sql'),
	here('views/diagnostics/released_campaign.sql'),
	here('views/diagnostics/campaign_response_rate.sql'),
	here('views/diagnostics/scale_score.sql'),
	here('views/diagnostics/scale_summary.sql'),
	here('views/diagnostics/response_flags.sql'),
	here('views/visible.sql'),
	here('views/diagnostics/campaign_purpose.sql'),
	here('views/diagnostics/chosen_campaign.sql'),
	here('views/diagnostics/scores_nothing.sql'),
	here('views/diagnostics/item_words.sql'),
	here('views/diagnostics/measured_answers.sql'),
];

/** Raised when the same records would be projected to other rows of the same tables. */
const PROJECTION = 1;

/** Hash of the shape that this program projects to; a file with another one is rebuilt. */
export function shapeHash(): string {
	return createHash('sha256')
		.update(`${PROJECTION}\n${readSql(tablesFile)}`)
		.digest('hex');
}
