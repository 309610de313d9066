import { createHash } from 'node:crypto';
import { insertRows } from '#data/records/bulk.ts';
import { changeCampaignState, recordCampaign } from '#data/records/diagnostics/campaigns.ts';
import { publishInstrument } from '#data/records/diagnostics/instruments.ts';
import { type Invitation, inviteParticipants } from '#data/records/diagnostics/participants.ts';
import type { ResponseRow } from '#data/records/diagnostics/tables.ts';
import { recordMunicipalities, recordRegions } from '#data/records/registry/municipalities.ts';
import { recordStaff, type StaffEntry } from '#data/records/registry/record-staff.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import type { SchoolRow } from '#data/records/registry/tables.ts';
import type { Records, Trx } from '#data/records/store.ts';

export function school(id: string, municipality_id: string, changes: Partial<SchoolRow> = {}): SchoolRow {
	return {
		id,
		municipality_id,
		name: `School ${id}`,
		kind: 'school',
		locality: 'urban',
		pupils: 300,
		advanced_subjects: null,
		origin: 'registry',
		...changes,
	};
}

export function teacher(full_name: string, school_id: string, changes: Partial<StaffEntry> = {}): StaffEntry {
	return {
		full_name,
		birth_date: '1980-03-01',
		school_id,
		position: 'teacher',
		subjects: ['mathematics'],
		category: 'first',
		teaching_since: 2010,
		started_on: '2020-09-01',
		ended_on: null,
		...changes,
	};
}

/** Region R1 with M1 (schools S1, S2) and M2 (S3). */
export async function seedPlaces(trx: Trx): Promise<void> {
	await recordRegions(trx, [{ id: 'R1', name: 'North' }]);
	await recordMunicipalities(trx, [
		{ id: 'M1', region_id: 'R1', name: 'Lakes' },
		{ id: 'M2', region_id: 'R1', name: 'Hills' },
	]);
	await recordSchools(trx, [school('S1', 'M1'), school('S2', 'M1'), school('S3', 'M2')]);
}

/** An open campaign C1 in M1 with one instrument and `people` invited teachers, half in S1 and half in S2. */
export async function seedCampaign(records: Records, people: number): Promise<Invitation[]> {
	return records.transaction(async (trx) => {
		await seedPlaces(trx);
		await publishInstrument(trx, {
			instrument: 'digital-competence',
			version: 1,
			survey: '{}',
			key: '{}',
			sha256: createHash('sha256').update('one').digest('hex'),
		});
		const names = Array.from({ length: people }, (_, index) => `Teacher Number ${index}`);
		await recordStaff(
			trx,
			names.map((name, index) => teacher(name, index % 2 === 0 ? 'S1' : 'S2')),
		);
		await recordCampaign(trx, {
			id: 'C1',
			municipality_id: 'M1',
			title: 'Autumn',
			goal: 'to see what is needed',
			basis_document: 'Order 12',
			mode: 'confidential',
			population: { schools: null, subjects: null, reference_day: '2026-09-01' },
			opens_on: '2026-10-01',
			closes_on: '2026-10-31',
			retention_until: '2029-10-31',
			consent_version: '1',
			created_by: 'methodist',
			instruments: [{ instrument: 'digital-competence', version: 1 }],
		});
		const staff = await trx.selectFrom('employment').selectAll().orderBy('id').execute();
		const invitations = await inviteParticipants(
			trx,
			'C1',
			staff.map(({ person_id, school_id, category }) => ({
				person_id,
				school_id,
				category,
				subject: 'mathematics',
				seniority_band: '11-20',
				position: 'teacher',
			})),
		);
		await changeCampaignState(trx, 'C1', 'approved');
		await changeCampaignState(trx, 'C1', 'open');
		return invitations;
	});
}

/** The same, and everybody has agreed to take part. */
export async function seedAgreeing(records: Records, people: number): Promise<Invitation[]> {
	const invitations = await seedCampaign(records, people);
	await agree(
		records,
		invitations.map(({ participant_code }) => participant_code),
	);
	return invitations;
}

/** Consents of these participants to the first version of the text. */
export async function agree(records: Records, codes: readonly string[]): Promise<void> {
	const given_at = '2026-10-05T07:59:00.000Z';
	await records.transaction((trx) =>
		insertRows(
			trx,
			'consent',
			['participant_code', 'purpose', 'version', 'given_at'],
			codes.map((participant_code) => ({ participant_code, purpose: 'diagnostic', version: '1', given_at })),
		),
	);
}

export function response(participant_code: string, changes: Partial<ResponseRow> = {}): ResponseRow {
	return {
		id: `response of ${participant_code}`,
		campaign_id: 'C1',
		participant_code,
		instrument: 'digital-competence',
		version: 1,
		answers: JSON.stringify({ DC01: 4, DC02: 'text' }),
		started_at: '2026-10-05T08:00:00.000Z',
		submitted_at: '2026-10-05T08:10:00.000Z',
		duration_seconds: 600,
		...changes,
	};
}
