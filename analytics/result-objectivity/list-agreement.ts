import type { Language, Note } from '../module.ts';
import { type Agreement, cohenKappa } from '../statistics/cohen-kappa.ts';
import type { Presets } from './definition.ts';
import type { Evidence, Verdict } from './evidence.ts';
import { groupBy, type SchoolProcedure } from './school-procedure.ts';

type Judged = Pick<Evidence, 'year' | 'listed' | keyof Verdict> & {
	rows: readonly SchoolProcedure[];
	unaided?: Verdict;
};

/** With fewer schools the interval of κ covers nearly everything. */
const FEWEST_SCHOOLS = 10;

/**
 * Cohen's κ of an imported list (any marker) with the own battery (what would be level 2 or above by its own signs), by year,
 * over the schools that both speak of; reported, never tuned to, and worked out with
 * all schools for reference, so that the list has no part in what it is held against. A list without a single school at zero markers names only
 * the marked: in the municipalities that it names, whoever it leaves out is unmarked.
 */
export function listAgreement(
	schools: readonly Judged[],
	presets: Presets,
): (Agreement & { year: number })[] {
	const found: (Agreement & { year: number })[] = [];
	for (const ofYear of groupBy(schools, ({ year }) => String(year)).values()) {
		const named = ofYear.filter(isNamed);
		const namesOnlyMarked = named.every(({ listed }) => listed > 0);
		const places = new Set(named.map(municipalityOf));
		const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
		for (const school of ofYear) {
			const { marked, p_combined, q_combined } = school.unaided ?? school;
			if (p_combined === null) continue;
			if (!isNamed(school) && !(namesOnlyMarked && places.has(municipalityOf(school)))) continue;
			const own = marked.length >= 2 && (q_combined ?? 1) <= Number(presets.q_combined);
			if (school.listed > 0) counts[own ? 'both' : 'onlyFirst']++;
			else counts[own ? 'onlySecond' : 'neither']++;
		}
		const agreement = cohenKappa(counts);
		if (agreement && agreement.n >= FEWEST_SCHOOLS) found.push({ ...agreement, year: ofYear[0]!.year });
	}
	return found;
}

const isNamed = ({ rows }: Judged): boolean => rows.some((row) => typeof row.list_markers === 'number');
const municipalityOf = ({ rows }: Judged): string => rows[0]!.municipality_id;

/** The agreement as notes on the whole answer, numbers as the language writes them. */
export function agreementNotes(schools: readonly Judged[], presets: Presets, language: Language): Note[] {
	const signed = (value: number): string => {
		const text = (Math.round(100 * value) / 100).toFixed(2).replace('-', '−');
		return language === 'ru' ? text.replace('.', ',') : text;
	};
	return listAgreement(schools, presets).map(({ year, n, kappa, low, high, agreement }) => ({
		code: 'list-agreement',
		values: {
			year,
			kappa: signed(kappa),
			low: signed(low),
			high: signed(high),
			same: Math.round(100 * agreement),
			schools: n,
		},
	}));
}
