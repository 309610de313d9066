import { listCompetencies, listCompetencyGroups } from '../competencies.ts';
import { BASIC_CUT_SCORES } from '../deficit-level.ts';
import { type Channel, measuresPeople } from '../key.ts';
import type { Text } from '../text.ts';
import type { DraftKey, DraftKeyItem } from './content.ts';

/** Planned standard errors, percent of points, until enough responses exist (method D10): of a group, of a competency. */
const PLANNED_SEM = { group: 10, competency: 15 };

/** A key with the usual settings: the basic cut scores, both languages, result at once except for a test. */
export function startKey(
	instrument: string,
	given: { channel: Channel; title: Text; purpose: Text; minutes: number; items: readonly DraftKeyItem[] },
): DraftKey {
	return {
		instrument,
		version: 1,
		languages: ['ru', 'en'],
		teacher_result: given.channel === 'test' ? 'at_release' : 'at_once',
		minimum_share_answered: 0.7,
		minimum_items_answered: 2,
		cut_scores_name: { ru: 'базовая', en: 'basic' },
		cut_scores: measuresPeople(given.channel) ? BASIC_CUT_SCORES : [],
		scales: suggestScales(given.items),
		...given,
	};
}

/** Scales that the items bear: every group and competency with two items at least. */
export function suggestScales(items: readonly Pick<DraftKeyItem, 'competency'>[]): DraftKey['scales'] {
	const groups = new Map(listCompetencies().map(({ id, group }) => [id, group]));
	const count = (kind: 'group' | 'competency', id: string): number =>
		items.filter(({ competency }) => (kind === 'group' ? groups.get(competency) : competency) === id).length;
	return (['group', 'competency'] as const).flatMap((kind) =>
		(kind === 'group' ? listCompetencyGroups() : listCompetencies())
			.filter(({ id }) => count(kind, id) >= 2)
			.map(({ id }) => ({ scale: id, kind, planned_sem: PLANNED_SEM[kind] })),
	);
}

const LETTERS: Readonly<Record<string, string>> = {
	а: 'a',
	б: 'b',
	в: 'v',
	г: 'g',
	д: 'd',
	е: 'e',
	ё: 'e',
	ж: 'zh',
	з: 'z',
	и: 'i',
	й: 'y',
	к: 'k',
	л: 'l',
	м: 'm',
	н: 'n',
	о: 'o',
	п: 'p',
	р: 'r',
	с: 's',
	т: 't',
	у: 'u',
	ф: 'f',
	х: 'h',
	ц: 'ts',
	ч: 'ch',
	ш: 'sh',
	щ: 'sch',
	ъ: '',
	ы: 'y',
	ь: '',
	э: 'e',
	ю: 'yu',
	я: 'ya',
};

/** An id that a title suggests: Latin letters, digits and hyphens, starting with a letter. */
export function nameInstrument(title: string): string {
	const latin = [...title.toLowerCase()].map((letter) => LETTERS[letter] ?? letter).join('');
	const words = latin.replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '');
	return words.slice(0, 48).replace(/-+$/, '') || 'instrument';
}
