import { groupSchoolFields, measuredFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

export const definition = {
	id: 'scale-reliability',
	version: '1.0',
	question: {
		ru: 'Насколько точно инструмент измерил то, что должен?',
		en: 'How precisely did the instrument measure what it should?',
	},
	grain: {
		ru: 'Одна строка — шкала инструмента и первой строкой инструмент целиком.',
		en: 'One row per scale of the instrument, and first the instrument as a whole.',
	},
	audience: ['methodist', 'leader', 'regional_viewer'],
	filters: ['campaign', 'instrument', 'quality'],
	row: {
		...measuredFields,
		scale: { type: 'varchar', label: { ru: 'Код шкалы', en: 'Scale code' }, format: 'id' },
		kind: { type: 'varchar', label: { ru: 'Вид шкалы', en: 'Kind of scale' }, format: 'id' },
		scale_title: { type: 'varchar', label: { ru: 'Шкала', en: 'Scale' } },
		n: {
			type: 'integer',
			label: { ru: 'Ответов', en: 'Responses' },
			unit: { ru: 'отв.', en: 'responses' },
			format: 'count',
		},
		items: { type: 'integer', label: { ru: 'Пунктов', en: 'Items' }, format: 'count' },
		alpha: { type: 'double', label: { ru: 'α Кронбаха', en: 'Cronbach’s α' }, format: 'number' },
		alpha_lo: { type: 'double', label: { ru: 'α, нижняя граница', en: 'α, lower bound' }, format: 'number' },
		alpha_hi: { type: 'double', label: { ru: 'α, верхняя граница', en: 'α, upper bound' }, format: 'number' },
		omega: { type: 'double', label: { ru: 'ω', en: 'ω total' }, format: 'number' },
		separation: {
			type: 'double',
			label: { ru: 'Различимость педагогов', en: 'Person separation' },
			format: 'number',
		},
		sem: {
			type: 'double',
			label: { ru: 'Погрешность результата', en: 'Error of a result' },
			unit: { ru: 'баллов', en: 'points' },
			format: 'number',
		},
		sem_percent: {
			type: 'double',
			label: { ru: 'Погрешность', en: 'Error' },
			unit: { ru: 'п. п.', en: 'pp' },
			format: 'number',
		},
		planned_sem: {
			type: 'double',
			label: { ru: 'Погрешность по паспорту', en: 'Planned error' },
			unit: { ru: 'п. п.', en: 'pp' },
			format: 'number',
		},
		n_scored: {
			type: 'integer',
			label: { ru: 'Результатов по шкале', en: 'Results on the scale' },
			unit: { ru: 'чел.', en: 'people' },
			format: 'count',
		},
		borderline: {
			type: 'double',
			label: { ru: 'Доля у границы уровней', en: 'Share near a border of levels' },
			format: 'share',
		},
		borderline_coded: { type: 'varchar', label: { ru: 'Граница доли', en: 'Bound of the share' } },
		weakest_item: {
			type: 'varchar',
			label: { ru: 'Пункт, без которого α выше всего', en: 'Item without which α is highest' },
		},
		alpha_without: {
			type: 'double',
			label: { ru: 'α без него', en: 'α without it' },
			format: 'number',
		},
		meaning: { type: 'varchar', label: { ru: 'Что это значит', en: 'What it means' } },
		...groupSchoolFields,
		note: { type: 'varchar', label: { ru: 'Пометка', en: 'Note' }, format: 'id' },
	},
	disclosure: {
		kind: 'group',
		n: 'n',
		minimum: 5,
		group: null,
		siblings: ['instrument', 'scale'],
		hides: [
			'n',
			'alpha',
			'alpha_lo',
			'alpha_hi',
			'omega',
			'separation',
			'sem',
			'sem_percent',
			'n_scored',
			'borderline',
			'weakest_item',
			'alpha_without',
			'meaning',
			'largest_school_share',
		],
		shares: [{ share: 'borderline', interval: [], n: 'n_scored' }],
		dominance: 'largest_school_share',
		minimum_schools: { field: 'school_count', minimum: 3 },
		of: 'responses',
	},
	isHeavy: true,
	presets: {
		/** fewer responses are no ground for judging a scale */
		minimum_n: 30,
		/** below this α a result of one person is too vague for a level (method D9) */
		weak_alpha: 0.7,
		/** from here on one person may be judged by the result (Nunnally) */
		strong_alpha: 0.9,
		/** a category with fewer people is joined to its neighbour before the model is fitted */
		minimum_category: 10,
	},
	references: [
		'D9',
		'D10',
		'D11',
		'Feldt 1965',
		'McDonald 1999',
		'Wright & Masters 1982',
		'Nunnally & Bernstein 1994',
	],
} as const satisfies AnalyticsModule;
