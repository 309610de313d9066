import type { View } from 'vega';

/** A drawn mark that stands for a row, with its box in pixels of the picture. */
export interface WalkedMark {
	row: number;
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Rows carry their index under this name through the dataflow. */
export const rowIndex = '__row';

interface SceneNode {
	marktype?: string;
	items?: SceneNode[];
	datum?: Record<string, unknown>;
	bounds?: { x1: number; y1: number; x2: number; y2: number };
	x?: number;
	y?: number;
	role?: string;
}

const walkable = new Set(['symbol', 'rect', 'arc', 'shape', 'path']);

/** The marks of a view in reading order: what arrow keys walk over. One mark per row, the largest drawn of it. */
export function listMarks(view: View): WalkedMark[] {
	const byRow = new Map<number, WalkedMark>();
	const origin = view.origin();
	const visit = (node: SceneNode, x: number, y: number) => {
		for (const item of node.items ?? []) {
			if (node.marktype === 'group') {
				for (const mark of item.items ?? []) visit(mark, x + (item.x ?? 0), y + (item.y ?? 0));
				continue;
			}
			const row = item.datum?.[rowIndex];
			if (typeof row !== 'number' || !item.bounds || !walkable.has(node.marktype ?? '')) continue;
			const { x1, y1, x2, y2 } = item.bounds;
			const mark = { row, x: x + x1, y: y + y1, width: x2 - x1, height: y2 - y1 };
			const known = byRow.get(row);
			if (!known || known.width * known.height < mark.width * mark.height) byRow.set(row, mark);
		}
	};
	visit((view.scenegraph() as unknown as { root: SceneNode }).root, origin[0] ?? 0, origin[1] ?? 0);
	return [...byRow.values()].sort((left, right) =>
		Math.abs(left.y - right.y) > 4 ? left.y - right.y : left.x - right.x,
	);
}
