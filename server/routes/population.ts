import { Router } from 'express';
import { positionKey } from '#data/records/diagnostics/population.ts';
import {
	fingerprintPopulation,
	listNamedPopulation,
	listPopulationChoices,
	type PopulationMember,
} from '#data/records/joins/campaign-population.ts';
import { listInvitedPeople } from '#data/records/joins/invited-people.ts';
import { nameKey } from '#data/records/registry/name-key.ts';
import { listSchools } from '#data/records/registry/schools.ts';
import { demandAct, demandCampaign, demandMunicipality } from '../access.ts';
import { demandPopulationPlace } from '../campaign-body.ts';
import {
	type CampaignPreview,
	campaignPeopleQuery,
	type PopulationBody,
	type PopulationPeople,
	type PopulationPerson,
	populationBody,
	populationChoicesQuery,
	populationPeopleBody,
	populationRoutes,
} from '../contract/population.ts';
import type { Floors } from '../floors.ts';
import { logAct } from '../log-act.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { Problem } from '../problem.ts';
import { askerOf } from '../session.ts';

/** Whom a campaign asks: what can be chosen, how many that is, and exactly who. */
export function populationRouter({ records }: Floors): Router {
	const { db } = records;
	const router = Router();

	router.get(populationRoutes.choices.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'run-campaign');
		const { municipality, day } = parseQuery(populationChoicesQuery, request, response);
		await demandMunicipality(db, asker, 'run-campaign', municipality);
		response.json(await listPopulationChoices(db, municipality, day));
	});

	router.post(populationRoutes.preview.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'run-campaign');
		const body = parseBody(populationBody, request, response);
		await demandPopulationPlace(db, asker, body);
		const { members, ...unknown } = await listNamedPopulation(db, readConditions(body));
		const names = await nameSchools(body.municipality_id);
		const by_school = [...Map.groupBy(members, ({ school_id }) => school_id)]
			.map(([school_id, own]) => ({
				school_id,
				name: names.get(school_id) ?? school_id,
				people: own.length,
			}))
			.toSorted((a, b) => a.name.localeCompare(b.name, 'ru', { numeric: true }));
		const reply: CampaignPreview = {
			people: members.length,
			schools: by_school.length,
			by_school,
			...unknown,
			fingerprint: fingerprintPopulation(members),
		};
		response.json(reply);
	});

	router.post(populationRoutes.preview_people.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'run-campaign');
		const { search, school_id, page, size, ...body } = parseBody(populationPeopleBody, request, response);
		await demandPopulationPlace(db, asker, body);
		const { members } = await listNamedPopulation(db, readConditions(body));
		const names = await nameSchools(body.municipality_id);
		response.json(pageOf(members, names, { search, school: school_id, page, size }, false));
	});

	router.get(populationRoutes.people.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'run-campaign', String(request.params.id));
		const { search, school = null, page, size } = parseQuery(campaignPeopleQuery, request, response);
		const { id, state, mode, municipality_id, population } = campaign;
		const isFrozen = state !== 'draft';
		if (isFrozen && mode === 'anonymous') throw new Problem(409, 'anonymous-without-names');
		const people = isFrozen
			? await listInvitedPeople(db, id)
			: (await listNamedPopulation(db, { ...population, municipality_id })).members;
		await logAct(records, asker, 'see-population', `campaign/${id}`, school ?? '');
		const names = await nameSchools(municipality_id);
		response.json(pageOf(people, names, { search, school, page, size }, isFrozen));
	});

	async function nameSchools(municipalityId: string): Promise<Map<string, string>> {
		const schools = await listSchools(db, [`municipality/${municipalityId}`]);
		return new Map(schools.map(({ id, name }) => [id, name]));
	}

	return router;
}

/** Positions as the records compare them. */
export function readConditions<Body extends Pick<PopulationBody, 'positions'>>(body: Body): Body {
	return { ...body, positions: body.positions?.map(positionKey) ?? null };
}

type Member = Omit<PopulationMember, 'position'> & { position: string | null };

/** One page of a population: the search is in names, word by word. */
function pageOf(
	people: readonly Member[],
	names: ReadonlyMap<string, string>,
	{ search, school, page, size }: { search: string; school: string | null; page: number; size: number },
	is_frozen: boolean,
): PopulationPeople {
	const words = nameKey(search).split(' ').filter(Boolean);
	const found = people
		.filter(({ school_id }) => school === null || school_id === school)
		.filter(({ full_name }) => {
			const parts = nameKey(full_name);
			return words.every((word) => parts.includes(word));
		})
		.map((member) => ({ ...member, school_name: names.get(member.school_id) ?? member.school_id }))
		.toSorted(
			(a, b) =>
				a.school_name.localeCompare(b.school_name, 'ru', { numeric: true }) ||
				a.full_name.localeCompare(b.full_name, 'ru'),
		);
	return {
		total: people.length,
		found: found.length,
		page,
		page_size: size,
		people: found
			.slice((page - 1) * size, page * size)
			.map(
				({ person_id, full_name, school_id, school_name, position, subjects, category, seniority_band }) => ({
					person_id,
					full_name,
					school_id,
					school_name,
					position,
					subjects,
					category,
					seniority_band: (seniority_band ?? 'unknown') as PopulationPerson['seniority_band'],
				}),
			),
		is_frozen,
		fingerprint: fingerprintPopulation(people),
	};
}
