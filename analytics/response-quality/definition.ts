import { campaignFields, groupSchoolFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

export const definition = {
	id: 'response-quality',
	version: '1.0',
	question: {
		ru: 'Сколько ответов кампании заполнены наспех или невнимательно и где?',
		en: 'How many responses of a campaign were hurried or inattentive, and where?',
	},
	grain: {
		ru: 'Одна строка — инструмент, признак и группа педагогов.',
		en: 'One row per instrument, sign and group of teachers.',
	},
	audience: ['methodist', 'leader', 'regional_viewer', 'school_coordinator'],
	filters: ['campaign', 'instrument', 'municipality', 'school', 'by'],
	dimensions: ['municipality', 'school'],
	row: {
		...campaignFields,
		instrument: { type: 'varchar', label: { ru: 'Код инструмента', en: 'Instrument code' }, format: 'id' },
		instrument_title: { type: 'varchar', label: { ru: 'Инструмент', en: 'Instrument' } },
		sign: { type: 'varchar', label: { ru: 'Код признака', en: 'Sign code' }, format: 'id' },
		sign_title: { type: 'varchar', label: { ru: 'Признак', en: 'Sign' } },
		group_key: { type: 'varchar', label: { ru: 'Код группы', en: 'Group code' }, format: 'id' },
		group_label: { type: 'varchar', label: { ru: 'Группа', en: 'Group' } },
		n_responses: {
			type: 'integer',
			label: { ru: 'Ответов', en: 'Responses' },
			format: 'count',
		},
		n: {
			type: 'integer',
			label: { ru: 'Можно проверить', en: 'Can be judged' },
			unit: { ru: 'отв.', en: 'responses' },
			format: 'count',
		},
		n_flagged: {
			type: 'integer',
			label: { ru: 'С признаком', en: 'With the sign' },
			unit: { ru: 'отв.', en: 'responses' },
			format: 'count',
		},
		share: { type: 'double', label: { ru: 'Доля с признаком', en: 'Share with the sign' }, format: 'share' },
		share_coded: { type: 'varchar', label: { ru: 'Граница доли', en: 'Bound of the share' } },
		...groupSchoolFields,
		note: { type: 'varchar', label: { ru: 'Пометка', en: 'Note' }, format: 'id' },
	},
	disclosure: {
		kind: 'group',
		n: 'n',
		minimum: 5,
		group: 'group_key',
		siblings: ['instrument', 'sign'],
		hides: ['n_responses', 'n', 'n_flagged', 'share', 'largest_school_share'],
		shares: [{ share: 'share', interval: ['n_flagged'] }],
		dominance: 'largest_school_share',
		minimum_schools: { field: 'school_count', minimum: 3 },
		of: 'responses',
	},
	presets: {
		seconds_per_item: 2,
		share_of_usual_time: 0.5,
		minimum_timed: 30,
		run_share: 0.5,
		minimum_attitude_items: 10,
		odd_even_least: 0.3,
		hurried_share: 0.7,
		minimum_scales: 5,
		missing_share: 0.3,
	},
	references: ['Huang et al. 2012', 'Leiner 2019', 'Curran 2016', 'Johnson 2005', 'Meade & Craig 2012', 'D5'],
} as const satisfies AnalyticsModule;

/** The thresholds as the relations of the warehouse take them: one JSON text for every module. */
export const qualityLimits = JSON.stringify(definition.presets);
