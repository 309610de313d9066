import type { Generated } from 'kysely';

/** Tables of the records: instruments in the making. How values are written: `../schema.ts`. */
export interface WorkshopTables {
	instrument_draft: InstrumentDraftRow;
	instrument_draft_event: InstrumentDraftEventRow;
	instrument_signer: InstrumentSignerRow;
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
