import { type CellRule, type Parsed, readNumber, text } from './cell-rules.ts';
import { type Checked, countNote, nothingChecked, type SheetKind } from './checked.ts';
import { buildDirectory, namesMunicipalities } from './directory.ts';
import { findListedSchool, rowsOfSchools, schoolColumns } from './listed-schools.ts';
import { type ColumnRule, type ReadSheet, refuseRow } from './sheet.ts';

const shares = [
	'higher_education',
	'incomplete_families',
	'large_or_low_income',
	'on_registers',
	'other_language',
	'special_needs',
	'vacancies',
] as const;
type Share = (typeof shares)[number];

/** The social make-up of a school as it will be stored: shares in percent, null where the file does not say. */
export interface SchoolContextToStore extends Record<Share, number | null> {
	row_number: number;
	year: number;
	school_id: string;
	decision: string | null;
}

/** So many shares of a column at least, none above one, look like parts of one written without percent. */
const FEWEST_TO_JUDGE = 5;

/** The social passport of schools: a row per school and school year, shares in percent or as «17 из 540». */
export const schoolContextSheet: SheetKind<SchoolContextToStore> = {
	kind: 'school-context',
	name: { ru: 'Социальный состав', en: 'Social context' },
	columns: () => [
		{
			field: 'year',
			titles: { ru: 'Учебный год', en: 'School year', aliases: ['год', 'year'] },
			required: true,
			filled: false,
			parse: schoolYear,
			help: {
				ru: 'Учебный год, например 2025/2026; одно число — год, в котором он кончается.',
				en: 'The school year, such as 2025/2026; a single number is the year in which it ends.',
			},
			examples: ['2025/2026', '2025/2026'],
		},
		...schoolColumns,
		share(
			'higher_education',
			['Оба родителя с высшим образованием, %', 'Both parents with higher education, %'],
			[
				'высшее образование родителей',
				'родители с высшим образованием',
				'оба родителя с высшим образованием',
			],
			[41.5, '268 из 812'],
		),
		share(
			'incomplete_families',
			['Неполные семьи, %', 'Incomplete families, %'],
			['неполные семьи', 'дети из неполных семей', 'обучающиеся из неполных семей'],
			[24, 18.5],
		),
		share(
			'large_or_low_income',
			['Многодетные и малообеспеченные семьи, %', 'Large or low-income families, %'],
			['многодетные и малообеспеченные семьи', 'малообеспеченные семьи', 'многодетные семьи'],
			[19, 12],
		),
		share(
			'on_registers',
			['На учёте, %', 'On registers, %'],
			['на учете', 'обучающиеся на учете', 'на профилактическом учете', 'состоят на учете'],
			['9 из 540', 0.6],
		),
		share(
			'other_language',
			['Русский язык не родной, %', 'Russian is not the first language, %'],
			['русский язык не родной', 'инофоны', 'дети-инофоны', 'неродной русский'],
			[6, 3.2],
		),
		share(
			'special_needs',
			['С ОВЗ и инвалидностью, %', 'Special needs and disabilities, %'],
			['с овз и инвалидностью', 'овз', 'обучающиеся с овз', 'дети с овз'],
			[8.1, 4],
		),
		share(
			'vacancies',
			['Вакансии педагогов, % ставок', 'Vacant teaching posts, %'],
			['вакансии педагогов', 'вакансии', 'дефицит педагогов', 'нехватка педагогов'],
			[5, null],
		),
		{
			field: 'decision',
			titles: {
				ru: 'Решение о ШССУ',
				en: 'Decision on hard conditions',
				aliases: ['шссу', 'включена в перечень шссу', 'решение'],
			},
			required: false,
			filled: false,
			parse: text(300),
			help: {
				ru: 'Документ, которым школа отнесена к работающим в сложных социальных условиях; пусто — такого нет.',
				en: 'The document that names the school as one in hard social conditions; empty when there is none.',
			},
			examples: ['Приказ от 12.09.2025 № 215', null],
		},
	],
	check(read, context) {
		const checked: Checked<SchoolContextToStore> = nothingChecked();
		const directory = buildDirectory(context, namesMunicipalities(read));
		const seen = new Map<string, number>();
		for (const { row, values } of rowsOfSchools(read, context, checked)) {
			if (values.year === null) {
				refuseRow(read, row, 'year', 'value-missing', '');
				continue;
			}
			const said = Object.fromEntries(shares.map((field) => [field, values[field] ?? null])) as Record<
				Share,
				number | null
			>;
			const decision = (values.decision ?? null) as string | null;
			if (decision === null && shares.every((field) => said[field] === null)) {
				refuseRow(read, row, firstShare(read), 'context-empty', '');
				continue;
			}
			const school_id = findListedSchool(read, directory, row, values);
			if (school_id === undefined) continue;
			const key = `${values.year} ${school_id}`;
			const first = seen.get(key);
			if (first !== undefined) {
				refuseRow(read, row, 'school', 'school-repeated', school_id, { first_row: first });
				continue;
			}
			seen.set(key, row);
			checked.rows.push({ row_number: row, year: Number(values.year), school_id, ...said, decision });
		}
		noteSmallShares(checked);
		return checked;
	},
};

/** The column at which somebody looks who is told that a row says nothing. */
function firstShare(read: ReadSheet): string {
	return shares.find((field) => read.columns.has(field)) ?? 'school';
}

/** A column of parts of one would be taken for tiny percents. Registers may truly be that small, so this only warns. */
function noteSmallShares(checked: Checked<SchoolContextToStore>): void {
	for (const field of shares) {
		const known = checked.rows.map((row) => row[field]).filter((value) => value !== null);
		const isSmall = known.every((value) => value <= 1) && known.some((value) => value > 0);
		if (known.length >= FEWEST_TO_JUDGE && isSmall) countNote(checked, 'shares-below-one', known.length);
	}
}

/** A share in percent, with or without the sign, or a count of a whole: «17 из 540», «17/540», «17 of 540». */
const shareCell: CellRule = (cell): Parsed => {
	const counted = typeof cell === 'string' ? /^(\d+)\s*(?:из|of|\/)\s*(\d+)$/i.exec(cell.trim()) : null;
	if (counted) {
		const [count, whole] = [Number(counted[1]), Number(counted[2])];
		if (whole === 0 || count > whole) return { code: 'count-above-total', params: { count, whole } };
		return { value: (100 * count) / whole, coerced: 'count-of-total' };
	}
	const bare = typeof cell === 'string' ? cell.replace(/\s*%$/, '') : cell;
	const read = readNumber(bare);
	if (read === undefined) return { code: 'not-a-share' };
	if (read.value < 0) return { code: 'below-minimum', params: { min: 0 } };
	if (read.value > 100) return { code: 'above-maximum', params: { max: 100 } };
	return bare === cell ? read : { value: read.value, coerced: 'percent-sign' };
};

/** A school year as the year in which it ends. */
function schoolYear(cell: Parameters<CellRule>[0]): Parsed {
	const pair = typeof cell === 'string' ? /^(20\d\d)\s*[/–—-]\s*(\d\d|20\d\d)$/.exec(cell.trim()) : null;
	if (pair) {
		const [from, to] = [Number(pair[1]), 2000 + (Number(pair[2]) % 100)];
		return to === from + 1 ? { value: to, coerced: 'school-year' } : { code: 'not-a-school-year' };
	}
	const read = readNumber(cell);
	const isYear = read && Number.isInteger(read.value) && read.value >= 2000 && read.value <= 2100;
	return isYear ? read : { code: 'not-a-school-year' };
}

function share(
	field: Share,
	[ru, en]: [string, string],
	aliases: string[],
	examples: ColumnRule['examples'],
): ColumnRule {
	return {
		field,
		titles: { ru, en, aliases },
		required: false,
		filled: false,
		parse: shareCell,
		help: {
			ru: 'Процент от 0 до 100 или счёт вида «17 из 540»; пусто — неизвестно.',
			en: 'A percent from 0 to 100, or a count such as “17 of 540”; empty when unknown.',
		},
		examples,
	};
}
