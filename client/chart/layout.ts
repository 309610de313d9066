import type { ResultRow } from '../api.ts';
import { cellTable, phone, withBareNumbers } from './cell-table.ts';
import { readGrouping } from './groups.ts';
import { rowLabels, unknownRowLabels } from './labels.ts';
import { rowIndex } from './marks.ts';
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

/** Pixels that the words of an axis take of a phone's width. */
const axisRoom = 50;
/** More names than this read better down than across. */
const mostAcross = 8;

/**
 * Gives a module's own picture room for its names: rows as high as their labels, heads above the columns, and the longer
 * list of names down where both sides are names. A picture that says how its labels look keeps them.
 */
export function layOut(specification: Specification, names: Names, isNarrow: boolean): Specification {
	const done: Specification = readGrouping(specification)
		? { ...specification, transform: withFirstRow(specification.transform) }
		: { ...specification };
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
	if (isNarrow) done.encoding = withTallLegend(done.encoding);
	const isTurned =
		names.down !== null &&
		names.across !== null &&
		names.across.length > mostAcross &&
		names.across.length > names.down.length;
	const [down, heads] = isTurned ? [names.across, names.down] : [names.down, names.across];
	const encoding: Tree = { ...(done.encoding as Tree) };
	if (isTurned) [encoding.x, encoding.y] = [encoding.y, encoding.x];
	// heads without an order of their own stand by name, and so do their numbers
	const isByName = isTree(encoding.x) && encoding.x.sort === undefined;
	const across = heads && isByName ? heads.toSorted((a, b) => a.localeCompare(b, 'ru')) : heads;
	const own = (channel: unknown) => (isTree(channel) && isTree(channel.axis) ? channel.axis : {});
	const step = isTree(done.height) && typeof done.height.step === 'number' ? done.height.step : 30;
	const keep = (channel: unknown) => 'labelExpr' in own(channel);
	if (down !== null && across !== null) {
		const table = cellTable(down, across, {
			isNarrow,
			least: step,
			hasShortRows: across.length > mostAcross,
			isWordy: readGrouping(done) !== null,
		});
		const labels = isNarrow && down.length === 0 && !table.scale ? unknownRowLabels(step) : table;
		const y = encoding.y as Tree;
		if (!keep(encoding.x)) encoding.x = { ...(encoding.x as Tree), axis: table.heads };
		encoding.y = {
			...y,
			...(table.scale && { scale: { ...(isTree(y.scale) ? y.scale : {}), ...table.scale } }),
			axis: { ...own(isTurned ? null : y), ...labels.axis },
		};
		done.width = table.width;
		done.height = { ...(isTree(done.height) ? done.height : {}), step: labels.step };
		if (table.title) {
			done.title = table.title;
			encoding.x = { ...(encoding.x as Tree), sort: across };
		}
		const laid = { ...done, encoding };
		return table.hasBareNumbers ? withBareNumbers(laid) : laid;
	}
	if (down !== null && !keep(encoding.y)) {
		const labels =
			isNarrow && down.length === 0 ? unknownRowLabels(step) : rowLabels(down, isNarrow, step, 'bars');
		encoding.y = { ...(encoding.y as Tree), axis: { ...own(encoding.y), ...labels.axis } };
		if (typeof done.height !== 'number')
			done.height = { ...(isTree(done.height) ? done.height : {}), step: labels.step };
	}
	if (across !== null && !keep(encoding.x))
		encoding.x = {
			...(encoding.x as Tree),
			axis: cellTable([], across, { isNarrow, least: step, hasShortRows: true }).heads,
		};
	return { ...done, encoding };
}

/** Marks that stand for several rows carry the first of them, from which their group is known. */
function withFirstRow(transforms: unknown): unknown {
	if (!Array.isArray(transforms)) return transforms;
	return transforms.map((transform) =>
		isTree(transform) && Array.isArray(transform.aggregate)
			? { ...transform, aggregate: [...transform.aggregate, { op: 'min', field: rowIndex, as: rowIndex }] }
			: transform,
	);
}

/** Words of a legend above a picture stand one under another: beside each other a phone would cut them. */
function withTallLegend(encoding: Tree): Tree {
	const { color } = encoding;
	if (!isTree(color) || !isTree(color.legend) || color.legend.orient !== 'top') return encoding;
	return { ...encoding, color: { ...color, legend: { ...color.legend, direction: 'vertical', columns: 1 } } };
}
