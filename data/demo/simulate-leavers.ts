import type { Random } from '#data/simulation/random.ts';
import type { Procedure } from '../records/results/procedures.ts';
import type { SimulatedResult } from './simulate-results.ts';
import { type SchoolTruth, world } from './truth.ts';

/** Who is put forward for which medal, under the code of the exam's results. */
export interface DemoCandidate {
	school_id: string;
	pupil: string;
	medal: 1 | 2;
}

/** The exams of one year's school leavers, and the medals that their schools hope for. */
export interface Leavers {
	exams: { procedure: Procedure; rows: SimulatedResult[] }[];
	candidates: DemoCandidate[];
}

const SCHOOLS = 14;

/** The largest schools with a senior stage, those of the cast among them. */
function withSeniorStage(schools: readonly SchoolTruth[]): SchoolTruth[] {
	const cast = schools.filter(({ role }) => role === 'lifting' || role === 'own' || role === 'inflating');
	const others = schools
		.filter((school) => school.role === null)
		.toSorted((a, b) => b.pupils_per_grade - a.pupils_per_grade);
	return [...cast, ...others.slice(0, SCHOOLS - cast.length)];
}

/**
 * Simulates ЕГЭ in Russian and mathematics (the profile exam, or the basic one by choice) for school leavers under codes, and
 * the candidates for medals: those whom the school believes able enough, which a school that inflates its journal believes of
 * too many.
 */
export function simulateLeavers(random: Random, schools: readonly SchoolTruth[], year: number): Leavers {
	const rows: Record<'russian' | 'profile' | 'basic', SimulatedResult[]> = {
		russian: [],
		profile: [],
		basic: [],
	};
	const candidates: DemoCandidate[] = [];
	for (const school of withSeniorStage(schools)) {
		const leavers = Math.min(28, Math.max(12, Math.round(school.pupils_per_grade * 0.4)));
		for (let index = 0; index < leavers; index++) {
			const pupil = `${school.school_id}-11А-${String(index + 1).padStart(2, '0')}`;
			const ability = random.normal(school.effect + 0.2, world.between_pupils);
			const paper = (score: number, mark: number | null = null): SimulatedResult => ({
				...{ school_id: school.school_id, class: '11А', variant: null, pupil, score, mark },
				...{ journal_mark: null, items: null },
			});
			rows.russian.push(paper(scoreOf(66 + 12 * ability + random.normal(0, 6), 100)));
			if (ability > -0.2) rows.profile.push(paper(scoreOf(58 + 14 * ability + random.normal(0, 7), 100)));
			else rows.basic.push(basicPaper(ability + random.normal(0, 0.4), paper));
			const believed = ability + 7 * school.conduct.journal_leniency + random.normal(0, 0.15);
			if (believed > 1.8)
				candidates.push({ school_id: school.school_id, pupil, medal: believed > 2.1 ? 1 : 2 });
		}
	}
	return {
		exams: [
			{ procedure: exam(year, 'rus', 'russian', 'русский язык', 24), rows: rows.russian },
			{ procedure: exam(year, 'prof', 'math_profile', 'математика (профильная)', 27), rows: rows.profile },
			{
				procedure: {
					...exam(year, 'base', 'math', 'математика (базовая)', null),
					...{ max_score: 21, cutoffs: basicCutoffs },
				},
				rows: rows.basic,
			},
		],
		candidates,
	};
}

const basicCutoffs = { '3': 7, '4': 12, '5': 17 };

function basicPaper(
	ability: number,
	paper: (score: number, mark: number) => SimulatedResult,
): SimulatedResult {
	const score = scoreOf(15 + 4 * ability, 21);
	const mark = score >= 17 ? 5 : score >= 12 ? 4 : score >= 7 ? 3 : 2;
	return paper(score, mark);
}

function scoreOf(value: number, max: number): number {
	return Math.max(0, Math.min(max, Math.round(value)));
}

function exam(
	year: number,
	slug: string,
	subject: string,
	title: string,
	fail_below: number | null,
): Procedure {
	return {
		id: `ege-${year}-${slug}`,
		kind: 'ege',
		year,
		grade: 11,
		subject,
		title: `ЕГЭ ${year}, ${title}`,
		max_score: 100,
		cutoffs: null,
		fail_below,
		items: [],
		document: 'Шкала демонстрационных данных',
		valid_from: `${year}-05-01`,
	};
}
