import type { CheckOptions } from './checked.ts';
import { ImportError } from './codes.ts';
import type { ImportContext, KnownProcedure } from './context.ts';
import { subjectId } from './subjects.ts';

/**
 * The procedure of a row of sums: the one chosen, else by its code, else the only one of that year, grade and subject.
 * @throws ImportError when none or several fit, or the row says another than the one chosen
 */
export function procedureOfRow(
	context: ImportContext,
	options: CheckOptions,
	row: number,
	values: Record<string, unknown>,
): KnownProcedure {
	const chosen = options.procedure_id;
	const named = values.procedure as string | null;
	if (named !== null && chosen !== null && named !== chosen)
		throw new ImportError('procedure-differs', { procedure: named, chosen, row });
	const { year, grade, subject } = values as Record<string, string | number | null>;
	const fits = context.procedures.filter((each) => {
		if (named !== null || chosen !== null) return each.id === (named ?? chosen);
		const isSameSubject = subject !== null && each.subject === subjectId(String(subject));
		return each.year === year && each.grade === grade && isSameSubject;
	});
	if (fits.length === 1) {
		const [only] = fits as [KnownProcedure];
		const differs =
			(year !== null && year !== only.year) ||
			(grade !== null && only.grade !== null && grade !== only.grade);
		if (differs)
			throw new ImportError('procedure-differs', {
				procedure: [year, grade, subject].filter((part) => part !== null).join(', '),
				chosen: only.id,
				row,
			});
		return only;
	}
	if (named !== null) throw new ImportError('unknown-procedure', { procedure: named, row });
	throw new ImportError('procedure-unclear', { found: fits.length, row });
}
