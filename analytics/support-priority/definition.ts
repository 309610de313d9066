import { schoolFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

const points = { ru: 'баллов', en: 'points' };

/** With which schools targeted support begins: need, certainty, and what is done already. For the work of the service only. */
export const definition = {
	id: 'support-priority',
	version: '1.2.0',
	question: {
		ru: 'С каких школ начать адресную методическую помощь и почему?',
		en: 'With which schools should targeted support begin, and why?',
	},
	grain: { ru: 'Одна строка — школа и год.', en: 'One row per school and year.' },
	audience: ['methodist', 'leader'],
	filters: ['year', 'school', 'municipality'],
	uses: ['low-results'],
	row: {
		...schoolFields,
		year: { type: 'integer', label: { ru: 'Год', en: 'Year' } },
		n: {
			type: 'integer',
			label: { ru: 'Результатов', en: 'Results' },
			unit: { ru: 'работ', en: 'papers' },
			format: 'count',
		},
		priority: {
			type: 'double',
			label: { ru: 'Очередь помощи', en: 'Priority of support' },
			unit: points,
			format: 'number',
		},
		reason_text: { type: 'varchar', label: { ru: 'Почему', en: 'Why' }, format: 'text' },
		need: {
			type: 'double',
			label: { ru: 'Потребность, 0–100', en: 'Need, 0–100' },
			format: 'number',
		},
		fail_share: {
			type: 'double',
			label: { ru: 'Ниже порога по всем процедурам года', en: 'Below the threshold over all procedures' },
			format: 'share',
		},
		fail_good: {
			type: 'double',
			label: { ru: 'Норма доли: хорошо', en: 'Norm of the share: good' },
			format: 'percent',
		},
		fail_bad: {
			type: 'double',
			label: { ru: 'Норма доли: плохо', en: 'Norm of the share: bad' },
			format: 'percent',
		},
		fail_index: {
			type: 'double',
			label: { ru: 'Индекс доли ниже порога', en: 'Index of the share below' },
			format: 'number',
		},
		failure_risk: {
			type: 'double',
			label: { ru: 'Индекс риска неуспешности', en: 'Index of the risk of failure' },
			format: 'number',
		},
		certainty: {
			type: 'double',
			label: { ru: 'Устойчивость низкого результата', en: 'Certainty of the low result' },
			format: 'share',
		},
		coverage: {
			type: 'double',
			label: { ru: 'Меры выполнены в срок', en: 'Measures done in time' },
			format: 'share',
		},
		measures: {
			type: 'integer',
			label: { ru: 'Мер в действующем плане', en: 'Measures of the plan in force' },
			format: 'count',
		},
		measures_in_time: {
			type: 'integer',
			label: { ru: 'Мер выполнено в срок', en: 'Measures done in time, count' },
			format: 'count',
		},
		measures_due: {
			type: 'integer',
			label: { ru: 'Мер к исполнению', en: 'Measures due' },
			format: 'count',
		},
		has_plan: {
			type: 'boolean',
			label: { ru: 'Есть действующий план поддержки', en: 'Has a support plan in force' },
		},
		part_need: {
			type: 'double',
			label: { ru: 'Вклад потребности', en: 'Part of need' },
			unit: points,
			format: 'number',
		},
		part_certainty: {
			type: 'double',
			label: { ru: 'Вклад устойчивости', en: 'Part of certainty' },
			unit: points,
			format: 'number',
		},
		part_coverage: {
			type: 'double',
			label: { ru: 'Вклад непокрытого мерами', en: 'Part of what is not covered' },
			unit: points,
			format: 'number',
		},
		flag: { type: 'boolean', label: { ru: 'Низкие результаты', en: 'Low results' } },
		is_doubtful: {
			type: 'boolean',
			label: { ru: 'Есть признаки необъективности', en: 'Signs of non-objectivity' },
		},
		note: { type: 'varchar', label: { ru: 'Пометки', en: 'Notes' }, format: 'id' },
	},
	disclosure: { kind: 'institution' },
	presets: {
		need_weight: 0.4,
		certainty_weight: 0.3,
		coverage_weight: 0.3,
		/** percent of papers below the threshold where the index of that share is 0 and 100, unless the municipality set it otherwise */
		fail_good: 5,
		fail_bad: 30,
		/** the factor of the risk profile whose index stands beside the share */
		risk_factor: 'failure',
		/** its input that holds the norm of the share below the threshold */
		risk_input: 'below_threshold',
	},
	references: [
		'low-results',
		'Адресная методическая помощь школам с низкими результатами: профиль рисков, проект «500+» (Рособрнадзор, ФИОКО)',
	],
} as const satisfies AnalyticsModule;

export type Presets = { [Name in keyof typeof definition.presets]: number | string };
