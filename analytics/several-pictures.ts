import type { Finding, LocalText, Row } from './module.ts';

/** The finding of rows that make a picture per school and procedure, when there is more than one of them; else undefined. */
export function findSeveral(
	rows: readonly Row[],
	subject: LocalText,
	summary: LocalText,
): Finding | undefined {
	const pictures = new Set(rows.map((row) => `${row.school_id}\n${row.procedure_id}`));
	if (pictures.size <= 1) return undefined;
	const schools = new Set(rows.map((row) => row.school_id)).size;
	const procedures = new Set(rows.map((row) => row.procedure_id)).size;
	return {
		title: {
			ru: `${subject.ru}: школ — ${schools}, процедур — ${procedures}`,
			en: `${subject.en}: ${schools} schools, ${procedures} procedures`,
		},
		subtitle: {
			ru: 'Выберите школу и процедуру, чтобы увидеть одну картину',
			en: 'Choose a school and a procedure to see one picture',
		},
		summary,
	};
}
