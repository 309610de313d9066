import { randomBytes } from 'node:crypto';
import {
	findInstrumentVersion,
	listInstrumentVersions,
	publishInstrument,
} from '#data/records/diagnostics/instruments.ts';
import type { InstrumentVersionRow } from '#data/records/diagnostics/tables.ts';
import { listMunicipalities } from '#data/records/registry/municipalities.ts';
import type { Db, Trx } from '#data/records/store.ts';
import { changeDraftState, findDraftOfVersion, type InstrumentDraft } from '#data/records/workshop/drafts.ts';
import { findSigner } from '#data/records/workshop/signers.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { fingerprintInstrument } from '#surveys/fingerprint.ts';
import { lintInstrument } from '#surveys/lint/lint.ts';
import { startCard } from '#surveys/workshop/compose.ts';
import type { InstrumentContent } from '#surveys/workshop/content.ts';
import { demandMunicipality } from '../access.ts';
import type { SignerItem } from '../contract/workshop.ts';
import { Problem } from '../problem.ts';
import { type Asker, whoOf } from '../session.ts';
import type { Signer } from './archive.ts';
import { finishKey } from './content.ts';
import { contentOf } from './describe.ts';
import type { SigningKey } from './signing.ts';

/** Versions whose key the asker may read: shipped ones, and those that the own municipality published. */
export async function listReadableVersions(
	db: Db,
	asker: Pick<Asker, 'places'>,
): Promise<InstrumentVersionRow[]> {
	const rows = await listInstrumentVersions(db);
	const readable = await Promise.all(rows.map((row) => isReadable(db, asker, row)));
	return rows.filter((_, index) => readable[index]);
}

/** @throws {Problem} 404 for a version that is not there or belongs to another municipality's workshop */
export async function demandVersion(
	db: Db,
	asker: Asker,
	instrument: string,
	version: number,
): Promise<{ row: InstrumentVersionRow; content: InstrumentContent }> {
	const row = Number.isSafeInteger(version)
		? await findInstrumentVersion(db, instrument, version)
		: undefined;
	if (!row || !(await isReadable(db, asker, row))) throw new Problem(404, 'not-found');
	return { row, content: contentOf({ ...row, card: await findCard(db, row) }) };
}

async function isReadable(db: Db, asker: Pick<Asker, 'places'>, row: InstrumentVersionRow): Promise<boolean> {
	const draft = await findDraftOfVersion(db, row.instrument, row.version);
	if (!draft) return true;
	const mine = await listMunicipalities(db, asker.places);
	return mine.some(({ id }) => id === draft.municipality_id);
}

/** The card of a version: of its draft, of the shipped instrument, or a fresh one. */
async function findCard(db: Db, row: InstrumentVersionRow): Promise<string> {
	const draft = await findDraftOfVersion(db, row.instrument, row.version);
	if (draft) return draft.card;
	const shipped = listShippedInstruments().find(
		({ key }) => key.instrument === row.instrument && key.version === row.version,
	);
	const { title, purpose } = contentOf({ ...row, card: '' }).key;
	return shipped?.card ?? startCard(title, purpose);
}

/**
 * The municipality of a new draft: that of the instrument which it carries on, the named one, or the only one of the asker.
 * @throws {Problem} 422 when it must be named, is not the asker's, or is not where the instrument is
 */
export async function findHome(
	db: Db,
	asker: Asker,
	wanted: string | undefined,
	follows?: Pick<InstrumentVersionRow, 'instrument' | 'version'>,
): Promise<string> {
	const standing = follows && (await findDraftOfVersion(db, follows.instrument, follows.version));
	if (standing && wanted !== undefined && wanted !== standing.municipality_id)
		throw new Problem(422, 'version-stays-home');
	const mine = await listMunicipalities(db, asker.places);
	const home = standing?.municipality_id ?? wanted ?? (mine.length === 1 ? mine[0]?.id : undefined);
	if (home === undefined) throw new Problem(422, 'municipality-needed');
	await demandMunicipality(db, asker, 'edit-instruments', home);
	return home;
}

/** An id nobody uses yet. */
export async function freeName(db: Db, wanted: string): Promise<string> {
	const versions = await listInstrumentVersions(db);
	const drafts = await db.selectFrom('instrument_draft').select('instrument').execute();
	const taken = new Set([...versions, ...drafts].map(({ instrument }) => instrument));
	let name = wanted;
	while (taken.has(name)) name = `${wanted.slice(0, 60)}-${randomBytes(3).toString('hex')}`;
	return name;
}

/** The newest published version of an instrument that the asker may read. */
export async function findNewest(
	db: Db,
	asker: Pick<Asker, 'places'>,
	instrument: string,
): Promise<InstrumentVersionRow | undefined> {
	const own = (await listReadableVersions(db, asker)).filter((row) => row.instrument === instrument);
	return own.at(-1);
}

/**
 * Publishes a draft under review as the next frozen version, with its SHA-256.
 * @throws {Problem} 403 for whoever edited it, 409 when the draft or the instrument moved on, 422 while it has errors
 */
export async function publishDraft(
	trx: Trx,
	asker: Asker,
	draft: InstrumentDraft,
	act: { revision: number; comment: string },
): Promise<number> {
	if (draft.editors.includes(whoOf(asker))) throw new Problem(403, 'own-draft');
	demandSound(contentOf(draft));
	const versions = (await listInstrumentVersions(trx)).filter(
		({ instrument }) => instrument === draft.instrument,
	);
	const newest = versions.at(-1)?.version ?? null;
	if (newest !== draft.based_on) throw new Problem(409, 'newer-version', { version: newest ?? 0 });
	const version = (newest ?? 0) + 1;
	const content = contentOf(draft);
	const key = finishKey({ ...content.key, instrument: draft.instrument }, version);
	const problem = await changeDraftState(trx, draft.id, 'published', {
		...act,
		by: whoOf(asker),
		published_version: version,
	});
	if (problem) throw new Problem(409, 'draft-moved');
	await publishInstrument(trx, {
		instrument: draft.instrument,
		version,
		survey: JSON.stringify(content.survey),
		key: JSON.stringify(key),
		sha256: fingerprintInstrument(content.survey, key),
	});
	return version;
}

/** @throws {Problem} 422 naming how many errors the linter finds */
export function demandSound(content: InstrumentContent): void {
	const errors = lintInstrument(content).findings.filter(({ severity }) => severity === 'error');
	if (errors.length > 0) throw new Problem(422, 'draft-has-errors', { count: errors.length });
}

/** Who signed, and what is known of the key. */
export async function describeSigner(db: Db, own: SigningKey, signer: Signer): Promise<SignerItem> {
	const known = await findSigner(db, signer.fingerprint);
	const trust =
		signer.fingerprint === own.fingerprint
			? 'own'
			: known?.trusted_at
				? 'trusted'
				: known
					? 'known'
					: 'unknown';
	return { fingerprint: signer.fingerprint, name: known?.name ?? signer.name, trust };
}
