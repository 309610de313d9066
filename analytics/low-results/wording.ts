import type { Finding, LocalText, Summarise } from '../module.ts';
import type { Label } from './rule.ts';

export const labelTexts: Record<Label, LocalText> = {
	stable: { ru: 'устойчиво', en: 'stable' },
	likely: { ru: 'вероятно', en: 'likely' },
	chance: {
		ru: 'возможно случайно (мало участников или доля у границы)',
		en: 'possibly by chance (few pupils, or a share near the border)',
	},
};

/** The finding in words, from the rows that the reader sees. */
export const summarise: Summarise = (rows) => {
	if (rows.length === 0) return emptyFinding;
	const year = Math.max(...rows.map((row) => Number(row.year)));
	const ofYear = rows.filter((row) => row.year === year);
	const flagged = ofYear.filter((row) => row.flag === true);
	const at = (label: Label): number => flagged.filter((row) => row.label === label).length;
	const results = ofYear.reduce((sum, row) => sum + Number(row.n), 0);
	const percent = Math.round(100 * Number(ofYear[0]!.threshold));
	return {
		title:
			flagged.length > 0
				? {
						ru: `Низкие результаты по действующему правилу — в ${flagged.length} из ${ofYear.length} школ, устойчиво — в ${at('stable')}`,
						en: `Low results by the rule in force in ${flagged.length} of ${ofYear.length} schools, stable in ${at('stable')}`,
					}
				: {
						ru: 'Школ с низкими результатами по действующему правилу нет',
						en: 'No school has low results by the rule in force',
					},
		subtitle: {
			ru: `${year} год, школ: ${ofYear.length}, результатов: ${results}; порог ${percent} % участников ниже минимума`,
			en: `Year ${year}, schools: ${ofYear.length}, results: ${results}; threshold ${percent} % of pupils below the minimum`,
		},
		summary: {
			ru: `Из них устойчиво: ${at('stable')}, вероятно: ${at('likely')}, возможно случайно: ${at('chance')}. Оценка устойчивости не отменяет формального статуса.`,
			en: `Of these stable: ${at('stable')}, likely: ${at('likely')}, possibly by chance: ${at('chance')}. Certainty never cancels the formal status.`,
		},
	};
};

const emptyFinding: Finding = {
	title: { ru: 'Результатов оценочных процедур нет', en: 'There are no assessment results' },
	subtitle: { ru: 'Загрузите результаты или измените отбор', en: 'Import results or change the selection' },
	summary: {
		ru: 'По выбранным условиям результатов нет. Загрузите результаты процедуры или снимите условия отбора.',
		en: 'There are no results under these conditions. Import results of a procedure or drop a condition.',
	},
};
