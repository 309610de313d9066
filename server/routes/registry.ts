import { Router } from 'express';
import { listConsentingPeople } from '#data/records/diagnostics/consenting.ts';
import { splitPlaces } from '#data/records/places.ts';
import { listMunicipalities, listRegions } from '#data/records/registry/municipalities.ts';
import { listSchools, type SchoolListing } from '#data/records/registry/schools.ts';
import { listStaff } from '#data/records/registry/staff.ts';
import { demandAct, demandSchool } from '../access.ts';
import { mayDo } from '../acts.ts';
import {
	type AgreedPerson,
	type PlacesReply,
	registryRoutes,
	type SchoolDetail,
	type SchoolItem,
	type StaffItem,
	schoolQuery,
} from '../contract/registry.ts';
import type { Floors } from '../floors.ts';
import { parseQuery } from '../parse.ts';
import { askerOf } from '../session.ts';
import { countStaff } from '../staff-counts.ts';
import { today } from '../today.ts';

export function registryRouter({ records: { db } }: Floors): Router {
	const router = Router();

	router.get(registryRoutes.schools.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-schools');
		const { search = '' } = parseQuery(schoolQuery, request, response);
		const wanted = search.trim().toLowerCase();
		const [schools, counts] = await Promise.all([
			listSchools(db, asker.places),
			countStaff(db, asker.places, today()),
		]);
		const items = schools
			.filter(({ id, name }) => name.toLowerCase().includes(wanted) || id.toLowerCase() === wanted)
			.map((school) => describeSchool(school, counts.get(school.id) ?? 0));
		response.json(items.toSorted((a, b) => a.name.localeCompare(b.name, 'ru', { numeric: true })));
	});

	router.get(registryRoutes.school.path, async (request, response) => {
		const asker = askerOf(response);
		const school = await demandSchool(db, asker, 'see-schools', String(request.params.id));
		const counts = await countStaff(db, [`school/${school.id}`], today());
		const staff = counts.get(school.id) ?? 0;
		const subjects = school.advanced_subjects;
		const detail: SchoolDetail = {
			...describeSchool(school, staff),
			advanced_subjects: subjects === null ? null : (JSON.parse(subjects) as string[]),
			staff_count: mayDo(asker.role, 'see-staff') ? staff : null,
			region_name: school.region_name,
		};
		response.json(detail);
	});

	router.get(registryRoutes.staff.path, async (request, response) => {
		const asker = askerOf(response);
		const school = await demandSchool(db, asker, 'see-staff', String(request.params.id));
		const staff = await listStaff(db, school.id, null);
		response.json(
			staff.map(
				(member): StaffItem => ({
					person_id: member.person_id,
					full_name: member.full_name,
					position: member.position,
					subjects: member.subjects,
					category: member.category,
					teaching_since: member.teaching_since,
					started_on: member.started_on,
					ended_on: member.ended_on,
				}),
			),
		);
	});

	router.get(registryRoutes.agreed.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-individual');
		const [people, schools] = await Promise.all([
			listConsentingPeople(db, asker.places),
			listSchools(db, asker.places),
		]);
		const names = new Map(schools.map(({ id, name }) => [id, name]));
		response.json(
			people.map(
				(person): AgreedPerson => ({
					...person,
					school_name: names.get(person.school_id) ?? person.school_id,
				}),
			),
		);
	});

	router.get(registryRoutes.places.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-schools');
		const [municipalities, regions] = await Promise.all([
			listMunicipalities(db, asker.places),
			listRegions(db),
		]);
		const mine = new Set([
			...splitPlaces(asker.places).regions,
			...municipalities.map(({ region_id }) => region_id),
		]);
		const reply: PlacesReply = {
			regions: regions.filter(({ id }) => mine.has(id)).map(({ id, name }) => ({ region_id: id, name })),
			municipalities: municipalities.map(({ id, region_id, name }) => ({
				municipality_id: id,
				region_id,
				name,
			})),
		};
		response.json(reply);
	});

	return router;
}

function describeSchool(school: SchoolListing, teachers: number): SchoolItem {
	return {
		school_id: school.id,
		name: school.name,
		municipality_id: school.municipality_id,
		municipality_name: school.municipality_name,
		kind: school.kind,
		locality: school.locality,
		pupils: school.pupils,
		teachers,
	};
}
