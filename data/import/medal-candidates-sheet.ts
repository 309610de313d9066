import { number, oneOf } from './cell-rules.ts';
import { type Checked, nothingChecked, type SheetKind } from './checked.ts';
import { buildDirectory, namesMunicipalities } from './directory.ts';
import { findListedSchool, rowsOfSchools, schoolColumns } from './listed-schools.ts';
import { pupilColumn } from './pupil-code.ts';
import { refuseRow } from './sheet.ts';

/** A candidate for a medal as it will be stored. */
export interface MedalCandidateToStore {
	row_number: number;
	year: number;
	school_id: string;
	pupil: string;
	medal: number;
}

/**
 * School leavers put forward for the medal «За особые успехи в учении»: a row per candidate, without names. The code is
 * that of the results of the exam, which say whether the candidate reached the scores that the medal asks for.
 */
export const medalCandidatesSheet: SheetKind<MedalCandidateToStore> = {
	kind: 'medal-candidates',
	name: { ru: 'Претенденты на медаль', en: 'Medal candidates' },
	columns: () => [
		{
			field: 'year',
			titles: { ru: 'Год', en: 'Year', aliases: ['год выпуска', 'год окончания'] },
			required: true,
			filled: true,
			parse: number({ min: 2014, max: 2100, integer: true }),
			help: { ru: 'Год окончания школы.', en: 'The year of leaving school.' },
			examples: [2026, 2026],
		},
		...schoolColumns,
		pupilColumn(
			true,
			{
				ru: 'Тот же код, что в файле результатов ЕГЭ. Не имя и не номер документа.',
				en: 'The same code as in the file of exam results. Neither a name nor the number of a document.',
			},
			['101-11А-07', '102-11Б-15'],
		),
		{
			field: 'medal',
			titles: {
				ru: 'Степень медали',
				en: 'Medal class',
				aliases: ['степень', 'медаль', 'medal'],
			},
			required: true,
			filled: true,
			parse: oneOf({
				1: ['I', 'i степень', 'i степени', '1 степень', 'первая', 'золотая', 'first', 'gold'],
				2: ['II', 'ii степень', 'ii степени', '2 степень', 'вторая', 'серебряная', 'second', 'silver'],
			}),
			help: { ru: 'I или II (можно 1 или 2).', en: 'I or II (1 or 2 will do).' },
			examples: ['I', 'II'],
		},
	],
	check(read, context) {
		const checked: Checked<MedalCandidateToStore> = nothingChecked();
		const directory = buildDirectory(context, namesMunicipalities(read));
		const seen = new Map<string, number>();
		for (const { row, values } of rowsOfSchools(read, context, checked)) {
			const school_id = findListedSchool(read, directory, row, values);
			if (school_id === undefined) continue;
			const [year, pupil] = [Number(values.year), String(values.pupil)];
			const key = `${year}\n${school_id}\n${pupil}`;
			const first_row = seen.get(key);
			if (first_row !== undefined) {
				refuseRow(read, row, 'pupil', 'candidate-repeated', pupil, { first_row });
				continue;
			}
			seen.set(key, row);
			checked.rows.push({ row_number: row, year, school_id, pupil, medal: Number(values.medal) });
		}
		return checked;
	},
};
