import type { Row, Summarise } from '../module.ts';

/** Leads with what the schools took into their programmes; a factor that no school has confirmed is a proposal yet. */
export const summarise: Summarise = (rows) => {
	if (rows.length === 0)
		return {
			title: { ru: 'Рискового профиля нет', en: 'There is no risk profile' },
			subtitle: {
				ru: 'Предложите школе оценку факторов или измените отбор',
				en: 'Propose factors to a school or change the selection',
			},
			summary: {
				ru: 'Профиль появится, когда методическая служба предложит школе оценку факторов риска.',
				en: 'A profile appears once the service proposes risk factors to a school.',
			},
		};
	const year = Math.max(...rows.map((row) => Number(row.year)));
	const ofYear = rows.filter((row) => row.year === year);
	const count = (test: (row: Row) => boolean): number => ofYear.filter(test).length;
	const schools = new Set(ofYear.map(({ school_id }) => school_id)).size;
	const high = count(({ significance }) => significance === 'high');
	const chosen = count(({ is_chosen }) => is_chosen === true);
	const at = (answer: string): number => count((row) => row.answer === answer);
	return {
		title: {
			ru: `Факторов высокой значимости: ${high}, взято в программы школ: ${chosen}`,
			en: `Factors of high significance: ${high}, taken into programmes of schools: ${chosen}`,
		},
		subtitle: {
			ru: `${year} год, школ: ${schools}, факторов: ${ofYear.length}. ✓ школа согласна, ✗ не согласна, ? ещё не ответила, ★ взято в программу`,
			en: `Year ${year}, schools: ${schools}, factors: ${ofYear.length}. ✓ the school agrees, ✗ disagrees, ? has not answered yet, ★ in its programme`,
		},
		summary: {
			ru: `Школы согласны: ${at('agreed')}, не согласны: ${at('disagreed')}, ещё не ответили: ${at('awaited')}. Профиль помогает выбрать, с чего начать поддержку, и не служит оценкой школы.`,
			en: `Schools agree: ${at('agreed')}, disagree: ${at('disagreed')}, have not answered: ${at('awaited')}. The profile helps to choose where support begins and judges no school.`,
		},
	};
};
