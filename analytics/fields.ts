import type { Field } from './module.ts';

/** The institution that a row is about. */
export const schoolFields = {
	school_id: { type: 'varchar', label: { ru: 'Код школы', en: 'School code' }, format: 'id' },
	school_name: { type: 'varchar', label: { ru: 'Школа', en: 'School' }, format: 'text' },
	municipality_id: { type: 'varchar', label: { ru: 'Муниципалитет', en: 'Municipality' }, format: 'id' },
} as const satisfies Record<string, Field>;

/** The procedure that a row is about. */
export const procedureFields = {
	procedure_id: { type: 'varchar', label: { ru: 'Код процедуры', en: 'Procedure code' }, format: 'id' },
	procedure_title: { type: 'varchar', label: { ru: 'Процедура', en: 'Procedure' }, format: 'text' },
} as const satisfies Record<string, Field>;

/** The campaign that a row comes from. */
export const campaignFields = {
	campaign_id: { type: 'varchar', label: { ru: 'Кампания', en: 'Campaign' }, format: 'id' },
} as const satisfies Record<string, Field>;

/** The instrument whose work a row tells of, with its campaign. */
export const measuredFields = {
	...campaignFields,
	instrument: { type: 'varchar', label: { ru: 'Код инструмента', en: 'Instrument code' }, format: 'id' },
	instrument_title: { type: 'varchar', label: { ru: 'Инструмент', en: 'Instrument' }, format: 'id' },
} as const satisfies Record<string, Field>;

/** How many schools stand behind a group, and how far one of them decides it. */
export const groupSchoolFields = {
	school_count: { type: 'integer', label: { ru: 'Школ', en: 'Schools' }, format: 'count' },
	largest_school_share: {
		type: 'double',
		label: { ru: 'Доля крупнейшей школы', en: 'Share of the largest school' },
		format: 'share',
	},
} as const satisfies Record<string, Field>;
