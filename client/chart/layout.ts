import type { ResultRow } from '../api.ts';
import { columnWidth, headLabels, rowLabels } from './labels.ts';
import type { Specification } from './specification.ts';

type Tree = Record<string, unknown>;

/** The names that stand beside the rows and above the columns of a picture; null where there are none. */
export interface Names {
	down: string[] | null;
	across: string[] | null;
}

const isTree = (value: unknown): value is Tree =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function namesOf(channel: unknown, rows: ResultRow[]): string[] | null {
	if (!isTree(channel) || typeof channel.field !== 'string' || channel.type !== 'nominal') return null;
	const field = channel.field;
	return [...new Set(rows.map((row) => row[field]))].filter((value) => value !== null).map(String);
}

export function readNames(specification: Specification, rows: ResultRow[]): Names {
	const encoding = isTree(specification.encoding) ? specification.encoding : {};
	return { down: namesOf(encoding.y, rows), across: namesOf(encoding.x, rows) };
}

/** Pixels that a picture has on a phone, and that the words of an axis take of them. */
const phone = 296;
const axisRoom = 50;
/** More names than this read better down than across. */
const mostAcross = 8;

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
		const labels = rowLabels(down, isNarrow, step);
		encoding.y = { ...(encoding.y as Tree), axis: { ...own(isTurned ? null : encoding.y), ...labels.axis } };
		if (typeof done.height !== 'number')
			done.height = { ...(isTree(done.height) ? done.height : {}), step: labels.step };
	}
	if (across !== null && !('labelExpr' in own(encoding.x))) {
		const isTall = across.length > mostAcross;
		const { column, fits } = columnWidth(across.length, isTall, isNarrow);
		encoding.x = { ...(encoding.x as Tree), axis: headLabels(across, column) };
		if (!fits) done.width = { step: column };
	}
	return { ...done, encoding };
}
