import type { ResultRow } from '../api.ts';
import { columnWidth, headLabels, rowLabels, unknownRowLabels } from './labels.ts';
import type { Specification } from './specification.ts';

type Tree = Record<string, unknown>;

/** The names that stand beside the rows and above the columns of a picture: null where there are none, none where the picture makes them itself. */
export interface Names {
	down: string[] | null;
	across: string[] | null;
}

const isTree = (value: unknown): value is Tree =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function namesOf(channel: unknown, rows: ResultRow[]): string[] | null {
	if (!isTree(channel) || typeof channel.field !== 'string' || channel.type !== 'nominal') return null;
	const field = channel.field;
	return [...new Set(rows.map((row) => row[field]))].filter((value) => value != null).map(String);
}

/** A picture of one kind of row says so first: `datum.kind === 'rating'`. */
const firstFilter = /^datum\.(\w+) === '([^']*)'$/;

function drawnRows(specification: Specification, rows: ResultRow[]): ResultRow[] {
	const first = Array.isArray(specification.transform) ? specification.transform[0] : undefined;
	const [, field, value] = firstFilter.exec(isTree(first) ? String(first.filter) : '') ?? [];
	return field ? rows.filter((row) => row[field] === value) : rows;
}

export function readNames(specification: Specification, rows: ResultRow[]): Names {
	const encoding = isTree(specification.encoding) ? specification.encoding : {};
	const drawn = drawnRows(specification, rows);
	return { down: namesOf(encoding.y, drawn), across: namesOf(encoding.x, drawn) };
}

/** Pixels that a picture has on a phone, and that the words of an axis take of them. */
const phone = 296;
const axisRoom = 50;
/** More names than this read better down than across. */
const mostAcross = 8;
/** On a phone, a column of a picture that says itself how wide its columns are. */
const widestOnPhone = 72;

/**
 * Gives a module's own picture room for its names: rows as high as their labels, heads above the columns, and the longer
 * list of names down where both sides are names. A picture that says how its labels look keeps them.
 */
export function layOut(specification: Specification, names: Names, isNarrow: boolean): Specification {
	const done: Specification = { ...specification };
	if (
		isNarrow &&
		isTree(done.spec) &&
		typeof done.columns === 'number' &&
		typeof done.spec.width === 'number'
	) {
		const width = Math.min(done.spec.width, phone - axisRoom);
		done.spec = { ...done.spec, width };
		done.columns = Math.max(1, Math.floor(phone / (width + axisRoom)));
	}
	if (isNarrow && isTree(done.width) && typeof done.width.step === 'number')
		done.width = { ...done.width, step: Math.min(done.width.step, widestOnPhone) };
	if (!isTree(done.encoding)) return done;
	const isTurned =
		names.down !== null &&
		names.across !== null &&
		names.across.length > mostAcross &&
		names.across.length > names.down.length;
	const [down, across] = isTurned ? [names.across, names.down] : [names.down, names.across];
	const encoding: Tree = { ...done.encoding };
	if (isTurned) [encoding.x, encoding.y] = [encoding.y, encoding.x];
	const own = (channel: unknown) => (isTree(channel) && isTree(channel.axis) ? channel.axis : {});
	if (down !== null && !('labelExpr' in own(encoding.y))) {
		const step = isTree(done.height) && typeof done.height.step === 'number' ? done.height.step : 30;
		const labels =
			isNarrow && down.length === 0
				? unknownRowLabels(step)
				: rowLabels(down, isNarrow, step, across === null ? 'bars' : 'cells');
		encoding.y = { ...(encoding.y as Tree), axis: { ...own(isTurned ? null : encoding.y), ...labels.axis } };
		if (typeof done.height !== 'number')
			done.height = { ...(isTree(done.height) ? done.height : {}), step: labels.step };
	}
	if (across !== null && !('labelExpr' in own(encoding.x))) {
		const isTall = across.length > mostAcross;
		const { column, fits } = columnWidth(across, isTall, isNarrow);
		encoding.x = { ...(encoding.x as Tree), axis: headLabels(across, column) };
		if (!fits) done.width = { step: column };
	}
	return { ...done, encoding };
}
