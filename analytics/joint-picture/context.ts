import type { Language, LocalText } from '../module.ts';
import { contextIndices, type Third, thirds } from '../statistics/context-index.ts';
import type { Presets } from './definition.ts';
import type { SchoolYear } from './expectation.ts';

/** Shares of the social passport with their direction: 1 where more makes the work of a school harder. */
const contextShares = [
	{
		field: 'higher_education',
		direction: -1,
		title: { ru: 'Оба родителя с высшим образованием', en: 'Both parents with higher education' },
	},
	{ field: 'incomplete_families', direction: 1, title: { ru: 'Неполные семьи', en: 'Incomplete families' } },
	{
		field: 'large_or_low_income',
		direction: 1,
		title: { ru: 'Многодетные и малообеспеченные семьи', en: 'Large or low-income families' },
	},
	{ field: 'on_registers', direction: 1, title: { ru: 'Обучающиеся на учёте', en: 'Pupils on registers' } },
	{
		field: 'other_language',
		direction: 1,
		title: { ru: 'Русский язык не родной', en: 'Russian is not the first language' },
	},
	{
		field: 'special_needs',
		direction: 1,
		title: { ru: 'Обучающиеся с ОВЗ и инвалидностью', en: 'Special needs and disabilities' },
	},
	{ field: 'vacancies', direction: 1, title: { ru: 'Вакансии педагогов', en: 'Vacant teaching posts' } },
] as const satisfies { field: string; direction: 1 | -1; title: LocalText }[];

export type ContextShare = (typeof contextShares)[number]['field'];

/** What the social make-up says of one school and year. */
export interface SocialContext {
	/** higher is harder; null where too few shares are known */
	index: number | null;
	third: Third | null;
	/** null: nobody can say */
	is_hard: boolean | null;
	basis: 'decision' | 'index' | null;
	shares: { title: LocalText; value: number; mean: number; score: number | null }[];
}

/**
 * The social context of the schools of one region and year. Hard conditions (ШССУ): named by a decision, or in the hardest
 * third of the region (domain §5.3); without a decision and an index nothing is said.
 */
export function socialContexts(
	schools: readonly SchoolYear[],
	presets: Presets,
): Map<SchoolYear, SocialContext> {
	const { indices, means } = contextIndices(
		schools.map((school) => contextShares.map(({ field }) => school[field] ?? null)),
		contextShares.map(({ direction }) => direction),
		Number(presets.minimum_shares),
	);
	const third = thirds(
		indices.map(({ index }) => index),
		Number(presets.context_schools),
	);
	return new Map(
		schools.map((school, row) => {
			const { index, scores } = indices[row]!;
			const isNamed = (school.decision ?? null) !== null;
			const lies = third[row] ?? null;
			return [
				school,
				{
					index,
					third: lies,
					is_hard: isNamed ? true : lies === null ? null : lies === 'hard',
					basis: isNamed ? 'decision' : lies === null ? null : 'index',
					shares: contextShares.flatMap(({ field, title }, column) => {
						const [value, mean] = [school[field] ?? null, means[column] ?? null];
						return value === null || mean === null
							? []
							: [{ title, value, mean, score: scores[column] ?? null }];
					}),
				} satisfies SocialContext,
			] as const;
		}),
	);
}

const texts: Record<'decision' | 'index' | 'usual' | 'unknown', LocalText> = {
	decision: {
		ru: 'сложные социальные условия: названа решением',
		en: 'hard social conditions: named by a decision',
	},
	index: {
		ru: 'сложные социальные условия: в трети школ региона с самым трудным составом',
		en: 'hard social conditions: in the third of the region’s schools with the hardest make-up',
	},
	usual: { ru: 'к сложным условиям не отнесена', en: 'not counted as hard conditions' },
	unknown: { ru: 'социальный состав неизвестен', en: 'social make-up unknown' },
};

/** The context in words. */
export function contextText({ is_hard, basis }: SocialContext, language: Language): string {
	const which = is_hard === null ? 'unknown' : is_hard ? (basis ?? 'index') : 'usual';
	return texts[which][language];
}
