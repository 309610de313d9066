import { procedureFields, schoolFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

/** How a school's scores lie beside those of the other schools, with the borders of marks: the evidence behind a sign. */
export const definition = {
	id: 'score-distribution',
	version: '1.1.0',
	question: {
		ru: 'Как распределены первичные баллы школы по сравнению с другими школами и что происходит у границ отметок?',
		en: 'How do a school’s primary scores lie beside those of other schools, and what happens at the borders of marks?',
	},
	grain: {
		ru: 'Одна строка — школа, процедура и первичный балл.',
		en: 'One row per school, procedure and primary score.',
	},
	audience: ['school_coordinator', 'methodist', 'leader'],
	filters: ['year', 'kind', 'subject', 'grade', 'procedure', 'school', 'municipality'],
	row: {
		...schoolFields,
		...procedureFields,
		year: { type: 'integer', label: { ru: 'Год', en: 'Year' } },
		score: {
			type: 'integer',
			label: { ru: 'Первичный балл', en: 'Primary score' },
			unit: { ru: 'баллов', en: 'points' },
			format: 'number',
		},
		n: {
			type: 'integer',
			label: { ru: 'Работ', en: 'Papers' },
			unit: { ru: 'работ', en: 'papers' },
			format: 'count',
		},
		share: { type: 'double', label: { ru: 'Доля в школе', en: 'Share in the school' }, format: 'share' },
		reference_share: {
			type: 'double',
			label: { ru: 'Доля в других школах', en: 'Share in the other schools' },
			format: 'share',
		},
		mark: { type: 'integer', label: { ru: 'Отметка', en: 'Mark' } },
		is_cutoff: { type: 'boolean', label: { ru: 'Граница отметки', en: 'Border of a mark' } },
		school_n: {
			type: 'integer',
			label: { ru: 'Работ в школе', en: 'Papers of the school' },
			format: 'count',
		},
		reference_n: {
			type: 'integer',
			label: { ru: 'Работ в других школах', en: 'Papers of the other schools' },
			format: 'count',
		},
		note: { type: 'varchar', label: { ru: 'Пометки', en: 'Notes' }, format: 'id' },
	},
	disclosure: { kind: 'institution' },
	reads: 'results',
	presets: {
		/** with fewer papers of the school the shape says little */
		minimum_n: 10,
	},
	references: ['Методы O3 и O4: скопление работ у границ отметок и доля поднятых работ'],
} as const satisfies AnalyticsModule;
