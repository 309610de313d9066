import type { Generated } from 'kysely';

/** Tables of the records: instruments, campaigns, who is asked and what they answer. How values are written: `../schema.ts`. */
export interface DiagnosticsTables {
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
