/** What stands at a path in answers; undefined where nothing does. */
export function readPath(answers: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
	let value: unknown = answers;
	for (const step of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
		value = (value as Record<string, unknown>)[step];
	}
	return value;
}
