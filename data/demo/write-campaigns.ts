import type { Random } from '#data/simulation/random.ts';
import { listShippedInstruments, type ShippedInstrument } from '#surveys/catalogue.ts';
import { insertRows } from '../records/bulk.ts';
import { appendChange } from '../records/changes.ts';
import { changeCampaignState, recordCampaign } from '../records/diagnostics/campaigns.ts';
import { type Invitation, inviteParticipants } from '../records/diagnostics/participants.ts';
import { recordResponses } from '../records/diagnostics/responses.ts';
import type { ResponseRow } from '../records/diagnostics/tables.ts';
import { listCampaignPopulation, seniorityBand } from '../records/joins/campaign-population.ts';
import type { Records } from '../records/store.ts';
import { demoMunicipality } from './places.ts';
import { compileRespondent } from './simulate-answers.ts';
import { simulateRemarks } from './simulate-feedback.ts';
import type { TeacherTruth } from './simulate-staff.ts';
import { attributeShift, competencyShift, type SchoolTruth } from './truth.ts';

export interface OpenCampaign {
	id: string;
	opens_on: string;
	instruments: ShippedInstrument[];
	invitations: Invitation[];
	/** who stands behind each invitation, known here only because the demo made the people */
	people: Map<string, string>;
}

/** Opens a campaign and invites its population. */
export async function openCampaign(
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

export interface World {
	random: Random;
	schools: SchoolTruth[];
	truths: Map<string, TeacherTruth>;
}

/** Consents and answers of those who take part, as their truth has it. */
export async function writeResponses(
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

/** Takes a campaign from its closing to the release of its results on one day. */
export async function release(records: Records, campaign: string, day: string): Promise<void> {
	for (const state of ['closed', 'scored', 'reviewed', 'released'])
		await records.transaction((trx) => changeCampaignState(trx, campaign, state, `${day}T09:00:00.000Z`));
}

/** Tells the people of the demo apart, whatever ids they are given. */
export function personKey({
	full_name,
	birth_date,
}: {
	full_name: string;
	birth_date: string | null;
}): string {
	return `${full_name} ${birth_date}`;
}

function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
