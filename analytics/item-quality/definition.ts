import { groupSchoolFields, measuredFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

export const definition = {
	id: 'item-quality',
	version: '1.1',
	question: {
		ru: 'Какие пункты инструмента работают, а какие стоит переписать?',
		en: 'Which items of an instrument work, and which should be rewritten?',
	},
	grain: {
		ru: 'Одна строка — пункт; отдельными строками его ступени, варианты ответа и распределение педагогов.',
		en: 'One row per item; its thresholds, its options and the spread of teachers stand in rows of their own.',
	},
	audience: ['methodist', 'leader', 'regional_viewer'],
	filters: ['campaign', 'instrument', 'competency', 'quality'],
	row: {
		...measuredFields,
		/** `item`, `threshold`, `option`, `persons` */
		kind: { type: 'varchar', label: { ru: 'Вид строки', en: 'Kind of row' }, format: 'id' },
		item: { type: 'varchar', label: { ru: 'Код пункта', en: 'Item code' }, format: 'id' },
		item_title: { type: 'varchar', label: { ru: 'Пункт', en: 'Item' } },
		/** number and first words, for pictures */
		item_label: { type: 'varchar', label: { ru: 'Пункт кратко', en: 'Item in short' }, format: 'id' },
		part_title: { type: 'varchar', label: { ru: 'Ступень или вариант', en: 'Step or option' } },
		n: {
			type: 'integer',
			label: { ru: 'Ответов', en: 'Responses' },
			unit: { ru: 'отв.', en: 'responses' },
			format: 'id',
		},
		n_answered: {
			type: 'integer',
			label: { ru: 'Ответили на пункт', en: 'Answered the item' },
			unit: { ru: 'чел.', en: 'people' },
			format: 'count',
		},
		max_points: {
			type: 'double',
			label: { ru: 'Наибольший балл', en: 'Maximum' },
			unit: { ru: 'баллов', en: 'points' },
			format: 'number',
		},
		facility: {
			type: 'double',
			label: { ru: 'Доля набранных баллов', en: 'Share of points gained' },
			format: 'share',
		},
		facility_coded: { type: 'varchar', label: { ru: 'Граница доли', en: 'Bound of the share' } },
		item_rest: {
			type: 'double',
			label: { ru: 'Связь с остальными', en: 'Correlation with the rest' },
			format: 'number',
		},
		alpha_without: { type: 'double', label: { ru: 'α без пункта', en: 'α without it' }, format: 'number' },
		difficulty: {
			type: 'double',
			label: { ru: 'Трудность', en: 'Difficulty' },
			unit: { ru: 'логиты', en: 'logits' },
			format: 'number',
		},
		difficulty_se: {
			type: 'double',
			label: { ru: 'Погрешность трудности', en: 'Error of difficulty' },
			unit: { ru: 'логиты', en: 'logits' },
			format: 'number',
		},
		infit: { type: 'double', label: { ru: 'Infit', en: 'Infit' }, format: 'number' },
		outfit: { type: 'double', label: { ru: 'Outfit', en: 'Outfit' }, format: 'number' },
		logit_from: { type: 'double', label: { ru: 'От, логиты', en: 'From, logits' }, format: 'id' },
		logit_to: { type: 'double', label: { ru: 'До, логиты', en: 'To, logits' }, format: 'id' },
		n_part: {
			type: 'integer',
			label: { ru: 'Человек', en: 'People' },
			unit: { ru: 'чел.', en: 'people' },
			format: 'count',
		},
		share: { type: 'double', label: { ru: 'Доля', en: 'Share' }, format: 'share' },
		share_coded: { type: 'varchar', label: { ru: 'Граница доли', en: 'Bound of the share' } },
		flags: { type: 'varchar', label: { ru: 'На что обратить внимание', en: 'What to look at' } },
		...groupSchoolFields,
		note: { type: 'varchar', label: { ru: 'Пометка', en: 'Note' }, format: 'id' },
	},
	disclosure: {
		kind: 'group',
		n: 'n',
		minimum: 5,
		group: null,
		siblings: ['instrument', 'kind', 'item', 'part_title', 'logit_from'],
		hides: [
			'n',
			'n_answered',
			'facility',
			'item_rest',
			'alpha_without',
			'difficulty',
			'difficulty_se',
			'infit',
			'outfit',
			'logit_from',
			'logit_to',
			'n_part',
			'share',
			'flags',
			'largest_school_share',
		],
		shares: [
			{ share: 'facility', interval: ['difficulty', 'difficulty_se'], n: 'n_answered' },
			{ share: 'share', interval: ['n_part'], n: 'n_answered' },
		],
		dominance: 'largest_school_share',
		minimum_schools: { field: 'school_count', minimum: 3 },
		of: 'responses',
	},
	isHeavy: true,
	presets: {
		/** fewer responses are no ground for judging an item */
		minimum_n: 30,
		/** fewer responses carry no model of difficulties: an error of half a logit and more (Linacre 1994) */
		minimum_model_n: 100,
		/** method D12 */
		low_facility: 0.1,
		high_facility: 0.95,
		low_item_rest: 0.15,
		/** mean squares outside are worth a look (Wright and Linacre 1994) */
		low_fit: 0.7,
		high_fit: 1.3,
		/** an option that a smaller share chooses does no work (Haladyna and Downing 1993) */
		rare_option: 0.05,
		minimum_category: 10,
	},
	references: [
		'D12',
		'Masters 1982',
		'Andersen 1973',
		'Warm 1989',
		'Wright & Linacre 1994',
		'Linacre 1994',
		'Haladyna & Downing 1993',
	],
} as const satisfies AnalyticsModule;
