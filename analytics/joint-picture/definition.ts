import { schoolFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

/** Results, whether they can be trusted, and what the context let one expect: the joint picture of a school and year. */
export const definition = {
	id: 'joint-picture',
	version: '1.2.0',
	question: {
		ru: 'Где результаты низкие, где им можно верить и где они выше ожидаемых?',
		en: 'Where are results low, where can they be trusted, and where are they above expectation?',
	},
	grain: { ru: 'Одна строка — школа и год.', en: 'One row per school and year.' },
	audience: ['school_coordinator', 'methodist', 'leader'],
	filters: ['year', 'school', 'municipality'],
	uses: ['low-results', 'result-objectivity'],
	row: {
		...schoolFields,
		year: { type: 'integer', label: { ru: 'Год', en: 'Year' } },
		n: {
			type: 'integer',
			label: { ru: 'Результатов', en: 'Results' },
			unit: { ru: 'работ', en: 'papers' },
			format: 'count',
		},
		standing: { type: 'varchar', label: { ru: 'Результаты (код)', en: 'Results (code)' }, format: 'id' },
		standing_text: { type: 'varchar', label: { ru: 'Результаты', en: 'Results' }, format: 'text' },
		trust: { type: 'varchar', label: { ru: 'Доверие (код)', en: 'Trust (code)' }, format: 'id' },
		trust_text: { type: 'varchar', label: { ru: 'Можно ли верить', en: 'Can they be trusted' } },
		action_text: { type: 'varchar', label: { ru: 'Что делать', en: 'What to do' }, format: 'text' },
		is_benchmark: {
			type: 'boolean',
			label: { ru: 'Годится для сравнения', en: 'May serve as a benchmark' },
		},
		certainty_text: { type: 'varchar', label: { ru: 'Устойчивость', en: 'Certainty' }, format: 'text' },
		is_hard_context: {
			type: 'boolean',
			label: { ru: 'Сложные социальные условия (ШССУ)', en: 'Hard social conditions' },
		},
		context_text: {
			type: 'varchar',
			label: { ru: 'Социальный контекст', en: 'Social context' },
			format: 'text',
		},
		context_index: {
			type: 'double',
			label: { ru: 'Индекс контекста (больше — труднее)', en: 'Index of context (more is harder)' },
			unit: { ru: 'ст. откл.', en: 'SD' },
			format: 'number',
		},
		context_basis: {
			type: 'varchar',
			label: { ru: 'Основание ШССУ (код)', en: 'Basis of hard conditions (code)' },
			format: 'id',
		},
		decision: {
			type: 'varchar',
			label: { ru: 'Решение о ШССУ', en: 'Decision on hard conditions' },
			format: 'text',
		},
		shares: { type: 'varchar', label: { ru: 'Социальный состав', en: 'Social make-up' }, format: 'json' },
		result: {
			type: 'double',
			label: { ru: 'Результат относительно региона', en: 'Result against the region' },
			unit: { ru: 'ст. откл.', en: 'SD' },
			format: 'number',
		},
		expected: {
			type: 'double',
			label: { ru: 'Ожидаемый по контексту', en: 'Expected from the context' },
			unit: { ru: 'ст. откл.', en: 'SD' },
			format: 'number',
		},
		residual: {
			type: 'double',
			label: { ru: 'Отличие от ожидаемого', en: 'Difference from expectation' },
			unit: { ru: 'ст. откл.', en: 'SD' },
			format: 'number',
		},
		residual_lo: {
			type: 'double',
			label: { ru: 'Отличие, от', en: 'Difference, from' },
			unit: { ru: 'ст. откл.', en: 'SD' },
			format: 'number',
		},
		residual_hi: {
			type: 'double',
			label: { ru: 'Отличие, до', en: 'Difference, to' },
			unit: { ru: 'ст. откл.', en: 'SD' },
			format: 'number',
		},
		residual_z: { type: 'double', label: { ru: 'z отличия', en: 'z of the difference' }, format: 'number' },
		expected_basis: {
			type: 'varchar',
			label: { ru: 'Способ ожидания (код)', en: 'Way of the expectation (code)' },
			format: 'id',
		},
		note: { type: 'varchar', label: { ru: 'Пометки', en: 'Notes' }, format: 'id' },
	},
	disclosure: { kind: 'institution' },
	reads: 'results',
	isOfAllSchools: true,
	presets: {
		/** schools that the line of expectation takes at least */
		minimum_schools: 30,
		/** papers of a school from which its result counts for the line and for «above expectation» */
		minimum_n: 20,
		/** a variable of the context is taken when it is known of this share of the schools */
		known_share: 0.8,
		confidence: 0.95,
		/** shares of the social passport that a school needs for an index of context */
		minimum_shares: 3,
		/** schools with an index from which thirds are formed */
		context_schools: 9,
		/** below `minimum_schools`: other schools that a third needs for an expectation */
		third_schools: 3,
		/** a social passport speaks for so many later years at most, while no newer one is there */
		context_years: 3,
	},
	references: [
		'D. Spiegelhalter. Funnel plots for comparing institutional performance. Statistics in Medicine 24 (2005) 1185–1202',
		'R. D. Cook, S. Weisberg. Residuals and Influence in Regression. Chapman and Hall, 1982',
		'low-results',
		'result-objectivity',
	],
} as const satisfies AnalyticsModule;

export type Presets = { [Name in keyof typeof definition.presets]: number };
