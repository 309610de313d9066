import { schoolFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';
import { HIGH_FROM, MEDIUM_FROM } from '../statistics/risk-index.ts';

/** Which factors of risk matter in a school by the proposal that stands, and what the school said to each. */
export const definition = {
	id: 'risk-profile',
	version: '1.0.0',
	question: {
		ru: 'Какие факторы риска значимы для школы и что школа ответила на каждый?',
		en: 'Which risk factors matter for a school, and what did the school say to each?',
	},
	grain: { ru: 'Одна строка — школа, год и фактор.', en: 'One row per school, year and factor.' },
	audience: ['school_coordinator', 'methodist', 'leader'],
	filters: ['year', 'school', 'municipality'],
	row: {
		...schoolFields,
		year: { type: 'integer', label: { ru: 'Год', en: 'Year' } },
		factor: { type: 'varchar', label: { ru: 'Фактор (код)', en: 'Factor (code)' }, format: 'id' },
		factor_title: { type: 'varchar', label: { ru: 'Фактор риска', en: 'Risk factor' }, format: 'text' },
		significance: {
			type: 'varchar',
			label: { ru: 'Значимость (код)', en: 'Significance (code)' },
			format: 'id',
		},
		significance_text: {
			type: 'varchar',
			label: { ru: 'Значимость', en: 'Significance' },
			format: 'text',
		},
		risk_index: {
			type: 'double',
			label: { ru: 'Индекс фактора, 0–100', en: 'Index of the factor, 0–100' },
			format: 'number',
		},
		answer: {
			type: 'varchar',
			label: { ru: 'Ответ школы (код)', en: 'Answer of the school (code)' },
			format: 'id',
		},
		answer_text: {
			type: 'varchar',
			label: { ru: 'Ответ школы', en: 'Answer of the school' },
			format: 'text',
		},
		is_chosen: { type: 'boolean', label: { ru: 'В программе школы', en: 'In the programme of the school' } },
		proposed_on: { type: 'date', label: { ru: 'Предложено', en: 'Proposed' }, format: 'date' },
		verified_on: { type: 'date', label: { ru: 'Школа ответила', en: 'School answered' }, format: 'date' },
		remark: {
			type: 'varchar',
			label: { ru: 'Пояснение службы', en: 'Remark of the service' },
			format: 'text',
		},
		answer_remark: {
			type: 'varchar',
			label: { ru: 'Пояснение школы', en: 'Remark of the school' },
			format: 'text',
		},
		detail: {
			type: 'varchar',
			label: { ru: 'Название и показатели', en: 'Title and inputs' },
			format: 'json',
		},
		note: { type: 'varchar', label: { ru: 'Пометки', en: 'Notes' }, format: 'id' },
	},
	disclosure: { kind: 'institution' },
	presets: {
		/** least index of a factor of high and of medium significance */
		high_from: HIGH_FROM,
		medium_from: MEDIUM_FROM,
	},
	references: [
		'Адресная методическая помощь школам с низкими результатами: рисковый профиль, проект «500+» (Рособрнадзор, ФИОКО)',
	],
} as const satisfies AnalyticsModule;
