import { createRandom } from '#data/simulation/random.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { publishInstrument } from '../records/diagnostics/instruments.ts';
import { recordMunicipalities, recordRegions } from '../records/registry/municipalities.ts';
import { recordStaff } from '../records/registry/record-staff.ts';
import { recordSchools } from '../records/registry/schools.ts';
import type { Records } from '../records/store.ts';
import { type DemoPersona, personas } from './cast.ts';
import { demoMunicipality, demoRegion } from './places.ts';
import { simulateSchools } from './simulate-schools.ts';
import { simulateStaff, type TeacherTruth } from './simulate-staff.ts';
import type { SchoolTruth } from './truth.ts';
import { openCampaign, personKey, release, writeResponses } from './write-campaigns.ts';
import { writeContext, writeLeavers, writeResults } from './write-results.ts';

export interface DemoOptions {
	seed: number;
	/** the day that the demo takes for the present */
	today: Date;
	teachers?: number;
}

export interface Demo {
	personas: DemoPersona[];
	/** the truth that was put in, for tests that ask whether it comes out */
	schools: SchoolTruth[];
	staff: TeacherTruth[];
	campaigns: { released: string; open: string };
	/** years of the procedures, oldest first */
	years: number[];
}

/** `done` and `total` count steps of work. */
export type DemoProgress = (step: string, done: number, total: number) => void;

const STEPS = ['registry', 'instruments', 'results', 'campaigns', 'responses'] as const;

function dayFrom(today: Date, days: number): string {
	return new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Simulates a municipality from known truth into empty records: sixty schools, their staff, three years of four
 * procedures, the exams of the last year's school leavers with candidates for medals, one released campaign with a
 * self-assessment and a test, released surveys of needs, of digital competence and after an event, and one campaign that
 * is still open.
 * The same seed and day give the same municipality (codes and links apart, which are random by design).
 */
export async function createDemo(
	records: Records,
	options: DemoOptions,
	progress?: DemoProgress,
): Promise<Demo> {
	const { seed, today, teachers = 2_000 } = options;
	const random = createRandom(seed);
	const tell = (step: (typeof STEPS)[number]) => progress?.(step, STEPS.indexOf(step), STEPS.length);

	tell('registry');
	const schools = simulateSchools(random, teachers);
	const staff = simulateStaff(random, schools, today.getUTCFullYear());
	await writeRegistry(records, schools, staff);

	tell('instruments');
	await publishShipped(records);

	tell('results');
	const years = await writeResults(records, random, schools, today);
	// Its own chance, so that everything else of a seed stays as it is.
	await writeLeavers(records, createRandom(seed + 4), schools, years.at(-1)!);
	// its own chance, as below
	await writeContext(records, createRandom(seed + 11), schools, years);

	tell('campaigns');
	const truths = new Map(staff.map((teacher) => [personKey(teacher), teacher]));
	const released = await openCampaign(records, {
		title: 'Диагностика профессиональных затруднений, весна',
		instruments: ['professional-difficulties', 'assessment-literacy'],
		opens_on: dayFrom(today, -230),
		closes_on: dayFrom(today, -200),
	});
	const open = await openCampaign(records, {
		title: 'Осенняя диагностика: самооценка затруднений',
		instruments: ['professional-difficulties'],
		opens_on: dayFrom(today, -14),
		closes_on: dayFrom(today, 21),
	});

	tell('responses');
	const world = { random, schools, truths };
	await writeResponses(records, world, released, { share: 0.8, days: 30 });
	await writeResponses(records, world, open, { share: 0.55, days: 13 });
	await release(records, released.id, dayFrom(today, -190));
	for (const { chance, share, days, released_on, ...plan } of surveys(today, schools)) {
		const survey = await openCampaign(records, plan);
		// Again a chance of its own.
		await writeResponses(records, { ...world, random: createRandom(seed + chance) }, survey, { share, days });
		await release(records, survey.id, released_on);
	}
	progress?.('done', STEPS.length, STEPS.length);

	const lifting = schools.find(({ role }) => role === 'lifting') as SchoolTruth;
	const own = schools.find(({ role }) => role === 'own') as SchoolTruth;
	return {
		personas: personas({
			region: `region/${demoRegion}`,
			municipality: `municipality/${demoMunicipality}`,
			lifting: `school/${lifting.school_id}`,
			own: `school/${own.school_id}`,
		}),
		schools,
		staff,
		campaigns: { released: released.id, open: open.id },
		years,
	};
}

/** Surveys that were released before today: of needs, of digital competence, and after an event. */
function surveys(today: Date, schools: readonly SchoolTruth[]) {
	return [
		{
			title: 'Запросы педагогов: темы и материалы на учебный год',
			instruments: ['needs-survey'],
			opens_on: dayFrom(today, -120),
			closes_on: dayFrom(today, -100),
			released_on: dayFrom(today, -95),
			chance: 1,
			share: 0.6,
			days: 20,
		},
		{
			title: 'ИКТ-компетентность педагогов: шесть ступеней',
			instruments: ['ict-competence'],
			opens_on: dayFrom(today, -330),
			closes_on: dayFrom(today, -315),
			released_on: dayFrom(today, -310),
			chance: 2,
			share: 0.5,
			days: 15,
		},
		{
			title: 'Отзывы о семинаре «Объективное оценивание: договоримся о критериях»',
			instruments: ['event-feedback'],
			opens_on: dayFrom(today, -80),
			closes_on: dayFrom(today, -74),
			released_on: dayFrom(today, -70),
			// those who came: a few schools, in the order of the list
			schools: schools.slice(0, 14).map(({ school_id }) => school_id),
			chance: 3,
			share: 0.7,
			days: 6,
		},
	];
}

async function writeRegistry(records: Records, schools: SchoolTruth[], staff: TeacherTruth[]): Promise<void> {
	await records.transaction(async (trx) => {
		await recordRegions(trx, [{ id: demoRegion, name: 'Демонстрационная область' }]);
		await recordMunicipalities(trx, [
			{ id: demoMunicipality, region_id: demoRegion, name: 'Приозёрный муниципальный округ' },
		]);
		await recordSchools(
			trx,
			schools.map((school) => ({
				id: school.school_id,
				municipality_id: demoMunicipality,
				name: school.name,
				kind: school.kind,
				locality: school.locality,
				pupils: school.pupils_per_grade * 10,
				advanced_subjects: JSON.stringify(school.advanced_subjects),
				origin: 'registry',
			})),
		);
		await recordStaff(
			trx,
			staff.map(({ ability: _a, shifts: _s, answers: _w, answers_open_campaign: _o, ...entry }) => ({
				...entry,
				ended_on: null,
			})),
		);
	});
}

/** Puts the shipped instruments into the records; the same again changes nothing. */
async function publishShipped(records: Records): Promise<void> {
	await records.transaction(async (trx) => {
		for (const { survey, key, sha256 } of listShippedInstruments())
			await publishInstrument(trx, {
				instrument: key.instrument,
				version: key.version,
				survey: JSON.stringify(survey),
				key: JSON.stringify(key),
				sha256,
			});
	});
}
