/** Tables of the records: places, people and their roles. How values are written: `../schema.ts`. */
export interface RegistryTables {
	region: RegionRow;
	municipality: MunicipalityRow;
	school: SchoolRow;
	person: PersonRow;
	employment: EmploymentRow;
	role_grant: RoleGrantRow;
	account_person: AccountPersonRow;
}

export interface RegionRow {
	id: string;
	name: string;
}

export interface MunicipalityRow {
	id: string;
	region_id: string;
	name: string;
}

export interface SchoolRow {
	id: string;
	municipality_id: string;
	name: string;
	/** `school`, `gymnasium`, `lyceum`, `small_school`, `other` */
	kind: string;
	/** `urban` or `rural`; null when the registry does not say */
	locality: string | null;
	pupils: number | null;
	/** JSON array of subjects taught in depth; null when unknown (`type-unknown`) */
	advanced_subjects: string | null;
	/** `registry`, or `results` when a results file brought the code before the registry knew it */
	origin: string;
}

export interface PersonRow {
	id: string;
	full_name: string;
	/** the name as it is compared: see `nameKey` in `registry/name-key.ts` */
	name_key: string;
	birth_date: string | null;
	/** where reminders go; null when the registry has none */
	email: string | null;
}

/** Who worked where, from when and until when: history by effective date. */
export interface EmploymentRow {
	id: string;
	person_id: string;
	school_id: string;
	position: string;
	/** JSON array of subjects */
	subjects: string;
	/** `none`, `first`, `highest`, `teacher_methodist`, `teacher_mentor` */
	category: string;
	/** the year in which teaching began; seniority at a reference day follows from it */
	teaching_since: number | null;
	started_on: string;
	ended_on: string | null;
	batch_id: string | null;
}

/** A role held at a place. Place ids carry their kind: `region/R1`, `municipality/M1`, `school/S1`. */
export interface RoleGrantRow {
	id: string;
	account_id: string;
	role: string;
	place: string;
	granted_at: string;
	revoked_at: string | null;
}

export interface AccountPersonRow {
	account_id: string;
	person_id: string;
}
