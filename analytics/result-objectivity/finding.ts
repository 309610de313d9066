import type { Finding, LocalText, Summarise } from '../module.ts';

/** The finding in words, from the rows that the reader sees. */
export const summarise: Summarise = (rows) => {
	if (rows.length === 0) return emptyFinding;
	const latest = Math.max(...rows.map((row) => Number(row.year)));
	const ofYear = rows.filter((row) => row.year === latest);
	const at = (level: string): number => ofYear.filter((row) => row.level === level).length;
	const [watch, sign, persistent, unknown] = [at('1'), at('2'), at('3'), at('X')];
	const medals = ofYear.filter((row) => Number(row.medals_missed) > 0).length;
	const apart = {
		ru:
			medals > 0
				? ` Отдельно от уровней: не все претенденты на медаль набрали нужные баллы ЕГЭ — школ: ${medals}.`
				: '',
		en:
			medals > 0
				? ` Apart from the levels: not all medal candidates reached the exam scores, schools: ${medals}.`
				: '',
	};
	const results = ofYear.reduce((sum, row) => sum + Number(row.n), 0);
	return {
		title: titleOf(sign, persistent, watch, unknown, ofYear.length),
		subtitle: {
			ru: `${latest} год, школ: ${ofYear.length}, результатов: ${results}; q ≤ 0,10 с поправкой на число школ`,
			en: `Year ${latest}, schools: ${ofYear.length}, results: ${results}; q ≤ 0.10 corrected for the number of schools`,
		},
		summary: {
			ru: `Устойчивые признаки: ${persistent}, признаки: ${sign}, зона внимания: ${watch}, проверить нельзя: ${unknown}, без признаков: ${at('0')}. Признаки отбирают работы для перепроверки и ничего не доказывают.${apart.ru}`,
			en: `Persistent signs: ${persistent}, signs: ${sign}, zone of attention: ${watch}, cannot be tested: ${unknown}, none: ${at('0')}. Signs select papers for re-marking and prove nothing.${apart.en}`,
		},
	};
};

function titleOf(
	sign: number,
	persistent: number,
	watch: number,
	unknown: number,
	schools: number,
): LocalText {
	if (sign + persistent > 0) {
		return {
			ru: `Признаки необъективности — в ${sign + persistent} из ${schools} школ, зона внимания — в ${watch}`,
			en: `Signs of non-objectivity in ${sign + persistent} of ${schools} schools, zone of attention in ${watch}`,
		};
	}
	if (watch > 0) {
		return {
			ru: `Признаков необъективности нет, зона внимания — в ${watch} из ${schools} школ`,
			en: `No signs of non-objectivity, zone of attention in ${watch} of ${schools} schools`,
		};
	}
	if (unknown === schools)
		return {
			ru: 'Объективность результатов проверить нельзя: мало работ или не с чем сравнить',
			en: 'Objectivity cannot be tested: too few papers, or nothing to compare with',
		};
	if (unknown > 0)
		return {
			ru: `Признаков необъективности не выявлено; проверить нельзя: школ — ${unknown} из ${schools}`,
			en: `No signs of non-objectivity found; cannot be tested: ${unknown} of ${schools} schools`,
		};
	return { ru: 'Признаков необъективности не выявлено', en: 'No signs of non-objectivity found' };
}

const emptyFinding: Finding = {
	title: { ru: 'Результатов оценочных процедур нет', en: 'There are no assessment results' },
	subtitle: { ru: 'Загрузите результаты или измените отбор', en: 'Import results or change the selection' },
	summary: {
		ru: 'По выбранным условиям результатов нет. Загрузите результаты процедуры или снимите условия отбора.',
		en: 'There are no results under these conditions. Import results of a procedure or drop a condition.',
	},
};
