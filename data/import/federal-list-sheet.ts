import { number } from './cell-rules.ts';
import { type Checked, countNote, nothingChecked, type SheetKind } from './checked.ts';
import { buildDirectory, namesMunicipalities } from './directory.ts';
import { findListedSchool, rowsOfSchools, schoolColumns } from './listed-schools.ts';
import { type ColumnRule, refuseRow } from './sheet.ts';

const markers = ['russian_4', 'mathematics_4', 'russian_5', 'mathematics_5'] as const;

/** A school of a list of the authority as it will be stored. */
export interface ListedSchoolToStore {
	row_number: number;
	year: number;
	school_id: string;
	russian_4: number;
	mathematics_4: number;
	russian_5: number;
	mathematics_5: number;
}

/** The authority's list of schools with signs of bias: four markers and their number, a row per school and year. */
export const federalListSheet: SheetKind<ListedSchoolToStore> = {
	kind: 'federal-list',
	name: { ru: 'Перечень', en: 'List' },
	columns: () => [
		{
			field: 'year',
			titles: { ru: 'Год', en: 'Year', aliases: ['год впр'] },
			required: true,
			filled: false,
			parse: number({ min: 2000, max: 2100, integer: true }),
			help: { ru: 'Год, за который составлен перечень.', en: 'The year that the list is about.' },
			examples: [2025, 2025],
		},
		...schoolColumns,
		marker('russian_4', '4 РУ', 'Russian 4', ['ру 4', 'рус 4', '4 рус', '4ру', 'русский 4'], [1, 0]),
		marker('mathematics_4', '4 МА', 'Maths 4', ['ма 4', 'мат 4', '4 мат', '4ма', 'математика 4'], [1, 0]),
		marker('russian_5', '5 РУ', 'Russian 5', ['ру 5', 'рус 5', '5 рус', '5ру', 'русский 5'], [0, 0]),
		marker('mathematics_5', '5 МА', 'Maths 5', ['ма 5', 'мат 5', '5 мат', '5ма', 'математика 5'], [0, 1]),
		{
			field: 'markers',
			titles: {
				ru: 'Количество маркеров',
				en: 'Number of markers',
				aliases: ['кол-во маркеров', 'маркеров', 'число маркеров', 'markers'],
			},
			required: true,
			filled: false,
			parse: number({ min: 0, integer: true }),
			help: {
				ru: 'Сумма четырёх маркеров; строка с другой суммой не принимается.',
				en: 'The sum of the four markers; a row with another sum is refused.',
			},
			examples: [2, 1],
		},
	],
	check(read, context) {
		const checked: Checked<ListedSchoolToStore> = nothingChecked();
		const directory = buildDirectory(context, namesMunicipalities(read));
		const seen = new Map<string, number>();
		for (const { row, values } of rowsOfSchools(read, context, checked)) {
			const found = listedSchool(row, values);
			if (!found) continue;
			const school_id = findListedSchool(read, directory, row, values);
			if (school_id === undefined) continue;
			const key = `${found.year} ${school_id}`;
			const first = seen.get(key);
			if (first !== undefined) {
				refuseRow(read, row, 'school', 'school-repeated', school_id, { first_row: first });
				continue;
			}
			seen.set(key, row);
			checked.rows.push({ ...found, school_id });
		}
		return checked;

		function listedSchool(row: number, values: Record<string, unknown>) {
			for (const field of ['year', 'markers']) {
				if (values[field] !== null) continue;
				refuseRow(read, row, field, 'value-missing', '');
				return undefined;
			}
			let sum = 0;
			const given = {} as Record<(typeof markers)[number], number>;
			for (const field of markers) {
				const value = values[field] as number | null;
				if (value === null) countNote(checked, 'marker-empty');
				given[field] = value ?? 0;
				sum += given[field];
				if (given[field] <= 1) continue;
				refuseRow(read, row, field, 'marker-off-scale', value);
				return undefined;
			}
			if (sum !== values.markers) {
				refuseRow(read, row, 'markers', 'marker-sum', values.markers, { sum });
				return undefined;
			}
			return { row_number: row, year: Number(values.year), ...given };
		}
	},
};

function marker(field: string, ru: string, en: string, aliases: string[], examples: number[]): ColumnRule {
	return {
		field,
		titles: { ru, en, aliases },
		required: true,
		filled: false,
		parse: number({ min: 0, integer: true }),
		help: { ru: '1 — маркер есть, 0 или пусто — нет.', en: '1 for a marker, 0 or empty for none.' },
		examples,
	};
}
