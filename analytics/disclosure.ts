import type { DisclosureRule, Note, Row } from './module.ts';

type GroupRule = Extract<DisclosureRule, { kind: 'group' }>;

/**
 * Steps of extreme shares: with few people a share near 0 or 1 tells what almost everyone answered,
 * so it is shown as "at most q" or "at least 1 − q". Source: domain rule of extreme shares (NCES-style steps).
 */
export function extremeShareStep(n: number): number {
	if (n <= 20) return 0.2;
	if (n <= 40) return 0.1;
	if (n <= 100) return 0.05;
	if (n <= 300) return 0.02;
	return 0.01;
}

/**
 * Codes one share in 0..1 of n people: `{ value, coded }` with coded `<=` or `>=` where the share is extreme, else null.
 */
export function codeShare(share: number, n: number): { value: number; coded: '<=' | '>=' | null } {
	const step = extremeShareStep(n);
	if (share <= step) return { value: step, coded: '<=' };
	if (share >= 1 - step) return { value: 1 - step, coded: '>=' };
	return { value: share, coded: null };
}

/**
 * Which of a family of sibling groups under a visible total must be hidden so that no hidden size can be worked out:
 * groups below `minimum`, then, while exactly one group is hidden or the hidden ones hold fewer than `minimum` people
 * together, also the smallest visible sibling. Empty groups hide nothing and are shown as empty.
 */
export function hiddenSiblings(sizes: number[], minimum: number): boolean[] {
	return hideWithComplements(
		sizes.map((n) => n > 0 && n < minimum),
		sizes,
		minimum,
	);
}

/** The same, starting from groups that are hidden already for whatever reason. */
export function hideWithComplements(hidden: boolean[], sizes: number[], minimum: number): boolean[] {
	const result = [...hidden];
	for (;;) {
		const indices = result.flatMap((isHidden, index) => (isHidden ? [index] : []));
		const people = indices.reduce((sum, index) => sum + (sizes[index] ?? 0), 0);
		if (indices.length === 0 || (indices.length > 1 && people >= minimum)) return result;
		let smallest = -1;
		for (const [index, n] of sizes.entries()) {
			if (result[index] || n === 0) continue;
			if (smallest < 0 || n < (sizes[smallest] ?? 0)) smallest = index;
		}
		if (smallest < 0) return result;
		result[smallest] = true;
	}
}

function keyOf(row: Row, fields: readonly string[]): string {
	return JSON.stringify(fields.map((field) => row[field] ?? null));
}

function sizeOf(row: Row, rule: GroupRule): number {
	const n = row[rule.n];
	return typeof n === 'number' ? n : 0;
}

type HideReason =
	| 'suppressed'
	| 'suppressed-complement'
	| 'suppressed-differencing'
	| 'suppressed-dominance'
	| 'suppressed-few-schools';

/**
 * Hides rows about groups of staff: small groups, complements among siblings, rows that another selection of the same
 * people would reveal (`revealing`, see `group-sizes.ts`), groups that one school dominates or that too few schools
 * make up; then codes extreme shares. A hidden row keeps its keys, loses every number and says why in `note`.
 *
 * @param rows rows of the module's contract, before anybody sees them
 * @param revealing per row: whether showing it beside a wider selection would reveal a few people
 * @param revealingWithout per row: whether its part without flagged responses would reveal a few people
 */
export function discloseGroups(
	rows: Row[],
	rule: GroupRule,
	revealing: boolean[] = [],
	revealingWithout: boolean[] = [],
): { rows: Row[]; notes: Note[] } {
	const reasons = new Array<HideReason | null>(rows.length).fill(null);

	for (const [index, row] of rows.entries()) {
		const n = sizeOf(row, rule);
		if (n === 0) continue;
		if (n < rule.minimum) reasons[index] = 'suppressed';
		else if (revealing[index]) reasons[index] = 'suppressed-differencing';
		else if (rule.minimum_schools && isBelow(row[rule.minimum_schools.field], rule.minimum_schools.minimum))
			reasons[index] = 'suppressed-few-schools';
		else if (rule.dominance && isAbove(row[rule.dominance], 0.8)) reasons[index] = 'suppressed-dominance';
	}

	for (const family of familiesBy(rows, rule.siblings)) {
		const sizes = family.map((index) => sizeOf(rows[index] as Row, rule));
		const before = family.map((index) => reasons[index] !== null);
		for (const [position, isHidden] of hideWithComplements(before, sizes, rule.minimum).entries()) {
			const index = family[position] as number;
			if (isHidden && reasons[index] === null) reasons[index] = 'suppressed-complement';
		}
	}

	const partReasons = rule.cells ? hiddenParts(rows, reasons, rule.cells, rule.minimum) : [];
	const counts = new Map<string, number>();
	const count = (code: string) => counts.set(code, (counts.get(code) ?? 0) + 1);
	const disclosed = rows.map((row, index) => {
		const reason = reasons[index];
		if (reason) {
			count(reason);
			return { ...row, ...Object.fromEntries(rule.hides.map((field) => [field, null])), note: reason };
		}
		const partReason = partReasons[index];
		if (partReason && rule.cells) {
			count(partReason);
			return {
				...row,
				...Object.fromEntries(rule.cells.hides.map((field) => [field, null])),
				note: partReason,
			};
		}
		if (revealingWithout[index] && rule.without) {
			count('suppressed-few-flagged');
			const nothing = Object.fromEntries(rule.without.hides.map((field) => [field, null]));
			return codeShares({ ...row, ...nothing, note: 'suppressed-few-flagged' }, rule, count);
		}
		return codeShares(row, rule, count);
	});
	const minimumOf: Partial<Record<string, number>> = {
		suppressed: rule.minimum,
		'suppressed-few-schools': rule.minimum_schools?.minimum,
	};
	const notes = [...counts].map(([code, n]): Note => {
		const minimum = minimumOf[code];
		return minimum === undefined ? { code, count: n } : { code, count: n, values: { minimum } };
	});
	return { rows: disclosed, notes };
}

/** Parts of a visible group (bands of a distribution) are guarded as groups are. */
function hiddenParts(
	rows: Row[],
	reasons: (HideReason | null)[],
	cells: NonNullable<GroupRule['cells']>,
	minimum: number,
): (HideReason | null)[] {
	const result = new Array<HideReason | null>(rows.length).fill(null);
	for (const family of familiesBy(rows, cells.siblings)) {
		if (family.some((index) => reasons[index])) continue;
		const sizes = family.map((index) => Number((rows[index] as Row)[cells.n] ?? 0));
		for (const [position, isHidden] of hiddenSiblings(sizes, minimum).entries()) {
			if (!isHidden) continue;
			const n = sizes[position] ?? 0;
			result[family[position] as number] = n < minimum ? 'suppressed' : 'suppressed-complement';
		}
	}
	return result;
}

function isBelow(value: unknown, limit: number): boolean {
	return typeof value === 'number' && value < limit;
}

function isAbove(value: unknown, limit: number): boolean {
	return typeof value === 'number' && value > limit;
}

function familiesBy(rows: Row[], fields: readonly string[]): number[][] {
	const families = new Map<string, number[]>();
	for (const [index, row] of rows.entries()) {
		const key = keyOf(row, fields);
		const family = families.get(key);
		if (family) family.push(index);
		else families.set(key, [index]);
	}
	return [...families.values()];
}

function codeShares(row: Row, rule: GroupRule, count: (code: string) => void): Row {
	const n = sizeOf(row, rule);
	let result = row;
	for (const { share, interval, n: ownN } of rule.shares) {
		const value = row[share];
		const people = ownN ? Number(row[ownN] ?? 0) : n;
		if (typeof value !== 'number' || people === 0) continue;
		const { value: shown, coded } = codeShare(value, people);
		if (!coded) continue;
		count('coded-share');
		result = {
			...result,
			[share]: shown,
			[`${share}_coded`]: coded,
			...Object.fromEntries(interval.map((field) => [field, null])),
		};
	}
	return result;
}
