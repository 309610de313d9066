import { schoolFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

/** Which schools meet the rule of low results in force, and how certain that is for a school of this size. */
export const definition = {
	id: 'low-results',
	version: '1.4.0',
	question: {
		ru: 'Какие школы по действующему правилу имеют низкие результаты и насколько это устойчиво?',
		en: 'Which schools have low results by the rule in force, and how certain is it?',
	},
	grain: { ru: 'Одна строка — школа и год.', en: 'One row per school and year.' },
	audience: ['school_coordinator', 'methodist', 'leader'],
	filters: ['year', 'kind', 'subject', 'grade', 'school', 'municipality'],
	uses: ['result-objectivity'],
	row: {
		...schoolFields,
		year: { type: 'integer', label: { ru: 'Год', en: 'Year' } },
		procedures: {
			type: 'integer',
			label: { ru: 'Процедур', en: 'Procedures' },
			format: 'count',
		},
		low_procedures: {
			type: 'integer',
			label: { ru: 'Процедур с низкими результатами', en: 'Procedures with low results' },
			format: 'count',
		},
		n: {
			type: 'integer',
			label: { ru: 'Результатов', en: 'Results' },
			unit: { ru: 'работ', en: 'papers' },
			format: 'count',
		},
		fail: { type: 'integer', label: { ru: 'Ниже порога', en: 'Below the threshold' }, format: 'count' },
		share: { type: 'double', label: { ru: 'Доля ниже порога', en: 'Share below' }, format: 'share' },
		ci_low: { type: 'double', label: { ru: 'Доля, от', en: 'Share, from' }, format: 'share' },
		ci_high: { type: 'double', label: { ru: 'Доля, до', en: 'Share, to' }, format: 'share' },
		reference_share: {
			type: 'double',
			label: { ru: 'Доля в регионе', en: 'Share in the region' },
			format: 'share',
		},
		limit_low: {
			type: 'double',
			label: { ru: 'Предел 95 %, снизу', en: '95 % limit, lower' },
			format: 'share',
		},
		limit_high: {
			type: 'double',
			label: { ru: 'Предел 95 %, сверху', en: '95 % limit, upper' },
			format: 'share',
		},
		alarm_low: {
			type: 'double',
			label: { ru: 'Предел 99,8 %, снизу', en: '99.8 % limit, lower' },
			format: 'share',
		},
		alarm_high: {
			type: 'double',
			label: { ru: 'Предел 99,8 %, сверху', en: '99.8 % limit, upper' },
			format: 'share',
		},
		threshold: {
			type: 'double',
			label: { ru: 'Порог правила', en: 'Threshold of the rule' },
			format: 'share',
		},
		rule_a: {
			type: 'boolean',
			label: { ru: 'Две процедуры и больше за год', en: 'Two procedures or more in the year' },
		},
		rule_b: {
			type: 'boolean',
			label: { ru: 'Та же процедура два года подряд', en: 'The same procedure two years running' },
		},
		flag: { type: 'boolean', label: { ru: 'Низкие результаты', en: 'Low results' } },
		certainty: {
			type: 'double',
			label: {
				ru: 'Вероятность, что правило выполнено не случайно',
				en: 'Probability that the rule truly holds',
			},
			format: 'share',
		},
		label: { type: 'varchar', label: { ru: 'Устойчивость (код)', en: 'Certainty (code)' }, format: 'id' },
		label_text: { type: 'varchar', label: { ru: 'Устойчивость', en: 'Certainty' }, format: 'text' },
		is_doubtful: {
			type: 'boolean',
			label: { ru: 'Есть признаки необъективности', en: 'Signs of non-objectivity' },
		},
		detail: { type: 'varchar', label: { ru: 'По процедурам', en: 'By procedure' }, format: 'json' },
		note: { type: 'varchar', label: { ru: 'Пометки', en: 'Notes' }, format: 'id' },
	},
	disclosure: { kind: 'institution' },
	reads: 'results',
	isOfAllSchools: true,
	presets: {
		/** share of participants below the threshold of the procedure from which its result is low */
		threshold: 0.3,
		/** rule A: procedures of one year */
		procedures: 2,
		/** `any`: rule A or rule B; `all`: both */
		combine: 'any',
		/** certainty from which the flag is called stable, likely */
		stable_from: 0.8,
		likely_from: 0.5,
		/** least standard deviation of true shares between schools that the prior may have */
		least_spread: 0.05,
		confidence: 0.95,
		/** normal quantiles of the funnel's limits, 95 % and 99.8 % */
		limit_z: 1.96,
		alarm_z: 3.09,
		/** below this number of results the share says little */
		minimum_n: 10,
	},
	references: [
		'Правило выявления школ с низкими образовательными результатами: не менее 30 % участников ниже порога в двух и более процедурах года либо в одной и той же процедуре два года подряд (акты региональных органов, декабрь 2025)',
		'Приказ Рособрнадзора от 19.08.2020 № 847',
		'Spiegelhalter D. J. Funnel plots for comparing institutional performance. Statistics in Medicine 24 (2005) 1185–1202',
		'Wilson E. B. Probable inference, the law of succession, and statistical inference. JASA 22 (1927) 209–212',
	],
} as const satisfies AnalyticsModule;

export type Presets = { [Name in keyof typeof definition.presets]: number | string };
