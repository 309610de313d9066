import { reliableChange } from '#analytics/statistics/reliable-change.ts';
import type { MyProfile, ProfileHistoryLine } from './contract/my.ts';

type Result = ProfileHistoryLine['results'][number];

/**
 * Competencies that were measured more than once or through more than one channel, each with its results, oldest first.
 * A change is spoken of only between two results of the same instrument and version, by reliable change (D13).
 * `versions`: by `campaign_id instrument`.
 */
export function listHistory(
	campaigns: MyProfile['campaigns'],
	versions: ReadonlyMap<string, number>,
): ProfileHistoryLine[] {
	const lines = new Map<string, ProfileHistoryLine>();
	for (const campaign of campaigns.toSorted((a, b) => (a.submitted_at < b.submitted_at ? -1 : 1))) {
		const { campaign_id, instrument } = campaign;
		const version = versions.get(`${campaign_id} ${instrument}`) ?? 0;
		for (const { kind, scale, title, percent, sem, level, level_beside } of campaign.scales) {
			if (kind !== 'competency' || percent === null) continue;
			const line = lines.get(scale) ?? { scale, title, results: [] };
			lines.set(scale, line);
			const before = line.results.findLast(
				(result) => result.instrument === instrument && result.version === version,
			);
			line.results.push({
				campaign_id,
				campaign_title: campaign.title,
				instrument,
				instrument_title: campaign.instrument_title,
				version,
				channel: campaign.channel,
				submitted_at: campaign.submitted_at,
				percent,
				sem,
				level,
				level_beside,
				change: before ? compare(before, percent, sem) : null,
			});
		}
	}
	return [...lines.values()].filter(({ results }) => results.length > 1);
}

function compare(before: Result, percent: number, sem: number | null): Result['change'] {
	const change = reliableChange(before.percent, percent, before.sem, sem);
	return change && { ...change, points: percent - before.percent };
}
