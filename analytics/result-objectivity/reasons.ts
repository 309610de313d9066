import type { LocalText } from '../module.ts';
import type { Presets } from './definition.ts';
import type { Evidence } from './evidence.ts';
import { medalReasons } from './medals.ts';
import { type Reason, reason } from './reason.ts';
import { type Remarking, remarkingReasons } from './remarking.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import { laterExam, lifted, persistent, reasonFor } from './sign-reasons.ts';
import type { RawSign } from './signs.ts';
import { probability, share } from './wording.ts';

/**
 * What speaks for the level, what speaks against it, and what would change the verdict. `beside` asks to be looked at and
 * has no part in the level: said among what speaks for it, it would contradict a level that found nothing.
 */
export interface Reasons {
	for: Reason[];
	against: Reason[];
	change: Reason[];
	beside: Reason[];
}

/** Reasons for one school and year; a school without signs, without re-marking, without a missed medal and with enough data needs none. */
export function reasonsOf(
	school: Evidence & { rows: readonly SchoolProcedure[]; remarkings: readonly Remarking[] },
	presets: Presets,
): Reasons {
	const { rows, remarkings } = school;
	const remarked = remarkingReasons(remarkings, presets);
	const medals = medalReasons(rows, presets);
	if (school.level === 'X' || school.level === '0') {
		const change = school.level === 'X' ? [moreData(school, presets)] : [];
		const against = remarked.against.filter(({ code }) => code === 'remarking-objective');
		const doubts = remarked.against.filter((one) => !against.includes(one));
		return { for: [], against, change, beside: [...remarked.for, ...doubts, ...medals.beside] };
	}
	const titles = new Map(rows.map((row) => [row.procedure_id, row.procedure_title]));
	const flagged = school.signs.filter((sign) => sign.flagged && sign.family !== null);
	const reasons: Reasons = {
		for: flagged.map((sign) => reasonFor(sign, titles)),
		against: reasonsAgainst(school, rows, presets),
		change: [...(isToBeRemarked(flagged, remarkings) ? [remarking(presets)] : []), reply, observed],
		beside: medals.beside,
	};
	if (school.listed > 0) reasons.for.unshift(listed(school.listed, rows));
	reasons.for.unshift(...remarked.for);
	reasons.against.unshift(...remarked.against);
	for (const sign of school.signs) {
		if (sign.id === 'O4' && sign.flagged && school.marked.includes('border'))
			reasons.for.push(lifted(sign, titles));
		if (sign.id === 'O15' && Number(sign.inputs.either) >= 2) reasons.for.push(persistent(sign));
		if (sign.id === 'O2') reasons[sign.flagged ? 'for' : 'against'].push(laterExam(sign, titles));
	}
	reasons.against.push(...medals.against);
	if (flagged.some(({ id }) => id === 'O1') && !school.signs.some(({ id }) => id === 'O2'))
		reasons.change.push(exam);
	if (school.signs.some((sign) => sign.note === 'type-unknown' && sign.flagged))
		reasons.change.push(typeUnknown);
	return reasons;
}

/** Whether papers are left that a commission has not looked at: those of the procedures with a sign, else any. */
function isToBeRemarked(flagged: readonly RawSign[], remarkings: readonly Remarking[]): boolean {
	const done = new Set(remarkings.map(({ procedure_id }) => procedure_id));
	const suspected = flagged.flatMap(({ procedures }) => procedures);
	return suspected.length === 0 ? done.size === 0 : suspected.some((id) => !done.has(id));
}

const markedTests: LocalText[] = [
	{ ru: 'Рус 4', en: 'Russian 4' },
	{ ru: 'Мат 4', en: 'Maths 4' },
	{ ru: 'Рус 5', en: 'Russian 5' },
	{ ru: 'Мат 5', en: 'Maths 5' },
];

function listed(count: number, rows: readonly SchoolProcedure[]): Reason {
	const marks = rows.find((row) => row.list_markers === count)?.list_marks ?? [];
	const named = (language: 'ru' | 'en'): string => {
		const tests = markedTests.filter((_, index) => marks[index] === 1).map((test) => test[language]);
		return tests.length > 0 ? `${count} (${tests.join(', ')})` : String(count);
	};
	return reason('listed', {
		ru: `Школа есть в загруженном перечне, маркеров: ${named('ru')}.`,
		en: `The school is in the imported list, markers: ${named('en')}.`,
	});
}

function reasonsAgainst(school: Evidence, rows: readonly SchoolProcedure[], presets: Presets): Reason[] {
	const against: Reason[] = [];
	if (school.marked.length === 1) {
		against.push(
			reason('one-family', {
				ru: 'Признаки одной группы: другие независимые проверки их не подтверждают.',
				en: 'The signs are of one family: other independent checks do not confirm them.',
			}),
		);
	}
	const silent = new Map<string, LocalText>([
		[
			'border',
			{
				ru: 'Скоплений работ у границ отметок нет',
				en: 'There is no gathering of papers at the borders of marks',
			},
		],
		[
			'journal',
			{
				ru: 'Отметки согласуются с журналом так же, как в других школах',
				en: 'Marks agree with the journal as they do elsewhere',
			},
		],
		[
			'pattern',
			{
				ru: 'Соотношение простых и сложных заданий и разброс обычные',
				en: 'The balance of easy and hard items and the spread are usual',
			},
		],
		['mean', { ru: 'Средний балл не выделяется', en: 'The mean score does not stand out' }],
	]);
	for (const [family, text] of silent) {
		const p = school.p[family as keyof Evidence['p']];
		if (p === null || p < 0.2) continue;
		const chance = probability(p);
		against.push(
			reason(`usual-${family}`, { ru: `${text.ru} (p ${chance.ru}).`, en: `${text.en} (p ${chance.en}).` }),
		);
	}
	const few = rows.filter((row) => row.n > 0 && row.n < 2 * Number(presets.minimum_n)).length;
	if (few > 0) {
		against.push(
			reason('few-papers', {
				ru: `Мало участников: процедур, где меньше ${2 * Number(presets.minimum_n)} работ, — ${few}.`,
				en: `Few pupils: procedures with fewer than ${2 * Number(presets.minimum_n)} papers: ${few}.`,
			}),
		);
	}
	if (school.q_combined === null) return against;
	against.push(
		reason('false-discovery', {
			ru: `Поправка на число школ сделана, но в среднем до ${share(Number(presets.q_combined)).ru} выделенных школ могут быть выделены случайно (q ${probability(school.q_combined).ru}).`,
			en: `The number of schools is allowed for, yet up to ${share(Number(presets.q_combined)).en} of the schools singled out may be there by chance on average (q ${probability(school.q_combined).en}).`,
		}),
	);
	return against;
}

function moreData({ largest_n }: Evidence, presets: Presets): Reason {
	if (largest_n >= Number(presets.minimum_n))
		return reason('more-to-compare', {
			ru: `Сравнить не с чем: нужны те же результаты не меньше ${presets.reference_schools} других школ (всего от ${presets.reference_pupils} работ) или внешний эталон.`,
			en: `There is nothing to compare with: the same results of at least ${presets.reference_schools} other schools (${presets.reference_pupils} papers or more in all) are needed, or a reference from outside.`,
		});
	return reason('more-data', {
		ru: `Нужно не меньше ${presets.minimum_n} результатов хотя бы в одной процедуре или результаты за несколько лет.`,
		en: `At least ${presets.minimum_n} results in one procedure are needed, or results of several years.`,
	});
}

function remarking(presets: Presets): Reason {
	const least = share(Number(presets.objective_share));
	return reason('remark', {
		ru: `Перепроверка выборки работ муниципальной комиссией: если отметка не изменилась не менее чем в ${least.ru} работ, вопрос снимается.`,
		en: `Re-marking of a sample of papers by the municipal commission: if the mark stands in at least ${least.en} of papers, the question is settled.`,
	});
}

const reply = reason('reply', {
	ru: 'Пояснение школы: набор сильного класса, перевод учащихся, особая программа.',
	en: 'An explanation by the school: a strong new class, transferred pupils, a special programme.',
});

const observed = reason('observe', {
	ru: 'Результаты следующей процедуры с независимым наблюдением.',
	en: 'Results of the next procedure under independent observation.',
});

const exam = reason('later-exam', {
	ru: 'Результаты ОГЭ или ЕГЭ школы по этому предмету в ближайшие три года: они подтвердят высокий средний балл или нет.',
	en: 'Results of the school in this subject at the state exams of the next three years: they will bear the high mean out or not.',
});

const typeUnknown = reason('type-unknown', {
	ru: 'Сведения о том, изучается ли предмет углублённо: тогда высокий средний балл не рассматривается.',
	en: 'Whether the subject is taught in depth: a high mean is then not looked at.',
});
