import { campaignFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

export const definition = {
	id: 'event-feedback',
	version: '1.0',
	question: {
		ru: 'Пригодилось ли мероприятие и что в нём изменить?',
		en: 'Was the event of use, and what should change?',
	},
	grain: {
		ru: 'Одна строка — вопрос и вариант ответа; слова участников — по строке на высказывание.',
		en: 'One row per question and answer; words of participants one row each.',
	},
	audience: ['methodist', 'leader', 'regional_viewer'],
	filters: ['campaign', 'municipality', 'quality'],
	row: {
		...campaignFields,
		instrument: { type: 'varchar', label: { ru: 'Инструмент', en: 'Instrument' }, format: 'id' },
		scale: { type: 'varchar', label: { ru: 'Код вопроса', en: 'Question code' }, format: 'id' },
		kind: { type: 'varchar', label: { ru: 'Вид вопроса', en: 'Kind of question' }, format: 'id' },
		question: { type: 'varchar', label: { ru: 'Вопрос', en: 'Question' } },
		answer: { type: 'varchar', label: { ru: 'Код ответа', en: 'Answer code' }, format: 'id' },
		answer_title: { type: 'varchar', label: { ru: 'Ответ', en: 'Answer' } },
		n_total: {
			type: 'integer',
			label: { ru: 'Ответили на вопрос', en: 'Answered the question' },
			unit: { ru: 'чел.', en: 'people' },
			format: 'count',
		},
		n: {
			type: 'integer',
			label: { ru: 'Выбрали', en: 'Chose it' },
			unit: { ru: 'чел.', en: 'people' },
			format: 'count',
		},
		share: { type: 'double', label: { ru: 'Доля', en: 'Share' }, format: 'share' },
		share_coded: { type: 'varchar', label: { ru: 'Граница доли', en: 'Bound of the share' } },
		median: { type: 'double', label: { ru: 'Медиана', en: 'Median' }, format: 'number' },
		note: { type: 'varchar', label: { ru: 'Пометка', en: 'Note' }, format: 'id' },
	},
	disclosure: {
		kind: 'group',
		n: 'n_total',
		minimum: 5,
		group: null,
		siblings: ['instrument', 'scale', 'answer'],
		hides: ['n_total', 'n', 'share', 'median'],
		shares: [{ share: 'share', interval: ['n'] }],
		cells: { n: 'n', siblings: ['instrument', 'scale'], hides: ['n', 'share'] },
		of: 'responses',
	},
	reads: 'feedback',
	presets: {},
	references: ['F11', 'K_TEXT'],
} as const satisfies AnalyticsModule;
