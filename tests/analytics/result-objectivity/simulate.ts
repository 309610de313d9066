import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalFrom, randomFrom } from './random.ts';

/** What is true of a simulated municipality; everything else is honest. */
export interface Truth {
	seed: number;
	schools: number;
	/** pupils of a class year, from and to */
	pupils?: [number, number];
	year?: number;
	/** schools (by index) whose papers one or two points below a cut-off are lifted to it, with the share lifted */
	lifted?: ReadonlyMap<number, number>;
}

export interface SimulatedPupil {
	school: string;
	municipality: string;
	procedure: string;
	score: number;
	journal_mark: number;
	items: number[];
}

export interface SimulatedProcedure {
	id: string;
	kind: 'vpr';
	year: number;
	grade: number;
	subject: string;
	max_score: number;
	cutoffs: { '3': number; '4': number; '5': number };
	items: { id: string; max: number }[];
}

export interface Simulation {
	procedures: SimulatedProcedure[];
	pupils: SimulatedPupil[];
}

/** Spread of what differs between honest schools, in standard deviations of pupils. */
const SPREAD = { school: 0.35, procedure: 0.2, subject: 0.4, item: 0.25, journal: 0.35, journalError: 0.6 };
const maxima = [1, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 2];
const difficulties = maxima.map((_, index) => -2 + (3.6 * index) / (maxima.length - 1));
const cutoffs = { '3': 6, '4': 10, '5': 15 };

/**
 * Two subjects in grades 4 and 5: pupils of differing ability in schools of differing level, each with its own strengths by
 * item, honest marking, and journal marks that follow the class as much as the standard.
 */
export function simulateMunicipality(truth: Truth): Simulation {
	const random = randomFrom(truth.seed);
	const normal = normalFrom(random);
	const year = truth.year ?? 2025;
	const procedures = [4, 5].flatMap((grade) =>
		['russian', 'math'].map((subject): SimulatedProcedure => {
			const items = maxima.map((max, index) => ({ id: String(index + 1), max }));
			const max_score = maxima.reduce((sum, max) => sum + max, 0);
			return {
				id: `vpr-${year}-${grade}-${subject}`,
				kind: 'vpr',
				year,
				grade,
				subject,
				max_score,
				cutoffs,
				items,
			};
		}),
	);
	const [least, most] = truth.pupils ?? [8, 110];
	const pupils: SimulatedPupil[] = [];
	for (let s = 0; s < truth.schools; s++) {
		const school = `S${String(s + 1).padStart(3, '0')}`;
		const level = SPREAD.school * normal();
		const lifted = truth.lifted?.get(s) ?? 0;
		for (const grade of [4, 5]) {
			const size = Math.round(least * (most / least) ** random());
			const abilities = Array.from({ length: size }, normal);
			for (const procedure of procedures.filter((one) => one.grade === grade)) {
				const shift = SPREAD.procedure * normal();
				const strengths = maxima.map(() => SPREAD.item * normal());
				const kindness = SPREAD.journal * normal();
				for (const ability of abilities) {
					const own = ability + SPREAD.subject * normal();
					const items = answer(own + level + shift, strengths, random);
					const journal = own + (level + shift) / 2 + kindness + SPREAD.journalError * normal();
					const pupil = { items, score: items.reduce((sum, points) => sum + points, 0) };
					if (lifted > 0) lift(pupil, lifted, random);
					pupils.push({
						school,
						municipality: 'M1',
						procedure: procedure.id,
						journal_mark: journalMark(journal),
						...pupil,
					});
				}
			}
		}
	}
	return { procedures, pupils };
}

function answer(ability: number, strengths: readonly number[], random: () => number): number[] {
	return maxima.map((max, index) => {
		const chance = 1 / (1 + Math.exp(-1.2 * (ability + strengths[index]! - difficulties[index]!)));
		let points = 0;
		for (let point = 0; point < max; point++) if (random() < chance) points++;
		return points;
	});
}

function journalMark(latent: number): number {
	if (latent < -1.9) return 2;
	if (latent < -0.1) return 3;
	return latent < 1.2 ? 4 : 5;
}

/** Adds the missing points on the hardest items that still have room. */
function lift(pupil: { items: number[]; score: number }, share: number, random: () => number): void {
	const target = Object.values(cutoffs).find((cutoff) => pupil.score < cutoff && pupil.score >= cutoff - 2);
	if (target === undefined || random() >= share) return;
	for (let index = maxima.length - 1; index >= 0 && pupil.score < target; index--) {
		while (pupil.items[index]! < maxima[index]! && pupil.score < target) {
			pupil.items[index]!++;
			pupil.score++;
		}
	}
}

/** Writes the files that an analysis of results reads. */
export function writeFiles(simulation: Simulation, folder: string): { results: string; procedures: string } {
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	const header = `school,municipality,procedure,score,journal_mark,${maxima.map((_, j) => `item_${j + 1}`).join(',')}`;
	const lines = simulation.pupils.map(
		({ school, municipality, procedure, score, journal_mark, items }) =>
			`${school},${municipality},${procedure},${score},${journal_mark},${items.join(',')}`,
	);
	writeFileSync(files.results, `${header}\n${lines.join('\n')}\n`);
	writeFileSync(files.procedures, JSON.stringify(simulation.procedures));
	return files;
}
