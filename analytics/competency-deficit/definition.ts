import { campaignFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

export const definition = {
	id: 'competency-deficit',
	version: '1.0',
	question: {
		ru: 'На что можно опереться и где поддержка даст больше всего?',
		en: 'What is there to build on, and where would support give the most?',
	},
	grain: {
		ru: 'Одна строка — один заполненный инструмент и одна шкала.',
		en: 'One row per filled instrument and scale.',
	},
	audience: ['teacher', 'methodist'],
	filters: ['campaign', 'channel', 'competency', 'quality'],
	row: {
		response_id: { type: 'varchar', label: { ru: 'Ответ', en: 'Response' }, format: 'id' },
		participant_code: {
			type: 'varchar',
			label: { ru: 'Код участника', en: 'Participant code' },
			format: 'id',
		},
		...campaignFields,
		instrument: { type: 'varchar', label: { ru: 'Инструмент', en: 'Instrument' }, format: 'id' },
		version: { type: 'integer', label: { ru: 'Версия', en: 'Version' }, format: 'id' },
		channel: { type: 'varchar', label: { ru: 'Канал', en: 'Channel' }, format: 'channel' },
		scale: { type: 'varchar', label: { ru: 'Код шкалы', en: 'Scale code' }, format: 'id' },
		kind: { type: 'varchar', label: { ru: 'Вид шкалы', en: 'Kind of scale' }, format: 'id' },
		scale_title: { type: 'varchar', label: { ru: 'Компетенция', en: 'Competency' } },
		submitted_on: { type: 'date', label: { ru: 'Дата', en: 'Date' }, format: 'date' },
		n_items: { type: 'integer', label: { ru: 'Пунктов', en: 'Items' }, format: 'count' },
		n_answered: { type: 'integer', label: { ru: 'С ответом', en: 'Answered' }, format: 'count' },
		percent: {
			type: 'double',
			label: { ru: 'Результат', en: 'Result' },
			unit: { ru: '%', en: '%' },
			format: 'number',
		},
		sem: {
			type: 'double',
			label: { ru: 'Стандартная ошибка', en: 'Standard error' },
			unit: { ru: '%', en: '%' },
			format: 'number',
		},
		sem_source: { type: 'varchar', label: { ru: 'Откуда ошибка', en: 'Source of the error' }, format: 'id' },
		percent_lo: {
			type: 'double',
			label: { ru: 'От', en: 'From' },
			unit: { ru: '%', en: '%' },
			format: 'number',
		},
		percent_hi: {
			type: 'double',
			label: { ru: 'До', en: 'To' },
			unit: { ru: '%', en: '%' },
			format: 'number',
		},
		deficit_level: {
			type: 'varchar',
			label: { ru: 'Уровень дефицита', en: 'Deficit level' },
			format: 'deficit_level',
		},
		borderline: { type: 'boolean', label: { ru: 'На границе уровней', en: 'Borderline' } },
		group_median: {
			type: 'double',
			label: { ru: 'Медиана участников', en: 'Median of participants' },
			unit: { ru: '%', en: '%' },
			format: 'number',
		},
		group_n: { type: 'integer', label: { ru: 'Участников', en: 'Participants' }, format: 'count' },
		note: { type: 'varchar', label: { ru: 'Пометка', en: 'Note' }, format: 'id' },
	},
	disclosure: { kind: 'own' },
	presets: { minimum_for_sem: 30, minimum_for_median: 10, minimum_left_out: 5, z: 1.96 },
	references: ['D1', 'D5', 'D6', 'D10', 'D11'],
} as const satisfies AnalyticsModule;
