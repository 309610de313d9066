import { identifier, list, number, oneOf, text } from './cell-rules.ts';
import { type Checked, countNote, nothingChecked, type SheetKind } from './checked.ts';
import type { KnownSchool } from './context.ts';
import { buildDirectory, namesMunicipalities, withoutLoginPrefix } from './directory.ts';
import { refuseRow } from './sheet.ts';
import { subjectId } from './subjects.ts';

/** A school as it will stand in the registry after the import. */
export type SchoolToStore = KnownSchool;

const code = identifier();

/** The registry of schools: a row per school. An empty cell or an absent column leaves what the registry knows. */
export const schoolsSheet: SheetKind<SchoolToStore> = {
	kind: 'schools',
	name: { ru: 'Школы', en: 'Schools' },
	columns: () => [
		{
			field: 'school',
			titles: {
				ru: 'Код школы',
				en: 'School code',
				aliases: ['код', 'логин', 'логин оо', 'код оо', 'id', 'code', 'login'],
			},
			required: true,
			filled: true,
			parse: (cell) => {
				const read = code(cell);
				if ('code' in read) return read;
				const bare = withoutLoginPrefix(String(read.value));
				return bare === read.value ? read : { value: bare, coerced: 'login-prefix' };
			},
			help: {
				ru: 'Постоянный код или логин школы. По нему школа узнаётся во всех следующих файлах.',
				en: 'The lasting code or login of the school; every later file is matched by it.',
			},
			examples: ['101', '102'],
		},
		{
			field: 'name',
			titles: {
				ru: 'Название школы',
				en: 'School name',
				aliases: [
					'название',
					'наименование',
					'наименование оо',
					'школа',
					'оо',
					'краткое наименование',
					'name',
				],
			},
			required: true,
			filled: true,
			parse: text(300),
			help: { ru: 'Название, как в уставе или кратко.', en: 'The name, in full or short.' },
			examples: ['МБОУ «СОШ № 1»', 'МБОУ «Гимназия № 2»'],
		},
		{
			field: 'municipality',
			titles: {
				ru: 'Муниципалитет',
				en: 'Municipality',
				aliases: ['код муниципалитета', 'район', 'мо', 'municipality code'],
			},
			required: false,
			filled: false,
			parse: text(200),
			help: {
				ru: 'Код или название муниципалитета. Можно не заполнять, если вам доступен только один.',
				en: 'Code or name of the municipality. May stay empty when only one is yours.',
			},
			examples: [null, null],
		},
		{
			field: 'kind',
			titles: {
				ru: 'Вид школы',
				en: 'School kind',
				aliases: ['вид', 'тип', 'тип школы', 'вид оо', 'тип оо', 'kind', 'type'],
			},
			required: false,
			filled: false,
			parse: oneOf({
				school: [
					'школа',
					'сош',
					'оош',
					'нош',
					'средняя общеобразовательная школа',
					'основная общеобразовательная школа',
				],
				gymnasium: ['гимназия'],
				lyceum: ['лицей', 'lycee'],
				small_school: ['малокомплектная школа', 'малокомплектная', 'small school'],
				other: ['другое', 'иное'],
			}),
			help: {
				ru: 'школа, гимназия, лицей, малокомплектная школа или другое.',
				en: 'school, gymnasium, lyceum, small_school or other.',
			},
			examples: ['школа', 'гимназия'],
		},
		{
			field: 'locality',
			titles: { ru: 'Местность', en: 'Locality', aliases: ['город/село', 'город или село', 'тип местности'] },
			required: false,
			filled: false,
			parse: oneOf({ urban: ['город', 'городская', 'г'], rural: ['село', 'сельская', 'с'] }),
			help: { ru: 'город или село.', en: 'urban or rural.' },
			examples: ['город', 'город'],
		},
		{
			field: 'pupils',
			titles: {
				ru: 'Число учеников',
				en: 'Pupils',
				aliases: ['количество обучающихся', 'учеников', 'численность', 'контингент'],
			},
			required: false,
			filled: false,
			parse: number({ min: 0, max: 20_000, integer: true }),
			help: { ru: 'Целое число.', en: 'A whole number.' },
			examples: [540, 812],
		},
		{
			field: 'advanced_subjects',
			titles: {
				ru: 'Углублённые предметы',
				en: 'Advanced subjects',
				aliases: ['предметы углубленного изучения', 'углубленное изучение', 'углубленные'],
			},
			required: false,
			filled: false,
			parse: list(subjectId),
			help: {
				ru: 'Предметы, которые школа изучает углублённо, через точку с запятой; «нет» — если таких нет; пусто — если неизвестно.',
				en: 'Subjects taught in depth, separated by semicolons; "none" when there are none; empty when unknown.',
			},
			examples: ['нет', 'математика; физика'],
		},
	],
	check(read, context) {
		const checked: Checked<SchoolToStore> = nothingChecked();
		const directory = buildDirectory(context, namesMunicipalities(read));
		const known = new Map(context.schools.map((school) => [school.id.toLowerCase(), school]));
		const seen = new Map<string, number>();
		const newMunicipalities = new Set<string>();
		for (const { row, values } of read.rows) {
			const key = String(values.school).toLowerCase();
			const before = known.get(key) ?? known.get(`sch${key}`);
			const first = seen.get(key);
			if (first !== undefined) {
				refuseRow(read, row, 'school', 'duplicate-id', values.school, { first_row: first });
				continue;
			}
			seen.set(key, row);
			const written = values.municipality as string | null;
			const municipality =
				written === null && before
					? { id: before.municipality_id, is_new: false, is_default: false }
					: directory.matchMunicipality(written);
			if ('code' in municipality) {
				refuseRow(read, row, 'municipality', municipality.code, written, municipality.params);
				continue;
			}
			const isOutside =
				!(municipality.is_new || directory.isInside(municipality.id, before?.id)) ||
				(before !== undefined && !directory.isInside(before.municipality_id, before.id));
			if (isOutside) {
				refuseRow(read, row, 'school', 'school-outside', values.school);
				continue;
			}
			if (municipality.is_default) countNote(checked, 'municipality-by-default');
			if (municipality.is_new && !newMunicipalities.has(municipality.id) && directory.region) {
				newMunicipalities.add(municipality.id);
				checked.unknown_municipalities.push({
					id: municipality.id,
					region_id: directory.region,
					name: municipality.id,
				});
			}
			const after: SchoolToStore = {
				id: before?.id ?? String(values.school),
				municipality_id: municipality.id,
				name: String(values.name),
				kind: (values.kind ?? before?.kind ?? 'school') as string,
				locality: (values.locality ?? before?.locality ?? null) as string | null,
				pupils: (values.pupils ?? before?.pupils ?? null) as number | null,
				advanced_subjects: advancedSubjects(values.advanced_subjects) ?? before?.advanced_subjects ?? null,
				origin: 'registry',
			};
			if (before && JSON.stringify(inOrder(before)) === JSON.stringify(inOrder(after))) {
				checked.skipped += 1;
				continue;
			}
			if (before) checked.changed += 1;
			checked.rows.push(after);
		}
		return checked;
	},
};

/** «нет» is an answer (an empty list), an empty cell is none. */
function advancedSubjects(value: unknown): string[] | null {
	if (!Array.isArray(value)) return null;
	const isNone = value.length === 1 && /^(?:нет|none|-|—|0)$/i.test(String(value[0]));
	return isNone ? [] : (value as string[]);
}

function inOrder(school: KnownSchool): unknown[] {
	const { id, municipality_id, name, kind, locality, pupils, advanced_subjects, origin } = school;
	return [id, municipality_id, name, kind, locality, pupils, advanced_subjects, origin];
}
