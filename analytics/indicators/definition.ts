import type { AnalyticsModule } from '../module.ts';

export const definition = {
	id: 'indicators',
	version: '1.2',
	question: {
		ru: 'Что показывают показатели методической работы на сегодня?',
		en: 'What do the indicators of methodical work show today?',
	},
	grain: { ru: 'Одна строка — один показатель.', en: 'One row per indicator.' },
	audience: ['leader', 'methodist', 'regional_viewer'],
	filters: ['municipality'],
	row: {
		indicator: { type: 'varchar', label: { ru: 'Показатель', en: 'Indicator' }, format: 'id' },
		title: { type: 'varchar', label: { ru: 'Название', en: 'Title' } },
		numerator: { type: 'integer', label: { ru: 'Числитель', en: 'Numerator' }, format: 'count' },
		denominator: { type: 'integer', label: { ru: 'Знаменатель', en: 'Denominator' }, format: 'count' },
		value: { type: 'double', label: { ru: 'Значение', en: 'Value' }, format: 'share' },
		value_lo: { type: 'double', label: { ru: 'Интервал, от', en: 'Interval, from' }, format: 'share' },
		value_hi: { type: 'double', label: { ru: 'Интервал, до', en: 'Interval, to' }, format: 'share' },
		previous: { type: 'double', label: { ru: 'Предыдущее значение', en: 'Previous value' }, format: 'share' },
		delta: {
			type: 'double',
			label: { ru: 'Изменение', en: 'Change' },
			unit: { ru: 'п. п.', en: 'pp' },
			format: 'number',
		},
		verdict: { type: 'varchar', label: { ru: 'Динамика', en: 'Dynamics' } },
		history: { type: 'varchar', label: { ru: 'По годам', en: 'By year' }, format: 'json' },
		source: { type: 'varchar', label: { ru: 'Источник', en: 'Source' } },
		note: { type: 'varchar', label: { ru: 'Пометка', en: 'Note' }, format: 'id' },
	},
	disclosure: { kind: 'institution' },
	presets: { minimum_denominator: 10, confidence: 0.95, low_share: 0.3, low_procedures: 2 },
	references: ['I2', 'N1', 'N2', 'H1', 'H2', 'H6', 'N20', 'D14', 'D15'],
} as const satisfies AnalyticsModule;
