import type { Generated } from 'kysely';

/**
 * The shape of the records, one interface per table. Timestamps are ISO 8601 UTC text, dates are `YYYY-MM-DD` text,
 * flags are 0 or 1 and structured values are JSON text, so that one code serves SQLite and PostgreSQL alike.
 */
export interface RecordsSchema {
	region: RegionRow;
	municipality: MunicipalityRow;
	school: SchoolRow;
	person: PersonRow;
	employment: EmploymentRow;
	role_grant: RoleGrantRow;
	account_person: AccountPersonRow;
	instrument_version: InstrumentVersionRow;
	campaign: CampaignRow;
	campaign_instrument: CampaignInstrumentRow;
	participant: ParticipantRow;
	identity: IdentityRow;
	consent: ConsentRow;
	draft: DraftRow;
	response: ResponseRow;
	answer_file: AnswerFileRow;
	attempt: AttemptRow;
	observation: ObservationRow;
	/** a view: responses and the observations that stand */
	recorded_response: ResponseRow;
	participant_key: ParticipantKeyRow;
	campaign_extension: CampaignExtensionRow;
	reminder: ReminderRow;
	reminder_delivery: ReminderDeliveryRow;
	refused_address: RefusedAddressRow;
	deidentification: DeidentificationRow;
	procedure: ProcedureRow;
	batch: BatchRow;
	pupil_result: PupilResultRow;
	federal_marker: FederalMarkerRow;
	medal_candidate: MedalCandidateRow;
	school_context: SchoolContextRow;
	aggregate_result: AggregateResultRow;
	item_completion: ItemCompletionRow;
	flag_reply: FlagReplyRow;
	remarking: RemarkingRow;
	remarking_event: RemarkingEventRow;
	support_plan: SupportPlanRow;
	plan_measure: PlanMeasureRow;
	plan_event: PlanEventRow;
	risk_factor: RiskFactorRow;
	risk_rating: RiskRatingRow;
	risk_verification: RiskVerificationRow;
	instrument_draft: InstrumentDraftRow;
	instrument_draft_event: InstrumentDraftEventRow;
	instrument_signer: InstrumentSignerRow;
	audit: AuditRow;
	change: ChangeRow;
	setting: SettingRow;
	login_account: LoginAccountRow;
	login_session: LoginSessionRow;
	login_credential: LoginCredentialRow;
	login_verification: LoginVerificationRow;
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

/** A published, frozen version of an instrument. */
export interface InstrumentVersionRow {
	instrument: string;
	version: number;
	survey: string;
	key: string;
	sha256: string;
	published_at: string;
}

export interface CampaignRow {
	id: string;
	municipality_id: string;
	title: string;
	goal: string;
	basis_document: string;
	/** `draft`, `approved`, `open`, `closed`, `scored`, `reviewed`, `released`, `archived` */
	state: string;
	/** `confidential` or `anonymous` */
	mode: string;
	/** JSON: the conditions of `Population` in `diagnostics/population.ts` */
	population: string;
	opens_on: string;
	closes_on: string;
	retention_until: string;
	consent_version: string;
	created_by: string;
	created_at: string;
	released_at: string | null;
	/** who sees the results so far: `teacher`, `methodist`, `school`, `municipality`; null before release */
	release_stage: string | null;
	/** JSON `{ methodist, school, municipality }`: the day from which each sees them; null = all at once */
	release_plan: string | null;
}

export interface CampaignInstrumentRow {
	campaign_id: string;
	instrument: string;
	version: number;
	position: number;
}

/** One invited member of a campaign's population: a random code in place of the person, and the coarse attributes analysis may use. */
export interface ParticipantRow {
	participant_code: string;
	campaign_id: string;
	school_id: string;
	/** the main subject */
	subject: string | null;
	/** `0-3`, `4-10`, `11-20`, `21+` years; null when unknown */
	seniority_band: string | null;
	category: string | null;
	/** `teacher`, `deputy_head`, `head`, `specialist`, `other`; null when unknown, and in an anonymous campaign, where it could point at a person */
	position: string | null;
	/** SHA-256 of the personal link's token */
	link_hash: string | null;
	invited_at: string;
}

/** The only table that ties a code to a person. */
export interface IdentityRow {
	participant_code: string;
	person_id: string;
}

export interface ConsentRow {
	participant_code: string;
	/** `diagnostic` (to take part) or `methodist` (my methodist may see my levels) */
	purpose: string;
	version: string;
	given_at: string | null;
	/** set when the participant refuses or withdraws; to the school a refusal reads as done */
	declined_at: string | null;
}

/** That the people were taken out of the answers of a campaign, and what that touched. */
export interface DeidentificationRow {
	campaign_id: string;
	done_at: string;
	/** ties between codes and people that were cut */
	people: number;
	/** responses and observations that stay under their codes */
	responses: number;
	files: number;
	drafts: number;
}

/** Autosave, append-only: the newest row of a participant and instrument is the draft. */
export interface DraftRow {
	id: Generated<number>;
	participant_code: string;
	instrument: string;
	answers: string;
	page: number;
	saved_at: string;
	/** 1, 2, 3 … per participant and instrument; unique, so that of two devices only one comes next */
	revision: Generated<number>;
	/** words for the device, as the person would call it */
	device: string | null;
	/** JSON: when each answer was last changed, by question or `question/row` */
	times: string | null;
	/** seconds with the page in sight so far, on whatever device */
	seconds: number | null;
}

export interface ResponseRow {
	/** made by the client; a repeat is answered as success */
	id: string;
	campaign_id: string;
	participant_code: string;
	instrument: string;
	version: number;
	answers: string;
	started_at: string | null;
	submitted_at: string;
	duration_seconds: number | null;
}

/** A file or signature on which an answer stands; the answer holds `file/<id>`. */
export interface AnswerFileRow {
	id: string;
	participant_code: string;
	instrument: string;
	question: string;
	name: string;
	/** found in the bytes */
	type: string;
	size: number;
	sha256: string;
	content: Uint8Array;
	stored_at: string;
	/** the observation that an observer attached it to, before it is handed in too; null = the participant's own */
	observation_id: string | null;
	/** account of that observer */
	stored_by: string | null;
}

/** When a participant began a form with a limit of time. */
export interface AttemptRow {
	participant_code: string;
	instrument: string;
	started_at: string;
}

/** A further secret that opens what the personal link opens: a code to type, or the link of a reminder. */
export interface ParticipantKeyRow {
	/** SHA-256 of the secret */
	key_hash: string;
	participant_code: string;
	/** `code` or `reminder` */
	kind: string;
}

/** One school answers longer than the others. */
export interface CampaignExtensionRow {
	campaign_id: string;
	school_id: string;
	closes_on: string;
	reason: string;
	made_by: string;
	made_at: string;
}

/** A letter to those who have not answered by its day. */
export interface ReminderRow {
	id: string;
	campaign_id: string;
	/** null = all schools of the campaign */
	school_id: string | null;
	send_on: string;
	subject: string;
	body: string;
	/** `planned`, `sent`, `cancelled` */
	state: string;
	created_by: string;
	created_at: string;
	/** the server that is sending, and until when others keep away */
	lease_holder: string | null;
	lease_until: string | null;
	finished_at: string | null;
	/** why it could not be sent so far, in the words of the mail server */
	problem: string | null;
	/** not looked at before this moment: letters put off wait for it */
	resume_at: string | null;
}

/** One letter to one person: claimed before it goes out, so that it never goes twice. */
export interface ReminderDeliveryRow {
	reminder_id: string;
	participant_code: string;
	/**
	 * `sending` (and for ever so after a crash), `sent`, `refused` by the mail server, `deferred` to `retry_at`, or
	 * `given_up` after the last try
	 */
	state: string;
	at: string;
	/** the mail server's words */
	answer: string | null;
	attempts: Generated<number>;
	retry_at: string | null;
}

/** An address that a mail server does not accept: nothing is sent to it until it changes or somebody tries it again. */
export interface RefusedAddressRow {
	/** in small letters */
	email: string;
	/** the mail server's words */
	answer: string;
	refused_at: string;
}

/** What somebody else answered about a participant. */
export interface ObservationRow extends ResponseRow {
	/** account of the observer */
	observed_by: string;
	standing: 'last' | 'earlier';
}

export interface ProcedureRow {
	id: string;
	kind: string;
	year: number;
	grade: number | null;
	subject: string;
	title: string;
	max_score: number;
	/** JSON `{ "3": n, "4": n, "5": n }` or null */
	cutoffs: string | null;
	fail_below: number | null;
	/** JSON `[{ id, max }]` */
	items: string;
	/** the document that fixed the scale */
	document: string;
	valid_from: string;
}

/** One import, withdrawable as a whole. */
export interface BatchRow {
	id: string;
	/** `schools`, `staff`, `procedures`, `results`, `federal-list`, `medal-candidates`, `school-context` */
	kind: string;
	file_name: string;
	sha256: string;
	procedure_id: string | null;
	place: string;
	rows_new: number;
	rows_changed: number;
	rows_skipped: number;
	rows_refused: number;
	imported_by: string;
	imported_at: string;
	withdrawn_at: string | null;
	withdrawn_by: string | null;
	/** null while its rows are still arriving; such a batch is read by nobody */
	stored_at: string | null;
}

export interface PupilResultRow {
	batch_id: string;
	row_number: number;
	procedure_id: string;
	school_id: string;
	class: string | null;
	variant: string | null;
	/** primary score; null = absent */
	score: number | null;
	mark: number | null;
	journal_mark: number | null;
	/** JSON array of item scores in the procedure's order, null = missing; null when the file has no items */
	items: string | null;
	/** JSON array of note codes, e.g. `above-max`, `mark-disagrees` */
	notes: string | null;
	/** the same in all procedures and years, given by the school or the region; null when the file has none */
	pupil: string | null;
}

/** A school leaver put forward for a medal of class 1 or 2, under the code of `pupil_result`. */
export interface MedalCandidateRow {
	batch_id: string;
	row_number: number;
	year: number;
	school_id: string;
	pupil: string;
	medal: number;
}

/** A school in a list of the authority for a year: 1 where the list marks the procedure. */
export interface FederalMarkerRow {
	batch_id: string;
	row_number: number;
	year: number;
	school_id: string;
	russian_4: number;
	mathematics_4: number;
	russian_5: number;
	mathematics_5: number;
}

/** The social make-up of a school in the school year that ends in `year`: shares in percent, null where unknown. */
export interface SchoolContextRow {
	batch_id: string;
	row_number: number;
	year: number;
	school_id: string;
	higher_education: number | null;
	incomplete_families: number | null;
	large_or_low_income: number | null;
	on_registers: number | null;
	other_language: number | null;
	special_needs: number | null;
	vacancies: number | null;
	/** the decision that names the school as one in hard social conditions */
	decision: string | null;
}

/** What a table says of the items of one procedure in a school, a municipality, a region or the country. */
export interface ItemCompletionRow {
	batch_id: string;
	/** `school/…`, `municipality/…`, `region/…` or `country` */
	place: string;
	row_number: number;
	procedure_id: string;
	/** the school of the place; null for the wholes around it */
	school_id: string | null;
	/** participants, where the table gives them */
	n: number | null;
	/** JSON array: percents of completion in the order of the procedure's items, null where the table has none */
	percents: string;
}

/** What a table says of one school in one procedure as sums, without rows of pupils. */
export interface AggregateResultRow {
	batch_id: string;
	row_number: number;
	procedure_id: string;
	school_id: string;
	/** `marks` (counts of 2, 3, 4, 5), `scores` (counts of 0..M), `journal` (lowered, confirmed, raised) */
	form: string;
	/** participants as the table gives them */
	n: number;
	/** JSON array: percent · n / 100, rounded to whole pupils */
	counts: string;
	/** JSON array: percents as they stand in the table */
	percents: string;
}

/** A school's explanation, shown beside the flag it answers. */
export interface FlagReplyRow {
	id: string;
	school_id: string;
	year: number;
	/** `result-objectivity` or `low-results` */
	module: string;
	text: string;
	replied_by: string;
	replied_at: string;
}

/** Papers of a school that a commission marked a second time. */
export interface RemarkingRow {
	id: string;
	school_id: string;
	procedure_id: string;
	/** null = papers of all classes */
	class: string | null;
	remarked_on: string;
	/** papers chosen, marked again, and with the same mark as before */
	sampled: number;
	remarked: number;
	unchanged: number;
	/** of those with another mark; null where the document does not say */
	raised: number | null;
	lowered: number | null;
	commission: string;
	/** number of the document; empty when there is none */
	document: string;
	remark: string;
	recorded_by: string;
	recorded_at: string;
	withdrawn_at: string | null;
}

export interface RemarkingEventRow {
	id: Generated<number>;
	remarking_id: string;
	at: string;
	by: string;
	/** `recorded`, `changed` or `withdrawn` */
	action: string;
	/** JSON: fields with what they were and became */
	changes: string;
	reason: string;
}

export interface SupportPlanRow {
	id: string;
	school_id: string;
	title: string;
	/** `flag`, `request`, `federal_list` */
	basis: string;
	/** JSON: the evidence as it stood, with module, version, parameters, rows and date; never changed */
	evidence: string;
	goal: string;
	indicator: string;
	baseline: number | null;
	target: number | null;
	unit: string;
	due_on: string;
	curator: string;
	/** `draft`, `agreed`, `active`, `completed`, `cancelled` */
	state: string;
	created_by: string;
	created_at: string;
}

export interface PlanMeasureRow {
	id: string;
	plan_id: string;
	title: string;
	owner: string;
	starts_on: string;
	due_on: string;
	/** `planned`, `in_progress`, `done`, `cancelled` */
	state: string;
	progress: string;
	done_on: string | null;
	position: number;
}

export interface PlanEventRow {
	id: Generated<number>;
	plan_id: string;
	at: string;
	by: string;
	action: string;
	detail: string;
}

/** A factor of risk that a municipality changed or added; factors without a row stand as they are shipped. */
export interface RiskFactorRow {
	municipality_id: string;
	/** of the shipped list, or `own-…` */
	code: string;
	/** JSON `{ ru, en }` */
	title: string;
	/** JSON: list of `RiskInput` in `support/risk-factors.ts` */
	inputs: string;
	is_on: number;
	position: number;
	changed_by: string;
	changed_at: string;
}

/** What was proposed of one factor for a school and year; the newest stands, with factor and numbers as they were then. */
export interface RiskRatingRow {
	id: Generated<number>;
	school_id: string;
	year: number;
	factor: string;
	/** JSON `{ ru, en }` */
	title: string;
	/** JSON: list of `RatedInput` in `support/risk-profiles.ts` */
	inputs: string;
	/** 0 good … 100 bad; null when no input has a value */
	risk_index: number | null;
	/** `high`, `medium`, `low` */
	significance: string;
	remark: string;
	proposed_by: string;
	proposed_at: string;
}

/** What the school answered to a proposal; the newest stands. */
export interface RiskVerificationRow {
	id: Generated<number>;
	rating_id: number;
	agrees: number;
	/** 1: the school takes the factor into its programme */
	is_chosen: number;
	remark: string;
	verified_by: string;
	verified_at: string;
}

/** An instrument in the making; `revision` counts its saves, so that nobody overwrites what they have not seen. */
export interface InstrumentDraftRow {
	id: string;
	municipality_id: string;
	instrument: string;
	/** the published version that this one is to follow; null for a new instrument */
	based_on: number | null;
	/** `draft`, `in_review`, `published`, `discarded` */
	state: string;
	revision: number;
	survey: string;
	key: string;
	/** the card as Markdown */
	card: string;
	created_by: string;
	created_at: string;
	saved_by: string;
	saved_at: string;
	/** JSON array of the accounts that ever saved it: none of them may publish it */
	editors: string;
	published_version: number | null;
}

/** What happened to a draft, with the content as it stood. */
export interface InstrumentDraftEventRow {
	id: Generated<number>;
	draft_id: string;
	at: string;
	by: string;
	/** `created`, `submitted`, `returned`, `commented`, `published`, `discarded` */
	action: string;
	comment: string;
	revision: number;
	/** JSON `{ survey, key, card }` */
	content: string;
}

/** A key whose signature stood on an imported instrument; trusted once somebody said so. */
export interface InstrumentSignerRow {
	/** SHA-256 (hex) of the public key */
	fingerprint: string;
	/** the name that the file gave */
	name: string;
	met_at: string;
	trusted_by: string | null;
	trusted_at: string | null;
}

/** The chained log: `hash` covers the row and `previous_hash`. */
export interface AuditRow {
	seq: Generated<number>;
	at: string;
	who: string;
	role: string;
	action: string;
	object: string;
	purpose: string;
	previous_hash: string;
	hash: string;
}

/** What analysis must take notice of, in the order of commitment. */
export interface ChangeRow {
	seq: Generated<number>;
	/** see `ChangeKind` in `changes.ts` */
	kind: string;
	subject: string;
	at: string;
}

/** Facts about this data folder: `installation_name`, `demo` (JSON of personas and seed), `secret_created_at`, … */
export interface SettingRow {
	name: string;
	value: string;
}

/** Sign-in accounts, kept by the sign-in library. */
export interface LoginAccountRow {
	id: string;
	name: string;
	email: string;
	email_verified: number;
	image: string | null;
	username: string | null;
	display_username: string | null;
	created_at: string;
	updated_at: string;
}

export interface LoginSessionRow {
	id: string;
	expires_at: string;
	token: string;
	created_at: string;
	updated_at: string;
	ip_address: string | null;
	user_agent: string | null;
	user_id: string;
}

export interface LoginCredentialRow {
	id: string;
	account_id: string;
	provider_id: string;
	user_id: string;
	access_token: string | null;
	refresh_token: string | null;
	id_token: string | null;
	access_token_expires_at: string | null;
	refresh_token_expires_at: string | null;
	scope: string | null;
	password: string | null;
	created_at: string;
	updated_at: string;
}

export interface LoginVerificationRow {
	id: string;
	identifier: string;
	value: string;
	expires_at: string;
	created_at: string | null;
	updated_at: string | null;
}
