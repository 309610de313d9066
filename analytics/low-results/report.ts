import { rowsOf } from '#data/warehouse/columns.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import type { Language, Row } from '../module.ts';
import { noteText } from '../notes.ts';
import { readUsed } from '../run.ts';
import { compute } from './compute.ts';
import { definition } from './definition.ts';

/** `analyze low-results --json`, one entry per school and year. */
export interface LowResultsReport {
	schools: {
		school: string;
		year: number;
		procedures: {
			procedure: string;
			n: number;
			fail: number;
			share: number | null;
			ci: [number, number] | null;
			low: boolean;
			p_low: number | null;
		}[];
		rule_a: boolean;
		rule_b: boolean;
		flag: boolean;
		certainty: number | null;
		label: string | null;
		notes: { code: string; text: string }[];
	}[];
}

/** The computed rows of this module as the report of the command line; labels and notes in its language. */
function lowResultsReport(rows: readonly Row[], language: Language): LowResultsReport {
	return {
		schools: rows.map((row) => ({
			school: String(row.school_id),
			year: Number(row.year),
			procedures: JSON.parse(String(row.detail)).map(
				({ procedure, n, fail, share, ci, low, p_low }: LowResultsReport['schools'][0]['procedures'][0]) => ({
					procedure,
					n,
					fail,
					share,
					ci,
					low,
					p_low,
				}),
			),
			rule_a: row.rule_a === true,
			rule_b: row.rule_b === true,
			flag: row.flag === true,
			certainty: row.certainty as number | null,
			label: row.label_text as string | null,
			notes: String(row.note ?? '')
				.split(',')
				.filter((code) => code !== '')
				.map((code) => ({ code, text: noteText(code, language) })),
		})),
	};
}

/** Runs the rule over a warehouse with everything that the places hold, without a viewer: for files of results. */
export async function analyseLowResults(
	warehouse: Warehouse,
	options: { places: string[]; language: Language; combine?: 'any' | 'all'; threshold?: number },
): Promise<LowResultsReport> {
	const { places, language, ...asked } = options;
	const columns = await warehouse.query(new URL('./rows.sql', import.meta.url), {
		...Object.fromEntries(definition.filters.map((name) => [name, null])),
		places,
	});
	const presets = { ...definition.presets, ...asked };
	const used = await readUsed(definition.uses, places, { warehouse, language });
	const { rows } = compute(rowsOf(columns), { presets, filters: {}, language, used });
	return lowResultsReport(rows, language);
}
