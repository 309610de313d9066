import { EASY_FROM_PERCENT } from '#data/warehouse/easy-items.ts';
import { REFERENCE_PUPILS, REFERENCE_SHARE } from '#data/warehouse/reference-floor.ts';
import { schoolFields } from '../fields.ts';
import type { AnalyticsModule } from '../module.ts';

/** Which schools show signs of non-objective results, how strong the evidence is, and what speaks against it. */
export const definition = {
	id: 'result-objectivity',
	version: '1.6.0',
	question: {
		ru: 'В каких школах результаты оценочных процедур имеют признаки необъективности и насколько это надёжно?',
		en: 'Which schools’ assessment results show signs of non-objectivity, and how sure can one be?',
	},
	grain: { ru: 'Одна строка — школа и год.', en: 'One row per school and year.' },
	audience: ['school_coordinator', 'methodist', 'leader'],
	filters: ['year', 'kind', 'subject', 'grade', 'procedure', 'school', 'municipality'],
	row: {
		...schoolFields,
		year: { type: 'integer', label: { ru: 'Год', en: 'Year' } },
		n: {
			type: 'integer',
			label: { ru: 'Результатов', en: 'Results' },
			unit: { ru: 'работ', en: 'papers' },
			format: 'count',
		},
		level: { type: 'varchar', label: { ru: 'Уровень признаков', en: 'Level of evidence' }, format: 'flag' },
		p_combined: {
			type: 'double',
			label: { ru: 'p по всем группам признаков', en: 'p over all families' },
			format: 'p_value',
		},
		q_combined: {
			type: 'double',
			label: { ru: 'q с поправкой на число школ', en: 'q, corrected for the number of schools' },
			format: 'p_value',
		},
		p_mean: { type: 'double', label: { ru: 'p: средний балл', en: 'p: mean score' }, format: 'p_value' },
		p_border: {
			type: 'double',
			label: { ru: 'p: границы отметок', en: 'p: mark borders' },
			format: 'p_value',
		},
		p_journal: { type: 'double', label: { ru: 'p: журнал', en: 'p: journal' }, format: 'p_value' },
		p_pattern: {
			type: 'double',
			label: { ru: 'p: рисунок ответов', en: 'p: pattern of answers' },
			format: 'p_value',
		},
		families_marked: {
			type: 'integer',
			label: { ru: 'Групп с признаками', en: 'Families with a sign' },
			format: 'count',
		},
		official_signs: {
			type: 'integer',
			label: { ru: 'Официальных признаков', en: 'Official signs' },
			format: 'count',
		},
		list_markers: {
			type: 'integer',
			label: { ru: 'Маркеров в перечне', en: 'Markers in the list' },
			format: 'count',
		},
		objective_share: {
			type: 'double',
			label: { ru: 'Без изменений при перепроверке', en: 'Unchanged by re-marking' },
			format: 'share',
		},
		medal_candidates: {
			type: 'integer',
			label: { ru: 'Претендентов на медаль', en: 'Medal candidates' },
			format: 'count',
		},
		medals_missed: {
			type: 'integer',
			label: { ru: 'Не набрали баллов для медали', en: 'Missed the scores of the medal' },
			format: 'count',
		},
		families: {
			type: 'varchar',
			label: { ru: 'Группы признаков (коды)', en: 'Families (codes)' },
			format: 'id',
		},
		families_text: {
			type: 'varchar',
			label: { ru: 'Группы с признаками', en: 'Families with a sign' },
			format: 'text',
		},
		reference: { type: 'varchar', label: { ru: 'Эталон (код)', en: 'Reference (code)' }, format: 'id' },
		reference_text: {
			type: 'varchar',
			label: { ru: 'С чем сравнивали', en: 'Compared with' },
			format: 'text',
		},
		signs: { type: 'varchar', label: { ru: 'Признаки подробно', en: 'Signs in detail' }, format: 'json' },
		reasons: {
			type: 'varchar',
			label: { ru: 'Доводы за и против', en: 'Reasons for and against' },
			format: 'json',
		},
		note: { type: 'varchar', label: { ru: 'Пометки', en: 'Notes' }, format: 'id' },
	},
	disclosure: { kind: 'institution' },
	reads: 'results',
	isOfAllSchools: true,
	presets: {
		/**
		 * the other schools without those in doubt (`without-flagged`), all of them (`leave-one-out`), or JSON by procedure of a
		 * reference from outside; the school itself is never among them
		 */
		reference: 'without-flagged',
		/**
		 * results of this level or above serve no other school, nor do those of level 1 with so small a q, nor those of schools
		 * in a list of the authority
		 */
		reference_level: 2,
		reference_q: 0.01,
		/** the last of these passes judges; each leaves out whom the one before put in doubt */
		reference_passes: 2,
		/** least share of the schools of a procedure that must be left, else all serve */
		reference_share: REFERENCE_SHARE,
		/** fewest results of a school in a procedure for any test */
		minimum_n: 10,
		/** a sign stands out at this q over the schools of the procedure */
		q_marker: 0.05,
		/** a school has a level at this q over the schools of the year */
		q_combined: 0.1,
		/** q by Benjamini and `hochberg`, or by Benjamini and `yekutieli` */
		q_method: 'hochberg',
		/** O1: distance from the reference, standard deviations of pupils */
		mean_effect: 0.5,
		/** O3: windows in points, combined by Simes */
		windows: '1,2',
		/** O3: with fewer papers in the windows of the year, earlier years are pooled */
		pool_years_below: 30,
		/** O3, O15: years looked at, the present one included */
		years: 3,
		/** O4: share lifted and fewest results to show it */
		lifted_share: 0.3,
		lifted_minimum_n: 50,
		/** O11: least fall of a cohort, standard errors */
		jump_z: 2.58,
		/** O11: linked pupils speak in place of the cohort from this share of the smaller of both years on */
		linked_share: 0.5,
		/** O11: codes that link pupils show it by the correlation of both scores within schools */
		linked_correlation: 0.3,
		/** O13: test scores that medals of class I and II ask for (приказ Минпросвещения России от 29.09.2023 № 730) */
		medal_first: 70,
		medal_second: 60,
		/** O13: fewest judged candidates for a share */
		medal_share_from: 5,
		/** O2: years in which a later exam may bear out a high mean */
		confirm_years: 3,
		/** O6: least share of marks above the journal */
		raised_share: 0.2,
		/** O7: least share of marks below the journal, and least distance from the region */
		lowered_share: 0.3,
		lowered_above_region: 0.15,
		/** O8: least contrast of hard and easy items, percentage points; easy = at least this percent in the reference */
		contrast: 15,
		easy_from: EASY_FROM_PERCENT,
		/** fewest pupils and schools beside the school itself for a comparison */
		reference_pupils: REFERENCE_PUPILS,
		reference_schools: 5,
		/** re-marking: share of unchanged papers that settles the question */
		objective_share: 0.9,
	},
	references: [
		'Методика показателя «Уровень объективности оценки образовательных результатов» (ВПР 2020–2021), официальные признаки OF-mean, OF-journal, OF-change',
		'Письмо Рособрнадзора от 18.04.2025 № 02-86: использование ВПР для оценки деятельности школ и учителей не предусмотрено',
		'Приказ Минпросвещения России от 29.09.2023 № 730: порядок и условия выдачи медалей «За особые успехи в учении» I и II степеней',
		'Spiegelhalter D. J. Funnel plots for comparing institutional performance. Statistics in Medicine 24 (2005) 1185–1202',
		'Benjamini Y., Hochberg Y. Controlling the false discovery rate. JRSS B 57 (1995) 289–300',
		'Simes R. J. An improved Bonferroni procedure for multiple tests of significance. Biometrika 73 (1986) 751–754',
		'Fleiss J. L., Cohen J., Everitt B. S. Large sample standard errors of kappa and weighted kappa. Psychological Bulletin 72 (1969) 323–327',
		'Dee T. S., Dobbie W., Jacob B. A., Rockoff J. The causes and consequences of test score manipulation. AEJ: Applied 11 (2019) 382–423',
		'Quintano C., Castellano R., Longobardi S. A fuzzy clustering approach to improve the accuracy of Italian student data. Statistica & Applicazioni 7 (2009)',
	],
} as const satisfies AnalyticsModule;

export type Presets = { [Name in keyof typeof definition.presets]: number | string };
