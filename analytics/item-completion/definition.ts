import { procedureFields, schoolFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

/** How the items of a procedure were solved in a school, beside the region: the item profile behind sign O8. */
export const definition = {
	id: 'item-completion',
	version: '1.0.0',
	question: {
		ru: 'Как школа выполнила каждое задание процедуры по сравнению с регионом?',
		en: 'How did a school do on each item of a procedure beside the region?',
	},
	grain: {
		ru: 'Одна строка — школа, процедура и задание.',
		en: 'One row per school, procedure and item.',
	},
	audience: ['school_coordinator', 'methodist', 'leader'],
	filters: ['year', 'kind', 'subject', 'grade', 'procedure', 'school', 'municipality'],
	row: {
		...schoolFields,
		...procedureFields,
		year: { type: 'integer', label: { ru: 'Год', en: 'Year' } },
		item: { type: 'varchar', label: { ru: 'Задание', en: 'Item' }, format: 'text' },
		position: { type: 'integer', label: { ru: 'Порядок', en: 'Position' }, format: 'id' },
		max_points: {
			type: 'double',
			label: { ru: 'Наибольший балл', en: 'Maximum' },
			unit: { ru: 'баллов', en: 'points' },
			format: 'number',
		},
		n: {
			type: 'integer',
			label: { ru: 'Участников', en: 'Participants' },
			unit: { ru: 'работ', en: 'papers' },
			format: 'count',
		},
		percent: { type: 'double', label: { ru: 'Школа', en: 'School' }, format: 'percent' },
		reference_percent: {
			type: 'double',
			label: { ru: 'С чем сравнивается', en: 'Compared with' },
			format: 'percent',
		},
		difference: {
			type: 'double',
			label: { ru: 'Разница', en: 'Difference' },
			unit: { ru: 'п. п.', en: 'pp' },
			format: 'number',
		},
		difficulty: { type: 'varchar', label: { ru: 'Трудность', en: 'Difficulty' }, format: 'text' },
		municipality_percent: {
			type: 'double',
			label: { ru: 'Муниципалитет', en: 'Municipality' },
			format: 'percent',
		},
		region_percent: { type: 'double', label: { ru: 'Регион', en: 'Region' }, format: 'percent' },
		country_percent: { type: 'double', label: { ru: 'Страна', en: 'Country' }, format: 'percent' },
		reference: { type: 'varchar', label: { ru: 'Эталон', en: 'Reference' }, format: 'text' },
		source: { type: 'varchar', label: { ru: 'Источник', en: 'Source' }, format: 'text' },
		note: { type: 'varchar', label: { ru: 'Пометки', en: 'Notes' }, format: 'id' },
	},
	disclosure: { kind: 'institution' },
	reads: 'results',
	presets: {
		/** with fewer papers of the school the percents say little */
		minimum_n: 10,
		/** easy = at least this percent in the reference */
		easy_from: 60,
	},
	references: ['Метод O8: рисунок заданий (A_E, A_H, C)'],
} as const satisfies AnalyticsModule;
