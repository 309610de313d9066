import { type Reason, reason } from './reason.ts';
import type { RawSign } from './signs.ts';
import { amount, probability, share } from './wording.ts';

/** What a flagged sign of the battery says for the level, with its numbers. `titles`: those of the procedures by id. */
export function reasonFor(sign: RawSign, titles: Map<string, string>): Reason {
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
		case 'O11': {
			const what = titles.get(sign.procedures[0]!) ?? sign.procedures[0]!;
			const who =
				inputs.form === 'linked'
					? { ru: `у тех же учеников (${sign.n})`, en: `the same pupils (${sign.n})` }
					: { ru: 'у того же потока', en: 'the same cohort' };
			const [before, after] = [relative(value('earlier')), relative(value('later'))];
			return reason('grade-jump', {
				ru: `${what}: средний балл относительно других школ — ${before.ru}, а через год ${who.ru}, ${inputs.later_title}, — ${after.ru} (p ${chance.ru}).`,
				en: `${what}: against the other schools the mean score is ${before.en}; a year later ${who.en}, ${inputs.later_title}, stand ${after.en} (p ${chance.en}).`,
			});
		}
		case 'O12':
			return reason('year-marks', {
				ru: `${where}: годовая отметка выше экзаменационной у ${share(sign.statistic!).ru} выпускников (${inputs.lowered} из ${sign.n}); в других школах — у ${share(value('reference_lowered_share')).ru} (p ${chance.ru}).`,
				en: `${where}: the year mark is above the mark of the exam for ${share(sign.statistic!).en} of the pupils (${inputs.lowered} of ${sign.n}); elsewhere for ${share(value('reference_lowered_share')).en} (p ${chance.en}).`,
			});
		default:
			return 'observed' in inputs ? pooledBorder(sign, where) : singleBorder(sign, where);
	}
}

/** Where a mean stands among the others', in standard deviations of pupils. */
function relative(z: number): { ru: string; en: string } {
	const distance = amount(Math.abs(z));
	if (Math.abs(z) < 0.05) return { ru: 'на том же уровне', en: 'at the same level' };
	return z > 0
		? { ru: `выше на ${distance.ru} ст. откл.`, en: `${distance.en} SD above` }
		: { ru: `ниже на ${distance.ru} ст. откл.`, en: `${distance.en} SD below` };
}

/** A high mean that a later exam does not bear out, or does (method O2). */
export function laterExam(sign: RawSign, titles: Map<string, string>): Reason {
	const what = titles.get(sign.procedures[0]!) ?? sign.procedures[0]!;
	const exam = sign.inputs.later_title;
	const stands = relative(sign.statistic!);
	if (sign.flagged)
		return reason('not-confirmed', {
			ru: `${what}: высокий средний балл не подтвердился: ${exam} — ${stands.ru} относительно других школ.`,
			en: `${what}: the high mean was not borne out: ${exam} is ${stands.en}, against the other schools.`,
		});
	return reason('confirmed-later', {
		ru: `${what}: высокий средний балл подтверждён экзаменом: ${exam} — ${stands.ru} относительно других школ.`,
		en: `${what}: the high mean was borne out by the exam: ${exam} is ${stands.en}, against the other schools.`,
	});
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

/** The share that looks lifted (method O4). */
export function lifted(sign: RawSign, titles: Map<string, string>): Reason {
	const where = titles.get(sign.procedures[0]!) ?? sign.procedures[0]!;
	const papers = Math.round(Number(sign.inputs.missing));
	return reason('lifted', {
		ru: `${where}: ниже границы ${sign.inputs.cutoff} баллов недостаёт работ: около ${papers} (${share(sign.statistic!).ru} ожидаемых).`,
		en: `${where}: about ${papers} papers are missing below the border of ${sign.inputs.cutoff} points (${share(sign.statistic!).en} of those expected).`,
	});
}

/** The years at level 2, by own signs and by lists apart (method O15): only the years of one source are a recurrence. */
export function persistent(sign: RawSign): Reason {
	const { own, listed } = sign.inputs;
	if (sign.flagged)
		return reason('persistent', {
			ru: `Признаки повторяются в последние три года: по собственным проверкам лет — ${own}, по перечню — ${listed}.`,
			en: `The signs recur within three years: years by own checks ${own}, by the list ${listed}.`,
		});
	return reason('two-sources', {
		ru: `В последние три года школа выделена разными источниками: по собственным проверкам лет — ${own}, по перечню — ${listed}.`,
		en: `Within three years different sources single the school out: years by own checks ${own}, by the list ${listed}.`,
	});
}
