import type { InstrumentVersionRow } from '#data/records/diagnostics/tables.ts';
import { namesOfAccounts } from '#data/records/registry/accounts.ts';
import { listMunicipalities } from '#data/records/registry/municipalities.ts';
import type { Db } from '#data/records/store.ts';
import { findDraftOfVersion, type InstrumentDraft, listDraftEvents } from '#data/records/workshop/drafts.ts';
import { listCompetencies, listCompetencyGroups } from '#surveys/competencies.ts';
import { BASIC_CUT_SCORES } from '#surveys/deficit-level.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { listItems } from '#surveys/item-labels.ts';
import { keySchema, measuresPeople } from '#surveys/key.ts';
import { lintInstrument } from '#surveys/lint/lint.ts';
import type { DraftKey, InstrumentContent } from '#surveys/workshop/content.ts';
import { mayDo } from '../acts.ts';
import type {
	DraftDetail,
	DraftItem,
	VersionItem,
	WorkshopContent,
	WorkshopHome,
} from '../contract/workshop.ts';
import type { Language } from '../language.ts';
import { type Asker, whoOf } from '../session.ts';
import { describeFindings } from './words.ts';

/** The content of a draft as it is stored. */
export function contentOf({
	survey,
	key,
	card,
}: Pick<InstrumentDraft, 'survey' | 'key' | 'card'>): InstrumentContent {
	return { survey: JSON.parse(survey) as SurveyJson, key: JSON.parse(key) as DraftKey, card };
}

/** What the asker may do with a draft now; whoever has edited it never publishes it. */
export function listDraftActs(asker: Asker, draft: InstrumentDraft): DraftDetail['may'] {
	const mayEdit = mayDo(asker.role, 'edit-instruments');
	const mayReview = mayDo(asker.role, 'review-instruments');
	const isEditor = draft.editors.includes(whoOf(asker));
	switch (draft.state) {
		case 'draft':
			return mayEdit ? ['edit', 'submit', 'comment', 'discard'] : mayReview ? ['comment'] : [];
		case 'in_review':
			return [
				...(mayReview ? (['comment'] as const) : []),
				...(mayEdit && isEditor ? (['withdraw'] as const) : []),
				...(mayReview && !isEditor ? (['return', 'publish'] as const) : []),
			];
		default:
			return [];
	}
}

export async function describeDrafts(db: Db, drafts: readonly InstrumentDraft[]): Promise<DraftItem[]> {
	const names = await namesOfAccounts(
		db,
		drafts.flatMap(({ created_by, saved_by }) => [created_by, saved_by]),
	);
	const homes = await nameHomes(db);
	return drafts.map((draft) => describeItem(draft, contentOf(draft), names, homes));
}

function describeItem(
	draft: InstrumentDraft,
	{ survey, key }: InstrumentContent,
	names: ReadonlyMap<string, string>,
	homes: Homes,
): DraftItem {
	return {
		draft_id: draft.id,
		home: homes(draft.municipality_id),
		instrument: draft.instrument,
		title: key.title,
		channel: key.channel,
		items: countItems(survey),
		state: draft.state,
		based_on: draft.based_on,
		published_version: draft.published_version,
		author: names.get(draft.created_by) ?? draft.created_by,
		saved_by: names.get(draft.saved_by) ?? draft.saved_by,
		saved_at: draft.saved_at,
	};
}

/** A draft whole: content, remarks of the linter, history, and what the asker may do. */
export async function describeDraft(
	db: Db,
	asker: Asker,
	draft: InstrumentDraft,
	language: Language,
): Promise<DraftDetail> {
	const content = contentOf(draft);
	const events = await listDraftEvents(db, draft.id);
	const names = await namesOfAccounts(db, [draft.created_by, draft.saved_by, ...events.map(({ by }) => by)]);
	const { findings, minutes } = lintInstrument(content);
	return {
		...describeItem(draft, content, names, await nameHomes(db)),
		revision: draft.revision,
		content: content as unknown as WorkshopContent,
		findings: describeFindings(findings, language),
		estimated_minutes: minutes,
		events: events.map(({ id, at, by, action, comment }) => ({
			event_id: id,
			at,
			by_name: names.get(by) ?? by,
			action,
			comment,
		})),
		may: listDraftActs(asker, draft),
		competencies: listCompetencies().map(({ id, title, group }) => ({ value: id, title, group })),
		groups: listCompetencyGroups().map(({ id, title }) => ({ value: id, title })),
		channels: keySchema.shape.channel.options.map((channel) => ({
			channel,
			measures: measuresPeople(channel),
		})),
		basic_cut_scores: [...BASIC_CUT_SCORES],
	};
}

/** Versions as a list shows them, each with the municipality whose workshop published it. */
export async function describeVersions(
	db: Db,
	rows: readonly InstrumentVersionRow[],
	newest: ReadonlyMap<string, number>,
): Promise<VersionItem[]> {
	const homes = await nameHomes(db);
	return Promise.all(
		rows.map(async (row) => {
			const draft = await findDraftOfVersion(db, row.instrument, row.version);
			return describeVersion(row, newest, draft ? homes(draft.municipality_id) : null);
		}),
	);
}

type Homes = (municipality: string) => WorkshopHome;

async function nameHomes(db: Db): Promise<Homes> {
	const names = new Map((await listMunicipalities(db)).map(({ id, name }) => [id, name]));
	return (municipality_id) => ({ municipality_id, name: names.get(municipality_id) ?? municipality_id });
}

function describeVersion(
	row: InstrumentVersionRow,
	newest: ReadonlyMap<string, number>,
	home: WorkshopHome | null,
): VersionItem {
	const key = JSON.parse(row.key) as DraftKey;
	return {
		home,
		instrument: row.instrument,
		version: row.version,
		is_newest: newest.get(row.instrument) === row.version,
		title: key.title,
		channel: key.channel,
		items: countItems(JSON.parse(row.survey) as SurveyJson),
		minutes: key.minutes,
		sha256: row.sha256,
		published_at: row.published_at,
	};
}

function countItems(survey: SurveyJson): number {
	try {
		return listItems(survey).length;
	} catch {
		return 0;
	}
}
