import type { Cell, ModuleResult } from '#analytics/module.ts';
import { listKeptFiles } from '#data/records/diagnostics/answer-files.ts';
import type { InvitationListing } from '#data/records/diagnostics/invitations.ts';
import { listOwnResponses } from '#data/records/joins/own-data.ts';
import { listCompetencies, listCompetencyGroups } from '#surveys/competencies.ts';
import { areDeficitCuts, deficitLevel, findAdjacentLevels } from '#surveys/deficit-level.ts';
import { type Key, measuresPeople } from '#surveys/key.ts';
import { describeKeptFile } from './answer-files.ts';
import type { MyProfile, ProfileScale } from './contract/my.ts';
import type { LocalText } from './contract/text.ts';
import type { Floors } from './floors.ts';
import type { Language } from './language.ts';
import { hasExplanations } from './my-explanations.ts';
import { fillerOf, resultOf } from './my-invitations.ts';
import { findRemarks } from './observer-remarks.ts';
import { listHistory } from './profile-history.ts';
import type { PublishedInstruments } from './published.ts';
import { suggestAction } from './suggested-actions.ts';

type ProfileCampaign = MyProfile['campaigns'][number];
type ScaleRow = Record<string, Cell>;

/** Strengths and priorities alike: more than three is a list, not advice. */
const MOST_NAMED = 3;

/** What a participant has handed in, with scores where they may be read: strengths first, then where support gives most. */
export async function findProfile(
	{ records, analyst }: Floors,
	published: PublishedInstruments,
	invitations: InvitationListing[],
	language: Language,
): Promise<Pick<MyProfile, 'campaigns' | 'history'>> {
	// Anonymous answers are nobody's: they make no profile.
	const done = invitations.filter(({ submitted_at, mode }) => submitted_at !== null && mode !== 'anonymous');
	if (done.length === 0) return { campaigns: [], history: [] };
	const codes = [...new Set(done.map(({ participant_code }) => participant_code))];
	const viewer = { role: 'teacher' as const, places: [], codes };
	const rows = rowsOf(await analyst.run({ module: 'competency-deficit', viewer, filters: {}, language }));
	const versions = new Map(
		done.map(({ campaign_id, instrument, version }) => [`${campaign_id} ${instrument}`, version]),
	);
	const [given, files] = await Promise.all([
		listOwnResponses(records.db, codes),
		listKeptFiles(records.db, codes),
	]);
	const described = await Promise.all(
		done.map(async (invitation) => {
			const { key, survey } = await published.get(invitation.instrument, invitation.version);
			const mine = rows.filter(
				(row) =>
					row.participant_code === invitation.participant_code && row.instrument === invitation.instrument,
			);
			// Wishes and marks given to events tell nothing about the person.
			if (!measuresPeople(key.channel)) return [];
			const observed =
				fillerOf(key) === 'observer' && resultOf(invitation, key) === 'ready'
					? given.find(
							(each) =>
								each.participant_code === invitation.participant_code &&
								each.instrument === invitation.instrument,
						)
					: undefined;
			const remarks = observed ? findRemarks(survey, observed.answers) : [];
			const attached = files
				.filter(({ observation_id }) => observed && observation_id === observed.id)
				.map((file) => describeKeptFile(survey, file));
			return [{ ...describeCampaign(invitation, key, mine), remarks, files: attached }];
		}),
	);
	const campaigns = described.flat();
	return { campaigns, history: listHistory(campaigns, versions) };
}

function describeCampaign(
	invitation: InvitationListing,
	key: Key,
	rows: ScaleRow[],
): Omit<ProfileCampaign, 'remarks' | 'files'> {
	const isReady = resultOf(invitation, key) === 'ready';
	const scales = isReady ? rows.map((row) => describeScale(row, key)) : [];
	const ranked = scales
		.filter(({ kind, percent }) => (kind === 'competency' || kind === 'area') && percent !== null)
		.toSorted((a, b) => b.percent! - a.percent!);
	const priorities = ranked
		.filter(({ level }) => level !== null && level !== 'low')
		.toReversed()
		.slice(0, MOST_NAMED);
	return {
		campaign_id: invitation.campaign_id,
		title: invitation.title,
		instrument: invitation.instrument,
		instrument_title: key.title,
		channel: key.channel,
		submitted_at: invitation.submitted_at!,
		state: !isReady ? 'at_release' : rows.length === 0 ? 'counting' : 'ready',
		scales,
		strengths: ranked
			.filter((scale) => !priorities.includes(scale))
			.slice(0, MOST_NAMED)
			.map(({ scale }) => scale),
		priorities: priorities.map(({ scale, level }) => ({
			scale,
			action: suggestAction(scale, level ?? 'medium'),
		})),
		is_explained: isReady && hasExplanations(key),
	};
}

function describeScale(row: ScaleRow, key: Key): ProfileScale {
	const percent = row.percent as number | null;
	const sem = row.sem as number | null;
	const level = row.deficit_level as ProfileScale['level'];
	const cuts = areDeficitCuts(key.cut_scores) ? key.cut_scores : [];
	const isBorderline = row.borderline === true && percent !== null && sem !== null;
	const beside = isBorderline ? findAdjacentLevels(percent, sem, cuts) : null;
	return {
		scale: String(row.scale),
		kind: String(row.kind),
		group: listCompetencies().find(({ id }) => id === row.scale)?.group ?? null,
		title: findTitle(String(row.scale), key),
		percent,
		sem,
		sem_source: row.sem_source === 'data' ? 'data' : 'planned',
		level,
		borderline: isBorderline,
		own_levels: findOwnLevels(percent, sem, key),
		level_beside: beside?.find((each) => each !== level) ?? null,
		n_items: Number(row.n_items),
		n_answered: Number(row.n_answered),
		group_median: row.group_median as number | null,
		group_n: row.group_n as number | null,
	};
}

/** The instrument's own level, or the two between which the error leaves it open. */
function findOwnLevels(percent: number | null, sem: number | null, { levels, cut_scores }: Key): LocalText[] {
	if (!levels || percent === null) return [];
	const near = sem === null ? null : findAdjacentLevels(percent, sem, cut_scores);
	const found = near ?? [deficitLevel(percent, cut_scores)];
	return levels.filter(({ level }) => found.includes(level)).map(({ title }) => title);
}

function findTitle(scale: string, key: Key): LocalText {
	const own = key.scales.find((each) => each.scale === scale)?.title;
	if (own) return own;
	const known = [...listCompetencies(), ...listCompetencyGroups()].find(({ id }) => id === scale);
	return known?.title ?? { ru: scale, en: scale };
}

function rowsOf({ columns, length }: ModuleResult): ScaleRow[] {
	const named = Object.entries(columns);
	return Array.from({ length }, (_, row) =>
		Object.fromEntries(named.map(([name, cells]) => [name, cells[row] ?? null])),
	);
}
