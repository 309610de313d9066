import { wilsonInterval } from '#analytics/statistics/wilson-interval.ts';
import { detection, type Honesty, honesty, power, REFERENCES, spread, TWO_YEARS, tilt } from './battery.ts';
import { alphaCoverage, errorCoverage, ordinalAlphaCoverage, raschCoverage } from './scales.ts';
import { certaintyTable, forecastCoverage, schoolCoverage, shareLimitsCoverage } from './schools.ts';
import { finiteWilsonCoverage, newcombeCoverage, wilsonCoverage } from './shares.ts';
import { type Amount, number, percent, share, type Table } from './table.ts';

/** Hears how far a long table is. */
export type Told = (done: number) => void;

/** At most one honest municipality in ten shows a school at level 2 or above. */
const PROMISE = 0.1;

export function honestyTable(amount: Amount, told: Told = () => {}): Table {
	const found = honesty(amount === 'whole' ? 300 : 12, 1, told);
	return tableOf(found, {
		title: 'Честные муниципалитеты',
		unit: 'школ',
		who: 'никто ничего не делал',
	});
}

/** The same over two years and with an exam: signs that look at later results, and persistence, are there too. */
export function honestYearsTable(amount: Amount, told: Told = () => {}): Table {
	const found = honesty(amount === 'whole' ? 150 : 20, 50_001, told, TWO_YEARS);
	return tableOf(found, {
		title: 'Честные муниципалитеты за два года',
		unit: 'школ и лет',
		who: 'две ВПР 4 и 5 классов, ВПР 8 класса и ОГЭ в каждом году; никто ничего не делал',
	});
}

function tableOf(found: Honesty, words: { title: string; unit: string; who: string }): Table {
	const { municipalities, schools, papers, signs, attention } = found;
	const margin = wilsonInterval(signs, municipalities)!;
	const rows = [...found.bySign]
		.sort(([one], [other]) => one.localeCompare(other, 'ru', { numeric: true }))
		.map(([name, { tests, below, flagged }]) => [
			name,
			String(tests),
			percent(share(below, tests)),
			String(flagged),
		]);
	return {
		caption: `**${words.title}.** ${municipalities} муниципалитетов по 30–60 школ (всего ${schools} ${words.unit}, ${papers} работ), ${words.who}. Хотя бы одна школа на уровне 2 и выше — в ${signs}: ${percent(share(signs, municipalities))} (95 %: ${percent(margin.lo)} – ${percent(margin.hi)}) при обещанных не более 10 %. Хотя бы одна на уровне 1 и выше — в ${percent(share(attention, municipalities))}; самих школ на уровне 1 — ${found.schoolsAttention}, на уровне 2 — ${found.schoolsSigns}. Первый проход оставил кого-то в стороне от эталона в ${percent(share(found.leftOut, municipalities))}.`,
		heads: ['Признак', 'Проверок', 'p ≤ 0,05', 'Отмечено (q ≤ 0,05 и размер эффекта)'],
		rows,
		broken: share(signs, municipalities) > PROMISE ? [`${words.title}: ${signs}`] : [],
	};
}

/** From this number of papers in the pooled window on the promise of power holds. */
const ENOUGH_PAPERS = 120;

export function powerTable(amount: Amount, told: Told = () => {}): Table {
	const bins = power(amount === 'whole' ? 360 : 18, 1, told);
	const enough = bins.filter(({ from }) => from >= ENOUGH_PAPERS);
	const of = (key: 'found' | 'schools'): number => enough.reduce((sum, bin) => sum + bin[key], 0);
	return {
		caption: `**Мощность.** В одной школе честного муниципалитета подняты 40 % работ, которым до границы не хватило одного-двух баллов. Как часто она найдена — по числу работ в окнах всех границ и предметов года. Обещание: не реже 80 % от 120 работ; вышло ${of('found')} из ${of('schools')}.`,
		heads: ['Работ в окнах', 'Школ', 'O3 вместе, q ≤ 0,05', 'Уровень 1 и выше', 'Уровень 2 и выше'],
		rows: bins
			.filter(({ schools }) => schools > 0)
			.map(({ from, to, schools, found, levelled, signs }) => [
				Number.isFinite(to) ? `${from}–${to - 1}` : `от ${from}`,
				String(schools),
				percent(share(found, schools)),
				percent(share(levelled, schools)),
				percent(share(signs, schools)),
			]),
		broken: share(of('found'), of('schools')) >= 0.8 ? [] : [`power from ${ENOUGH_PAPERS} papers on`],
	};
}

export function detectionTable(amount: Amount, told: Told = () => {}): Table {
	const found = detection(amount === 'whole' ? 60 : 5, told);
	return {
		caption: `**Что видит батарея.** Одна школа с параллелями по 80 учеников среди честных: доля случаев, когда отмечен каждый признак (q ≤ 0,05 и размер эффекта) и присвоен уровень; по ${found[0]!.schools} муниципалитетов на строку.`,
		heads: ['Что сделано', 'O1', 'O3', 'O6', 'O7', 'O8', 'O9', 'O10', 'Уровень 1 и выше', 'Уровень 2 и выше'],
		rows: found.map(({ name, schools, bySign, levelled, signs }) => [
			name,
			...['O1', 'O3', 'O6', 'O7', 'O8', 'O9', 'O10'].map((id) =>
				percent(share(bySign.get(id) ?? 0, schools)),
			),
			percent(share(levelled, schools)),
			percent(share(signs, schools)),
		]),
		broken: [],
	};
}

/** A school found against the reference of two passes may be honest by chance, as the q of schools allows. */
const MOST_HONEST = 0.1;

export function spreadTable(amount: Amount, told: Told = () => {}): Table {
	const found = spread(amount === 'whole' ? 60 : 4, told);
	const { municipalities, schools } = found[0]!;
	return {
		caption: `**Завышает пятая часть школ.** Одно и то же делает каждая пятая школа муниципалитета (${municipalities} муниципалитетов, ${schools} таких школ на строку, параллели по 8–110 учеников): сколько из них на уровне 1 и выше / на уровне 2, если эталон — все другие школы, школы без отмеченных первым проходом и одни честные (как если бы перечень назвал всех). В последнем столбце — доля честных среди школ на уровне 1 и выше при двух проходах; обещано не больше 10 %.`,
		heads: ['Что сделано', 'Все другие', 'Два прохода', 'Одни честные', 'Честных среди выделенных'],
		rows: found.map(({ name, schools: all, found: by }) => [
			name,
			...REFERENCES.map((reference) => {
				const { levelled, signs } = by[reference];
				return `${percent(share(levelled, all))} / ${percent(share(signs, all))}`;
			}),
			percent(share(by.passes.honest, by.passes.honest + by.passes.levelled)),
		]),
		broken: found.flatMap(({ name, found: { all, passes } }) => [
			...(passes.levelled < all.levelled ? [`${name}: fewer found in two passes`] : []),
			...(amount === 'whole' && passes.honest > MOST_HONEST * (passes.honest + passes.levelled)
				? [`${name}: honest among the found`]
				: []),
		]),
	};
}

export function tiltTable(amount: Amount): Table {
	const sizes = [25, 50, 100, 500];
	const found = (amount === 'whole' ? sizes : sizes.slice(0, 3)).map((pupils) =>
		tilt(pupils, amount === 'whole' ? (pupils < 500 ? 2000 : 600) : 150),
	);
	/** Chance lets a share of a few schools go past the level. */
	const most = (schools: number): number => 0.05 + 2.33 * Math.sqrt((0.05 * 0.95) / schools);
	return {
		caption: `**Честная сильная школа.** Школы на три балла из двадцати лучше эталона, границы никто не трогал: как часто p ≤ 0,05. С эталоном, приведённым к уровню школы, — не чаще 5 %; без приведения сильная школа выглядела бы «подтягивающей».`,
		heads: [
			'Учеников в параллели',
			'Школ',
			'Выше эталона, баллов',
			'O3',
			'O3 вместе',
			'O3 вместе без приведения',
		],
		rows: found.map(({ pupils, schools, above, single, pooled, untilted }) => [
			String(pupils),
			String(schools),
			number(above, 1),
			percent(single),
			percent(pooled),
			percent(untilted),
		]),
		broken: found
			.filter(({ single, pooled, schools }) => single > 0.05 || pooled > most(schools))
			.map(({ pupils }) => `tilted reference at ${pupils} pupils`),
	};
}

/** What a 95 % interval must cover on average; a little simulation leaves room for its own chance. */
const BOUNDS = { whole: [0.93, 0.97], quick: [0.91, 0.985] } as const;

interface Coverage {
	name: string;
	/** coverage by n; undefined where it is not measured */
	at: (n: number) => number | undefined;
	/** outside of what the promise speaks of: the share of an interval that is exact or no interval at all */
	isAside?: boolean;
}

export function coverageTable(amount: Amount): Table {
	const isWhole = amount === 'whole';
	const [least, most] = BOUNDS[amount];
	const sizes = isWhole ? [10, 20, 30, 50, 100, 300] : [10, 30, 100];
	const rounds = (whole: number, quick: number): number => (isWhole ? whole : quick);
	const errors = new Map(sizes.map((n) => [n, errorCoverage(n, Math.ceil(rounds(60_000, 9_000) / n))]));
	const schools = new Map(sizes.map((n) => [n, schoolCoverage(n, rounds(500, 60))]));
	const limits = new Map(sizes.map((n) => [n, shareLimitsCoverage(n, rounds(20_000, 3000))]));
	const rasch = new Map(
		sizes
			.filter((n) => n >= 30 && (isWhole || n <= 100))
			.map((n) => [n, raschCoverage(n, 20, rounds(Math.ceil(12_000 / n), Math.ceil(1500 / n)))]),
	);
	const ratios = [1.25, 1.5, 2, 3, 5, 10];
	const rowsOf: Coverage[] = [
		{ name: 'Доля (Уилсон)', at: (n) => wilsonCoverage(n).mean },
		{
			name: 'Доля из конечной совокупности (Уилсон с поправкой), N от 1,25n до 10n',
			at: (n) =>
				ratios.reduce((sum, ratio) => sum + finiteWilsonCoverage(n, Math.round(n * ratio)), 0) /
				ratios.length,
		},
		{
			name: 'Разность долей (Ньюкомб), по n в группе',
			at: (n) => (n <= 100 ? newcombeCoverage(n, n) : undefined),
		},
		{
			name: 'α (Фельдт), 5–20 пунктов, α от 0,5 до 0,95',
			at: (n) => [5, 10, 20].reduce((sum, items) => sum + alphaCoverage(n, items, rounds(4002, 600)), 0) / 3,
		},
		{
			name: 'α (Фельдт), ответы в четыре ступени',
			at: (n) => ordinalAlphaCoverage(n, rounds(n > 100 ? 1600 : 4000, 800)),
		},
		{ name: 'Полоса погрешности ±1,96·SEM', at: (n) => errors.get(n)!.band },
		{ name: 'Надёжное изменение: не изменившиеся названы так', at: (n) => errors.get(n)!.unchanged },
		{
			name: 'Трудность пункта ±1,96·SE (Раш), 20 пунктов, n ответивших',
			at: (n) => rasch.get(n)?.difficulty,
		},
		{ name: 'Уровень человека ±1,96·SE (Варм), 20 пунктов', at: (n) => rasch.get(n)?.ability },
		{ name: 'Воронка средних: честные школы в пределах 95 %', at: (n) => schools.get(n)!.usual },
		{ name: 'Воронка средних: в пределах 99,8 %', at: (n) => schools.get(n)!.extreme, isAside: true },
		{
			name: 'Воронка долей: в пределах 95 % (точные пределы)',
			at: (n) => limits.get(n)!.usual,
			isAside: true,
		},
		{ name: 'Воронка долей: в пределах 99,8 %', at: (n) => limits.get(n)!.extreme, isAside: true },
		{
			name: 'Среднее школы, приближённое к общему, ±1,96·SE',
			at: (n) => schools.get(n)!.shrunken,
			isAside: true,
		},
	];
	const measured = rowsOf.map((row) => ({ ...row, values: sizes.map((n) => row.at(n)) }));
	return {
		caption: `**Покрытие.** Как часто 95-процентный интервал содержит истину, в среднем по диапазону параметра, при n ответивших (или учеников школы); обещание — от 93 до 97 % при n ≥ 10. Доли и разности сосчитаны точно, остальное смоделировано. Строки с ¹ обещанием не охвачены, о них — ниже таблицы.`,
		heads: ['Интервал', ...sizes.map((n) => `n = ${n}`)],
		rows: measured.map(({ name, values, isAside }) => [
			isAside ? `${name} ¹` : name,
			...values.map((value) => (value === undefined ? '–' : percent(value))),
		]),
		broken: measured.flatMap(({ name, values, isAside }) =>
			isAside
				? []
				: values.flatMap((value, index) =>
						value !== undefined && (value < least || value > most)
							? [`${name}, n = ${sizes[index]}: ${percent(value)}`]
							: [],
					),
		),
	};
}

export function certainty(amount: Amount): Table {
	const bins = certaintyTable(amount === 'whole' ? 1500 : 150);
	const off = bins.filter(({ said, true: isTrue }) => Math.abs(said - isTrue) > 0.06);
	return {
		caption: `**Уверенность в низких результатах.** Школы по 10–100 учеников, истинные доли «двоек» заданы (среднее 20 %, стандартное отклонение 10 п. п.): какую уверенность в «не меньше 30 %» называет Опора и у скольких это правда.`,
		heads: ['Уверенность', 'Школ', 'В среднем названо', 'Правда'],
		rows: bins.map(({ from, to, schools, said, true: isTrue }) => [
			`${number(from, 1)}–${number(Math.min(1, to), 1)}`,
			String(schools),
			percent(said),
			percent(isTrue),
		]),
		broken: off.map(({ from }) => `certainty from ${from}`),
	};
}

export function forecastTable(amount: Amount): Table {
	const sizes = amount === 'whole' ? [30, 100, 300, 1000] : [100, 300];
	const found = sizes.map((invited) => forecastCoverage(invited, amount === 'whole' ? 3000 : 300));
	return {
		caption: `**Прогноз доли ответивших.** Все отвечают с одним темпом, неделя позади, двенадцать дней впереди: как часто итог внутри названных 80 %. Счёт целый, поэтому в малых списках интервал шире нужного.`,
		heads: ['Приглашено', ...sizes.map(String)],
		rows: [['Внутри 80 %', ...found.map(percent)]],
		broken: found.flatMap((value, index) =>
			value < 0.77 || value > 0.93 ? [`forecast, ${sizes[index]}`] : [],
		),
	};
}
