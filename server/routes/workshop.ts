import { type Request, type RequestHandler, type Response, Router, raw } from 'express';
import { ImportError } from '#data/import/codes.ts';
import { writeInstrumentTemplate } from '#data/import/instrument-sheet.ts';
import { issueParams } from '#data/import/refused-file.ts';
import { namesOfAccounts } from '#data/records/registry/accounts.ts';
import { listMunicipalities } from '#data/records/registry/municipalities.ts';
import { findSetting } from '#data/records/settings.ts';
import type { Trx } from '#data/records/store.ts';
import {
	changeDraftState,
	commentDraft,
	createDraft,
	type DraftProblem,
	findVisibleDraft,
	type InstrumentDraft,
	listDraftEvents,
	listDrafts,
	saveDraft,
} from '#data/records/workshop/drafts.ts';
import { findSigner, listSigners, rememberSigner, trustSigner } from '#data/records/workshop/signers.ts';
import { fingerprintInstrument } from '#surveys/fingerprint.ts';
import { lintInstrument } from '#surveys/lint/lint.ts';
import type { InstrumentContent } from '#surveys/workshop/content.ts';
import { listChanges } from '#surveys/workshop/difference.ts';
import { nameInstrument } from '#surveys/workshop/starting-key.ts';
import { listTemplates, startFromTemplate } from '#surveys/workshop/templates.ts';
import { demandAct } from '../access.ts';
import type { Act } from '../acts.ts';
import {
	commentBody,
	type FileReply,
	fileQuery,
	newDraftBody,
	type SaveReply,
	saveBody,
	stateBody,
	type VersionDetail,
	type WorkshopOverview,
	workshopRoutes,
} from '../contract/workshop.ts';
import type { Floors } from '../floors.ts';
import { translate } from '../language.ts';
import { logAct } from '../log-act.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { Problem } from '../problem.ts';
import { type Asker, askerOf, whoOf } from '../session.ts';
import { packInstrument } from '../workshop/archive.ts';
import { readContent } from '../workshop/content.ts';
import {
	contentOf,
	describeDraft,
	describeDrafts,
	describeVersions,
	listDraftActs,
} from '../workshop/describe.ts';
import { type Incoming, readIncoming } from '../workshop/incoming.ts';
import { deriveSigningKey } from '../workshop/signing.ts';
import { describeChanges, describeFindings } from '../workshop/words.ts';
import {
	demandSound,
	demandVersion,
	describeSigner,
	findHome,
	findNewest,
	freeName,
	listReadableVersions,
	publishDraft,
} from '../workshop/workshop.ts';

const FILE_LIMIT = '8mb';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The workshop of instruments: the only routes on which a key travels, and only to those who write or review it. */
export function workshopRouter({ records, secret }: Floors): Router {
	const { db } = records;
	const router = Router();
	const signingKey = deriveSigningKey(secret);

	router.get(workshopRoutes.overview.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'review-instruments');
		const versions = await listReadableVersions(db, asker);
		const newest = new Map(versions.map((row) => [row.instrument, row.version]));
		const signers = await listSigners(db);
		const reply: WorkshopOverview = {
			homes: (await listMunicipalities(db, asker.places)).map(({ id, name }) => ({
				municipality_id: id,
				name,
			})),
			drafts: await describeDrafts(db, await listDrafts(db, asker.places)),
			versions: await describeVersions(db, versions, newest),
			templates: listTemplates(),
			signers: signers.map(({ fingerprint, name, trusted_at }) => ({
				fingerprint,
				name,
				trust: fingerprint === signingKey.fingerprint ? 'own' : trusted_at ? 'trusted' : 'known',
			})),
			fingerprint: signingKey.fingerprint,
		};
		response.json(reply);
	});

	router.post(workshopRoutes.create.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'edit-instruments');
		const { from, municipality_id } = parseBody(newDraftBody, request, response);
		const home = await findHome(db, asker, municipality_id, from.kind === 'version' ? from : undefined);
		const { content, based_on } = await startContent(asker, from);
		const draft_id = await records.transaction((trx) => recordDraft(trx, asker, home, content, based_on, ''));
		response.status(201).json({ draft_id });
	});

	const mayEdit: RequestHandler = (_request, response, next) => {
		demandAct(askerOf(response), 'edit-instruments');
		next();
	};
	const readBytes = raw({ type: () => true, limit: FILE_LIMIT });

	router.post(workshopRoutes.file.path, mayEdit, readBytes, async (request, response) => {
		const asker = askerOf(response);
		const { file_name, store, municipality_id } = parseQuery(fileQuery, request, response);
		const bytes: unknown = request.body;
		if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw new Problem(422, 'empty-body');
		const { language } = response.locals;
		let incoming: Incoming;
		try {
			incoming = await readIncoming(bytes, file_name);
		} catch (error) {
			if (!(error instanceof ImportError)) throw error;
			throw new Problem(422, 'import-refused', {
				reason: translate(language, `import:${error.code}`, error.params),
			});
		}
		const { content, signer } = incoming;
		const newest =
			incoming.kind === 'archive' && content
				? await findNewest(db, asker, content.key.instrument)
				: undefined;
		const reply: FileReply = {
			kind: incoming.kind,
			title: incoming.title,
			items: incoming.items,
			issues: incoming.issues.slice(0, 200).map((issue) => ({
				row: issue.row,
				column: issue.column,
				text: translate(language, `import:${issue.code}`, issueParams(issue)),
			})),
			findings: content ? describeFindings(lintInstrument(content).findings, language) : [],
			signer: signer && (await describeSigner(db, signingKey, signer)),
			follows: newest ? (await describeVersions(db, [newest], new Map()))[0]! : null,
			draft_id: null,
		};
		if (store === 'yes' && content) {
			const home = await findHome(db, asker, municipality_id, newest);
			const kept = newest ? content : await renamed(content);
			reply.draft_id = await records.transaction(async (trx) => {
				if (signer) await rememberSigner(trx, signer.fingerprint, signer.name);
				return recordDraft(trx, asker, home, kept, newest?.version ?? null, file_name);
			});
		}
		response.json(reply);
	});

	router.get(workshopRoutes.sheet.path, async (_request, response) => {
		demandAct(askerOf(response), 'edit-instruments');
		const file = await writeInstrumentTemplate(response.locals.language);
		response.attachment('instrument.xlsx').type(XLSX).send(file);
	});

	router.get(workshopRoutes.draft.path, async (request, response) => {
		const draft = await demandDraft(request, response, 'review-instruments');
		response.json(await describeDraft(db, askerOf(response), draft, response.locals.language));
	});

	router.put(workshopRoutes.save.path, async (request, response) => {
		const asker = askerOf(response);
		const { id, instrument } = await demandDraft(request, response, 'edit-instruments');
		const { revision, ...given } = parseBody(saveBody, request, response);
		const { survey, key, card } = readContent(given);
		const texts = {
			survey: JSON.stringify(survey),
			key: JSON.stringify({ ...key, instrument }),
			card,
		};
		const saved = await records.transaction(async (trx) => {
			const result = await saveDraft(trx, id, revision, texts, whoOf(asker));
			if ('code' in result) throw await problemOf(result);
			return result;
		});
		const { findings, minutes } = lintInstrument({ survey, key });
		const reply: SaveReply = {
			revision: saved.revision,
			saved_at: saved.saved_at,
			findings: describeFindings(findings, response.locals.language),
			estimated_minutes: minutes,
		};
		response.json(reply);
	});

	router.post(workshopRoutes.state.path, async (request, response) => {
		const asker = askerOf(response);
		const draft = await demandDraft(request, response, 'review-instruments');
		const { to, revision, comment } = parseBody(stateBody, request, response);
		const may = listDraftActs(asker, draft);
		if (to === 'published' && draft.state === 'in_review' && draft.editors.includes(whoOf(asker)))
			throw new Problem(403, 'own-draft');
		const needed = {
			in_review: 'submit',
			published: 'publish',
			discarded: 'discard',
			draft: 'return',
		} as const;
		const isAllowed = may.includes(needed[to]) || (to === 'draft' && may.includes('withdraw'));
		if (!isAllowed)
			throw draft.state === 'in_review' || draft.state === 'draft'
				? new Problem(403, 'forbidden')
				: new Problem(409, 'draft-moved');
		if (to === 'draft' && !may.includes('withdraw') && comment === '')
			throw new Problem(422, 'comment-needed');
		await records.transaction(async (trx) => {
			if (to === 'published') await publishDraft(trx, asker, draft, { revision, comment });
			else {
				if (to === 'in_review') demandSound(contentOf(draft));
				const problem = await changeDraftState(trx, draft.id, to, { revision, by: whoOf(asker), comment });
				if (problem) throw await problemOf(problem);
			}
			await logAct(trx, asker, `instrument-${to}`, `draft/${draft.id}`, draft.instrument);
		});
		await respondDraft(request, response);
	});

	router.post(workshopRoutes.comment.path, async (request, response) => {
		const asker = askerOf(response);
		const draft = await demandDraft(request, response, 'review-instruments');
		const { comment } = parseBody(commentBody, request, response);
		if (!listDraftActs(asker, draft).includes('comment')) throw new Problem(409, 'draft-moved');
		await records.transaction((trx) => commentDraft(trx, draft, whoOf(asker), comment));
		response.status(201);
		await respondDraft(request, response);
	});

	router.get(workshopRoutes.differences.path, async (request, response) => {
		const asker = askerOf(response);
		const draft = await demandDraft(request, response, 'review-instruments');
		const after = contentOf(draft);
		const before =
			draft.based_on === null
				? (JSON.parse((await listDraftEvents(db, draft.id))[0]!.content) as InstrumentContent)
				: (await demandVersion(db, asker, draft.instrument, draft.based_on)).content;
		response.json(describeChanges(listChanges(before, after), before, after, response.locals.language));
	});

	router.get(workshopRoutes.version.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'review-instruments');
		const { row, content } = await demandVersion(
			db,
			asker,
			String(request.params.instrument),
			Number(request.params.version),
		);
		const own = (await listReadableVersions(db, asker)).filter(
			({ instrument }) => instrument === row.instrument,
		);
		const previous = own.filter(({ version }) => version < row.version).at(-1)?.version ?? null;
		const before =
			previous === null ? null : (await demandVersion(db, asker, row.instrument, previous)).content;
		const [described] = await describeVersions(db, [row], new Map([[row.instrument, own.at(-1)!.version]]));
		const reply: VersionDetail = {
			...described!,
			previous,
			card: content.card,
			changes: before
				? describeChanges(listChanges(before, content), before, content, response.locals.language)
				: [],
		};
		response.json(reply);
	});

	router.get(workshopRoutes.archive.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'edit-instruments');
		const { row, content } = await demandVersion(
			db,
			asker,
			String(request.params.instrument),
			Number(request.params.version),
		);
		const name = (await findSetting(db, 'installation_name')) ?? 'Opora';
		await logAct(records, asker, 'export-instrument', `instrument/${row.instrument}@${row.version}`);
		response
			.attachment(`${row.instrument}-${row.version}.zip`)
			.type('application/zip')
			.send(packInstrument(content, name, signingKey));
	});

	router.post(workshopRoutes.trust.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'review-instruments');
		const fingerprint = String(request.params.fingerprint);
		const isKnown = await records.transaction(async (trx) => {
			await logAct(trx, asker, 'trust-signer', `signer/${fingerprint.slice(0, 64)}`);
			return trustSigner(trx, fingerprint, whoOf(asker));
		});
		if (!isKnown) throw new Problem(404, 'not-found');
		const { name } = (await findSigner(db, fingerprint))!;
		response.json(await describeSigner(db, signingKey, { fingerprint, name }));
	});

	async function startContent(
		asker: Asker,
		from: ReturnType<typeof newDraftBody.parse>['from'],
	): Promise<{ content: InstrumentContent; based_on: number | null }> {
		if (from.kind === 'template') {
			const content = startFromTemplate(from.template, 'new');
			if (!content) throw new Problem(404, 'not-found');
			return { content: await renamed(content), based_on: null };
		}
		const { content } = await demandVersion(db, asker, from.instrument, from.version);
		if (from.kind === 'copy') return { content: await renamed(content), based_on: null };
		const newest = await findNewest(db, asker, from.instrument);
		if (newest?.version !== from.version)
			throw new Problem(409, 'newer-version', { version: newest?.version ?? 0 });
		return { content, based_on: from.version };
	}

	/** The same instrument under an id of its own. */
	async function renamed(content: InstrumentContent): Promise<InstrumentContent> {
		const instrument = await freeName(db, nameInstrument(content.key.title.ru));
		return { ...content, key: { ...content.key, instrument, version: 1 } };
	}

	async function recordDraft(
		trx: Trx,
		asker: Asker,
		home: string,
		{ survey, key, card }: InstrumentContent,
		based_on: number | null,
		comment: string,
	): Promise<string> {
		const id = await createDraft(trx, {
			municipality_id: home,
			instrument: key.instrument,
			based_on,
			survey: JSON.stringify(survey),
			key: JSON.stringify(key),
			card,
			by: whoOf(asker),
			comment,
		});
		await logAct(trx, asker, 'draft-instrument', `draft/${id}`, fingerprintInstrument(survey, key));
		return id;
	}

	async function demandDraft(request: Request, response: Response, act: Act): Promise<InstrumentDraft> {
		const asker = askerOf(response);
		demandAct(asker, act);
		const draft = await findVisibleDraft(db, String(request.params.id), asker.places);
		if (!draft) throw new Problem(404, 'not-found');
		return draft;
	}

	async function respondDraft(request: Request, response: Response): Promise<void> {
		const draft = await demandDraft(request, response, 'review-instruments');
		response.json(await describeDraft(db, askerOf(response), draft, response.locals.language));
	}

	async function problemOf(problem: DraftProblem): Promise<Problem> {
		if (problem.code === 'unknown-draft') return new Problem(404, 'not-found');
		if (problem.code === 'draft-not-open') return new Problem(409, 'draft-moved');
		const names = await namesOfAccounts(db, [problem.by]);
		return new Problem(409, 'workshop-draft-changed', { name: names.get(problem.by) ?? problem.by });
	}

	return router;
}
