import type { LocalText } from '../module.ts';
import type { Presets } from './definition.ts';
import type { Evidence } from './evidence.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import type { RawSign } from './signs.ts';
import { amount, probability, share } from './wording.ts';

export interface Reason {
	code: string;
	text: LocalText;
}

/** What speaks for the level, what speaks against it, and what would change the verdict. */
export interface Reasons {
	for: Reason[];
	against: Reason[];
	change: Reason[];
}

/** Reasons for one school and year; a school without signs and with enough data needs none. */
export function reasonsOf(school: Evidence, rows: readonly SchoolProcedure[], presets: Presets): Reasons {
	if (school.level === 'X') return { for: [], against: [], change: [moreData(presets)] };
	if (school.level === '0') return { for: [], against: [], change: [] };
	const titles = new Map(rows.map((row) => [row.procedure_id, row.procedure_title]));
	const flagged = school.signs.filter((sign) => sign.flagged && sign.family !== null);
	const reasons: Reasons = {
		for: flagged.map((sign) => reasonFor(sign, titles)),
		against: reasonsAgainst(school, rows, presets),
		change: [remarking(presets), reply, observed],
	};
	if (school.listed > 0) reasons.for.unshift(listed(school.listed, rows));
	for (const sign of school.signs) {
		if (sign.id === 'O4' && sign.flagged && school.marked.includes('border'))
			reasons.for.push(lifted(sign, titles));
		if (sign.id === 'O15' && sign.flagged) reasons.for.push(persistent(sign));
	}
	if (school.signs.some((sign) => sign.note === 'type-unknown' && sign.flagged))
		reasons.change.push(typeUnknown);
	return reasons;
}

function reasonFor(sign: RawSign, titles: Map<string, string>): Reason {
	const { inputs } = sign;
	const where = sign.procedures.map((id) => titles.get(id) ?? id).join('; ');
	const chance = probability(sign.p!);
	const value = (name: string): number => Number(inputs[name] ?? 0);
	switch (sign.id) {
		case 'O1':
			return reason('mean-high', {
				ru: `${where}: средний балл ${amount(value('mean')).ru} при ${amount(value('reference_mean')).ru} в других школах, выше на ${amount(value('effect')).ru} стандартного отклонения (p ${chance.ru}).`,
				en: `${where}: the mean score is ${amount(value('mean')).en} against ${amount(value('reference_mean')).en} in the other schools, ${amount(value('effect')).en} standard deviations above (p ${chance.en}).`,
			});
		case 'O6':
			return reason('above-journal', {
				ru: `${where}: отметки выше журнальных у ${share(sign.statistic!).ru} участников (${inputs.raised} из ${sign.n}); среди несовпавших в других школах выше ${share(value('reference_raised_share')).ru} (p ${chance.ru}).`,
				en: `${where}: marks are above the journal for ${share(sign.statistic!).en} of pupils (${inputs.raised} of ${sign.n}); among changed marks elsewhere ${share(value('reference_raised_share')).en} are above (p ${chance.en}).`,
			});
		case 'O7':
			return reason('below-journal', {
				ru: `${where}: журнальная отметка выше полученной у ${share(sign.statistic!).ru} участников (${inputs.lowered} из ${sign.n}${inputs.lowered_by_two === undefined ? '' : `, на два балла и больше — ${inputs.lowered_by_two}`}); в других школах — у ${share(value('reference_lowered_share')).ru} (p ${chance.ru}).`,
				en: `${where}: the journal mark is above the mark obtained for ${share(sign.statistic!).en} of pupils (${inputs.lowered} of ${sign.n}${inputs.lowered_by_two === undefined ? '' : `, by two or more for ${inputs.lowered_by_two}`}); elsewhere for ${share(value('reference_lowered_share')).en} (p ${chance.en}).`,
			});
		case 'O8':
			return reason('item-profile', {
				ru: `${where}: простые задания выполнены хуже, чем в других школах (${amount(value('easy')).ru} п. п.), а сложные лучше (+${amount(value('hard')).ru} п. п.; p ${chance.ru}).`,
				en: `${where}: easy items went worse than elsewhere (${amount(value('easy')).en} points) and hard items better (+${amount(value('hard')).en} points; p ${chance.en}).`,
			});
		case 'O9':
			return reason('patterns', {
				ru: `${where}: учащиеся чаще обычного не справляются с простыми заданиями и справляются со сложными (необычных сочетаний ${share(value('mean')).ru} при ${share(value('reference_mean')).ru} в других школах; p ${chance.ru}).`,
				en: `${where}: pupils fail easy items and solve hard ones more often than usual (unusual combinations ${share(value('mean')).en} against ${share(value('reference_mean')).en} elsewhere; p ${chance.en}).`,
			});
		case 'O10':
			return reason('homogeneous', {
				ru: `${where}: результаты заметно ровнее, чем в школах с таким же средним баллом (дисперсия ${amount(value('variance')).ru} при ожидаемой ${amount(value('expected_variance')).ru}; p ${chance.ru}).`,
				en: `${where}: results are more alike than in schools of the same mean (variance ${amount(value('variance')).en}, expected ${amount(value('expected_variance')).en}; p ${chance.en}).`,
			});
		default:
			return 'observed' in inputs ? pooledBorder(sign, where) : singleBorder(sign, where);
	}
}

function singleBorder(sign: RawSign, where: string): Reason {
	const { cutoff, below, above, expected_share } = sign.inputs;
	const n = Number(below) + Number(above);
	const expected = amount(n * Number(expected_share));
	const chance = probability(sign.p!);
	return reason('border', {
		ru: `${where}: у границы ${cutoff} баллов из ${n} работ ${above} оказались на границе или выше; у школы такого же уровня ожидалось ${expected.ru} (p ${chance.ru}).`,
		en: `${where}: near the border of ${cutoff} points ${above} of ${n} papers stand at or above it; a school of this level would have ${expected.en} (p ${chance.en}).`,
	});
}

function pooledBorder(sign: RawSign, where: string): Reason {
	const { papers, observed, expected } = sign.inputs;
	const chance = probability(sign.p!);
	return reason('border-pooled', {
		ru: `${where}: у всех границ отметок вместе из ${papers} работ ${observed} стоят на границе или выше, ожидалось ${amount(Number(expected)).ru} (p ${chance.ru}).`,
		en: `${where}: at all borders together ${observed} of ${papers} papers stand at or above, expected ${amount(Number(expected)).en} (p ${chance.en}).`,
	});
}

function lifted(sign: RawSign, titles: Map<string, string>): Reason {
	const where = titles.get(sign.procedures[0]!) ?? sign.procedures[0]!;
	const papers = Math.round(Number(sign.inputs.missing));
	return reason('lifted', {
		ru: `${where}: ниже границы ${sign.inputs.cutoff} баллов недостаёт работ: около ${papers} (${share(sign.statistic!).ru} ожидаемых).`,
		en: `${where}: about ${papers} papers are missing below the border of ${sign.inputs.cutoff} points (${share(sign.statistic!).en} of those expected).`,
	});
}

function persistent(sign: RawSign): Reason {
	return reason('persistent', {
		ru: `Признаки повторяются: ${sign.statistic} года из последних трёх.`,
		en: `The signs recur: ${sign.statistic} of the last three years.`,
	});
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

function moreData(presets: Presets): Reason {
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

const typeUnknown = reason('type-unknown', {
	ru: 'Сведения о том, изучается ли предмет углублённо: тогда высокий средний балл не рассматривается.',
	en: 'Whether the subject is taught in depth: a high mean is then not looked at.',
});

function reason(code: string, text: LocalText): Reason {
	return { code, text };
}
