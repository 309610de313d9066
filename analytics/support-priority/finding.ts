import type { Row, Summarise } from '../module.ts';

/** Leads with how many schools with low results have no plan in force: that is what the order of work is for. */
export const summarise: Summarise = (rows) => {
	if (rows.length === 0)
		return {
			title: {
				ru: 'Ни результатов, ни профилей рисков нет',
				en: 'There are neither results nor risk profiles',
			},
			subtitle: {
				ru: 'Загрузите результаты или измените отбор',
				en: 'Import results or change the selection',
			},
			summary: {
				ru: 'Очередь помощи считается по результатам оценочных процедур, профилю рисков и мерам планов.',
				en: 'Priority is reckoned from assessment results, the risk profile and the measures of plans.',
			},
		};
	const year = Math.max(...rows.map((row) => Number(row.year)));
	const ofYear = rows.filter((row) => row.year === year);
	const count = (test: (row: Row) => boolean): number => ofYear.filter(test).length;
	const low = count(({ flag }) => flag === true);
	const open = count(({ flag, has_plan }) => flag === true && has_plan !== true);
	return {
		title: {
			ru: `Школ с низкими результатами: ${low}, из них без действующего плана поддержки: ${open}`,
			en: `Schools with low results: ${low}, of them without a support plan in force: ${open}`,
		},
		subtitle: {
			ru: `${year} год, школ: ${ofYear.length}. Для порядка работы службы, не для публикации`,
			en: `Year ${year}, schools: ${ofYear.length}. For the order of the service’s work, not for publication`,
		},
		summary: {
			ru: `Очередь посчитана: школ — ${count(({ priority }) => priority !== null)}. Результаты под сомнением: ${count(({ is_doubtful }) => is_doubtful === true)}.`,
			en: `Priority is reckoned for ${count(({ priority }) => priority !== null)} schools. Results in doubt: ${count(({ is_doubtful }) => is_doubtful === true)}.`,
		},
	};
};
