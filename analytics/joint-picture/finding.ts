import type { Row, Summarise } from '../module.ts';

/** Leads with where support comes first and where objectivity does. */
export const summarise: Summarise = (rows) => {
	if (rows.length === 0)
		return {
			title: { ru: 'Результатов оценочных процедур нет', en: 'There are no assessment results' },
			subtitle: {
				ru: 'Загрузите результаты или измените отбор',
				en: 'Import results or change the selection',
			},
			summary: {
				ru: 'По выбранным условиям результатов нет. Загрузите результаты процедуры или снимите условия отбора.',
				en: 'There are no results under these conditions. Import results of a procedure or drop a condition.',
			},
		};
	const year = Math.max(...rows.map((row) => Number(row.year)));
	const ofYear = rows.filter((row) => row.year === year);
	const count = (test: (row: Row) => boolean): number => ofYear.filter(test).length;
	const doubtful = count(({ trust }) => trust === 'doubtful');
	const first = count(({ standing, trust }) => standing === 'low' && trust === 'objective');
	const both = count(({ standing, trust }) => standing === 'low' && trust === 'doubtful');
	const above = count(({ standing, trust }) => standing === 'high' && trust === 'objective');
	const hard = count(({ is_hard_context }) => is_hard_context === true);
	const hardLow = count((row) => row.is_hard_context === true && row.standing === 'low');
	const unknown = count(({ trust }) => trust === 'unknown');
	const schools = ofYear.length;
	return {
		title: {
			ru: `Низкие результаты, которым можно верить: школ — ${first} из ${schools}; есть признаки необъективности: ${doubtful}`,
			en: `Low results that can be trusted: ${first} of ${schools} schools; with signs of non-objectivity: ${doubtful}`,
		},
		subtitle: {
			ru: `${year} год, школ: ${schools}. Клетка — число школ`,
			en: `Year ${year}, schools: ${schools}. A cell is a number of schools`,
		},
		summary: {
			ru: `Низкие и с признаками необъективности: ${both}. Выше ожидаемых по контексту, и можно верить: ${above}. Мало данных, чтобы судить: ${unknown}.${hard > 0 ? ` В сложных социальных условиях школ — ${hard}, из них с низкими результатами: ${hardLow}.` : ''}`,
			en: `Low, with signs of non-objectivity: ${both}. Above expectation from the context, and can be trusted: ${above}. Too little data to judge: ${unknown}.${hard > 0 ? ` In hard social conditions: ${hard} schools, of them with low results: ${hardLow}.` : ''}`,
		},
	};
};
