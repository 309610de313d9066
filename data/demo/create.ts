import { createHash } from 'node:crypto';
import { createRandom, type Random } from '#data/simulation/random.ts';
import { listShippedInstruments, type ShippedInstrument } from '#surveys/catalogue.ts';
import { insertRows } from '../records/bulk.ts';
import { appendChange } from '../records/changes.ts';
import { changeCampaignState, recordCampaign } from '../records/diagnostics/campaigns.ts';
import { publishInstrument } from '../records/diagnostics/instruments.ts';
import { type Invitation, inviteParticipants } from '../records/diagnostics/participants.ts';
import { recordResponses } from '../records/diagnostics/responses.ts';
import type { ResponseRow } from '../records/diagnostics/tables.ts';
import { listCampaignPopulation, seniorityBand } from '../records/joins/campaign-population.ts';
import { recordMunicipalities, recordRegions } from '../records/registry/municipalities.ts';
import { recordStaff } from '../records/registry/record-staff.ts';
import { recordSchools } from '../records/registry/schools.ts';
import { type NewPupilResult, recordBatch } from '../records/results/batches.ts';
import { type Procedure, recordProcedures } from '../records/results/procedures.ts';
import { recordSchoolContext } from '../records/results/school-context.ts';
import { recordMedalCandidates } from '../records/results/sums.ts';
import type { Records } from '../records/store.ts';
import { type DemoPersona, personas } from './cast.ts';
import { compileRespondent } from './simulate-answers.ts';
import { simulateContext } from './simulate-context.ts';
import { simulateRemarks } from './simulate-feedback.ts';
import { simulateLeavers } from './simulate-leavers.ts';
import { type SimulatedResult, simulateLuckyYear, simulateProcedure } from './simulate-results.ts';
import { simulateSchools } from './simulate-schools.ts';
import { simulateStaff, type TeacherTruth } from './simulate-staff.ts';
import { attributeShift, competencyShift, procedureTruths, type SchoolTruth } from './truth.ts';

export const demoRegion = 'R-DEMO';
export const demoMunicipality = 'M-DEMO';

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
 * procedures, the exams of the last year's school leavers with candidates for medals, one released campaign with a self-assessment and a test, released surveys of needs, of digital competence
 * and after an event, and one campaign that is still open.
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
	// Again its own chance.
	const needs = await openCampaign(records, {
		title: 'Запросы педагогов: темы и материалы на учебный год',
		instruments: ['needs-survey'],
		opens_on: dayFrom(today, -120),
		closes_on: dayFrom(today, -100),
	});
	await writeResponses(records, { ...world, random: createRandom(seed + 1) }, needs, {
		share: 0.6,
		days: 20,
	});
	await release(records, needs.id, dayFrom(today, -95));
	const digital = await openCampaign(records, {
		title: 'ИКТ-компетентность педагогов: шесть ступеней',
		instruments: ['ict-competence'],
		opens_on: dayFrom(today, -330),
		closes_on: dayFrom(today, -315),
	});
	await writeResponses(records, { ...world, random: createRandom(seed + 2) }, digital, {
		share: 0.5,
		days: 15,
	});
	await release(records, digital.id, dayFrom(today, -310));
	const seminar = await openCampaign(records, {
		title: 'Отзывы о семинаре «Объективное оценивание: договоримся о критериях»',
		instruments: ['event-feedback'],
		opens_on: dayFrom(today, -80),
		closes_on: dayFrom(today, -74),
		// those who came: a few schools, in the order of the list
		schools: schools.slice(0, 14).map(({ school_id }) => school_id),
	});
	await writeResponses(records, { ...world, random: createRandom(seed + 3) }, seminar, {
		share: 0.7,
		days: 6,
	});
	await release(records, seminar.id, dayFrom(today, -70));
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

async function release(records: Records, campaign: string, day: string): Promise<void> {
	for (const state of ['closed', 'scored', 'reviewed', 'released'])
		await records.transaction((trx) => changeCampaignState(trx, campaign, state, `${day}T09:00:00.000Z`));
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

/** Social passports of the first and the last year of results. */
async function writeContext(
	records: Records,
	random: Random,
	schools: SchoolTruth[],
	years: readonly number[],
): Promise<void> {
	const passports = simulateContext(random, schools, [...new Set([years[0]!, years.at(-1)!])]);
	await records.transaction(async (trx) => {
		const batch_id = await recordBatch(trx, {
			kind: 'school-context',
			file_name: 'социальные-паспорта.xlsx',
			sha256: createHash('sha256').update(JSON.stringify(passports)).digest('hex'),
			procedure_id: null,
			place: `municipality/${demoMunicipality}`,
			rows_new: passports.length,
			rows_changed: 0,
			rows_skipped: 0,
			rows_refused: 0,
			imported_by: 'demo',
		});
		await recordSchoolContext(trx, batch_id, passports);
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

async function writeResults(
	records: Records,
	random: Random,
	schools: SchoolTruth[],
	today: Date,
): Promise<number[]> {
	const spring = today.getUTCMonth() >= 5 ? today.getUTCFullYear() : today.getUTCFullYear() - 1;
	const years = [spring - 2, spring - 1, spring];
	const lucky = new Map(
		schools
			.filter(({ luck }) => luck !== 'none')
			.map((school) => [school.school_id, simulateLuckyYear(random, school, procedureTruths)]),
	);
	for (const year of years)
		for (const [index, truth] of procedureTruths.entries()) {
			const shift = random.normal(0, 0.05);
			const rows = schools.flatMap((school) => {
				const drawn = year === spring ? lucky.get(school.school_id)?.[index] : undefined;
				return drawn ?? simulateProcedure(random, school, truth, shift);
			});
			const procedure: Procedure = {
				id: `vpr-${year}-${truth.slug}`,
				kind: 'vpr',
				year,
				grade: truth.grade,
				subject: truth.subject,
				title: `ВПР ${year}, ${truth.subject_title}, ${truth.grade} класс`,
				max_score: truth.max_score,
				cutoffs: truth.cutoffs,
				fail_below: null,
				items: truth.item_maxima.map((max, item) => ({ id: String(item + 1), max })),
				document: 'Шкала демонстрационных данных',
				valid_from: `${year}-03-01`,
			};
			await writeProcedure(records, procedure, rows);
		}
	return years;
}

async function writeProcedure(
	records: Records,
	procedure: Procedure,
	rows: SimulatedResult[],
): Promise<void> {
	const results = rows.map((row, index): NewPupilResult => ({ ...row, row_number: index + 2, notes: null }));
	const file_name = `${procedure.id}.csv`;
	await records.transaction(async (trx) => {
		await recordProcedures(trx, [procedure]);
		await recordBatch(
			trx,
			{
				kind: 'results',
				file_name,
				sha256: createHash('sha256').update(`demo ${procedure.id} ${results.length}`).digest('hex'),
				procedure_id: procedure.id,
				place: `municipality/${demoMunicipality}`,
				rows_new: results.length,
				rows_changed: 0,
				rows_skipped: 0,
				rows_refused: 0,
				imported_by: 'demo',
				imported_at: `${procedure.year}-06-15T09:00:00.000Z`,
			},
			results,
		);
	});
}

async function writeLeavers(
	records: Records,
	random: Random,
	schools: SchoolTruth[],
	year: number,
): Promise<void> {
	const { exams, candidates } = simulateLeavers(random, schools, year);
	for (const { procedure, rows } of exams) await writeProcedure(records, procedure, rows);
	await records.transaction(async (trx) => {
		const batch = await recordBatch(trx, {
			kind: 'medal-candidates',
			file_name: `medals-${year}.csv`,
			sha256: createHash('sha256').update(`demo medals ${year} ${candidates.length}`).digest('hex'),
			procedure_id: null,
			place: `municipality/${demoMunicipality}`,
			rows_new: candidates.length,
			rows_changed: 0,
			rows_skipped: 0,
			rows_refused: 0,
			imported_by: 'demo',
			imported_at: `${year}-06-20T09:00:00.000Z`,
		});
		await recordMedalCandidates(
			trx,
			batch,
			candidates.map((candidate, index) => ({ ...candidate, year, row_number: index + 2 })),
		);
	});
}

interface OpenCampaign {
	id: string;
	opens_on: string;
	instruments: ShippedInstrument[];
	invitations: Invitation[];
	/** who stands behind each invitation, known here only because the demo made the people */
	people: Map<string, string>;
}

async function openCampaign(
	records: Records,
	plan: { title: string; instruments: string[]; opens_on: string; closes_on: string; schools?: string[] },
): Promise<OpenCampaign> {
	const instruments = plan.instruments.map(
		(id) => listShippedInstruments().find(({ key }) => key.instrument === id) as ShippedInstrument,
	);
	const population = { schools: plan.schools ?? null, subjects: null, reference_day: plan.opens_on };
	return records.transaction(async (trx) => {
		const id = await recordCampaign(trx, {
			municipality_id: demoMunicipality,
			title: plan.title,
			goal: 'Увидеть, где педагогам нужна методическая поддержка, и спланировать её',
			basis_document: 'Приказ управления образования (демонстрационный)',
			mode: 'confidential',
			population,
			opens_on: plan.opens_on,
			closes_on: plan.closes_on,
			retention_until: `${Number(plan.closes_on.slice(0, 4)) + 3}${plan.closes_on.slice(4)}`,
			consent_version: '1',
			created_by: 'demo',
			created_at: `${plan.opens_on}T06:00:00.000Z`,
			instruments: instruments.map(({ key }) => ({ instrument: key.instrument, version: key.version })),
		});
		await changeCampaignState(trx, id, 'approved');
		const people = await listCampaignPopulation(trx, { municipality_id: demoMunicipality, ...population });
		const invitations = await inviteParticipants(trx, id, people, `${plan.opens_on}T07:00:00.000Z`);
		await changeCampaignState(trx, id, 'open');
		const persons = await trx.selectFrom('person').select(['id', 'full_name', 'birth_date']).execute();
		return {
			id,
			opens_on: plan.opens_on,
			instruments,
			invitations,
			people: new Map(persons.map((person) => [person.id, personKey(person)])),
		};
	});
}

interface World {
	random: Random;
	schools: SchoolTruth[];
	truths: Map<string, TeacherTruth>;
}

async function writeResponses(
	records: Records,
	{ random, schools, truths }: World,
	campaign: OpenCampaign,
	{ share, days }: { share: number; days: number },
): Promise<void> {
	const schoolById = new Map(schools.map((school) => [school.school_id, school]));
	const readiness = new Map(schools.map(({ school_id }) => [school_id, random.normal(share, 0.12)]));
	const respondents = campaign.instruments.map(({ survey, key }) => ({
		key,
		respond: compileRespondent(survey, key),
	}));
	const start = Date.parse(`${campaign.opens_on}T05:00:00.000Z`);
	const isOpen = campaign.instruments.length === 1;
	const responses: ResponseRow[] = [];
	const consents: object[] = [];
	// Answers fall in the order of the school list, not of the random codes: so that a seed repeats.
	const invitations = campaign.invitations.toSorted((a, b) =>
		compareText(
			`${a.school_id} ${campaign.people.get(a.person_id)}`,
			`${b.school_id} ${campaign.people.get(b.person_id)}`,
		),
	);
	for (const { participant_code, person_id, school_id } of invitations) {
		const teacher = truths.get(campaign.people.get(person_id) as string) as TeacherTruth;
		const school = schoolById.get(school_id) as SchoolTruth;
		const at = start + Math.floor(random.uniform() * days) * 86_400_000 + random.integer(0, 11 * 3600) * 1000;
		const consent = (purpose: string, given: boolean) => ({
			participant_code,
			purpose,
			version: '1',
			given_at: given ? new Date(at).toISOString() : null,
			declined_at: given ? null : new Date(at).toISOString(),
		});
		const isCast = teacher.answers_open_campaign !== null;
		const answers = isCast
			? !isOpen || teacher.answers_open_campaign === true
			: random.chance(readiness.get(school_id) as number);
		if (teacher.answers === 'declines') {
			if (!isOpen || random.chance(0.5)) consents.push(consent('diagnostic', false));
			continue;
		}
		if (!answers) continue;
		consents.push(consent('diagnostic', true), consent('methodist', random.chance(0.6)));
		const attributes = {
			locality: school.locality,
			kind: school.kind,
			seniority_band: seniorityBand(teacher.teaching_since, campaign.opens_on),
		};
		const bias = random.normal(0.15, 0.3);
		for (const { key, respond } of respondents) {
			const isSelf = key.channel === 'self_assessment';
			const ability = (competency: string) =>
				teacher.ability +
				(competencyShift[competency] ?? 0) +
				(teacher.shifts[competency] ?? 0) +
				attributeShift(competency, attributes) +
				(isSelf ? bias : 0);
			const isLine = teacher.answers === 'straight_line';
			const minutes = isLine ? 1.5 : Math.exp(random.normal(Math.log(key.minutes), 0.35));
			const duration = Math.round(minutes * 60);
			responses.push({
				id: random.uuid(),
				campaign_id: campaign.id,
				participant_code,
				instrument: key.instrument,
				version: key.version,
				answers: JSON.stringify({
					...respond(random, ability, isLine),
					...(key.channel === 'feedback' && simulateRemarks(random)),
				}),
				started_at: new Date(at).toISOString(),
				submitted_at: new Date(at + duration * 1000).toISOString(),
				duration_seconds: duration,
			});
		}
	}
	await records.transaction(async (trx) => {
		await insertRows(
			trx,
			'consent',
			['participant_code', 'purpose', 'version', 'given_at', 'declined_at'],
			consents,
		);
		appendChange(trx, 'consent', campaign.id);
	});
	for (let page = 0; page < responses.length; page += 500)
		await recordResponses(records, responses.slice(page, page + 500));
}

function personKey({ full_name, birth_date }: { full_name: string; birth_date: string | null }): string {
	return `${full_name} ${birth_date}`;
}

function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
