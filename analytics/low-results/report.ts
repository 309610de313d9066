import type { Language, Row } from '../module.ts';
import { noteText } from '../notes.ts';

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
export function lowResultsReport(rows: readonly Row[], language: Language): LowResultsReport {
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
