/** Answers as a survey gives them: by question, and in a matrix by row. */
export type Answers = Record<string, unknown>;
/** When each answer was last changed, by question or `question/row`. */
export type AnswerTimes = Record<string, string>;

const isPlain = (value: unknown): value is string | number | boolean =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** A matrix: its rows are answers of their own. */
const isRows = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' &&
	value !== null &&
	!Array.isArray(value) &&
	Object.values(value).every(isPlain) &&
	Object.keys(value).length > 0;

/** Single answers by question or `question/row`. */
export function listSingle(answers: Answers): Map<string, unknown> {
	const found = new Map<string, unknown>();
	for (const [name, value] of Object.entries(answers)) {
		if (isRows(value)) for (const [row, cell] of Object.entries(value)) found.set(`${name}/${row}`, cell);
		else if (value !== undefined && value !== null) found.set(name, value);
	}
	return found;
}

const sameValue = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

/** Single answers that are not the same on both sides, in the order of the first. */
export function listDifferences(mine: Answers, theirs: Answers): string[] {
	const [own, other] = [listSingle(mine), listSingle(theirs)];
	return [...new Set([...own.keys(), ...other.keys()])].filter(
		(key) => !sameValue(own.get(key), other.get(key)),
	);
}

/** Times with those of the changed answers set to now; clearing an answer is a change too. */
export function stampChanges(times: AnswerTimes, before: Answers, after: Answers, now: string): AnswerTimes {
	const stamped = { ...times };
	for (const key of listDifferences(after, before)) stamped[key] = now;
	return stamped;
}

/**
 * Both sides in one: of each single answer the one that was given, changed or cleared later. Where no time is known,
 * an answer stands before none, and this device before the other.
 */
export function mergeNewest(
	mine: { answers: Answers; times: AnswerTimes },
	theirs: { answers: Answers; times: AnswerTimes },
): { answers: Answers; times: AnswerTimes } {
	const [own, other] = [listSingle(mine.answers), listSingle(theirs.answers)];
	const answers: Answers = {};
	const times: AnswerTimes = {};
	const put = (key: string, value: unknown) => {
		const [name = '', row] = splitKey(key);
		if (row === undefined) answers[name] = value;
		else answers[name] = { ...(answers[name] as object | undefined), [row]: value };
	};
	for (const key of new Set([...own.keys(), ...other.keys()])) {
		const [here, there] = [mine.times[key] ?? '', theirs.times[key] ?? ''];
		const isTheirs = there > here || (there === here && !own.has(key));
		const [from, time] = isTheirs ? [other, there] : [own, here];
		if (time) times[key] = time;
		if (from.has(key)) put(key, from.get(key));
	}
	return { answers, times };
}

/** Question and row of a key; names themselves may hold no slash before the row. */
export function splitKey(key: string): [string, string?] {
	const at = key.indexOf('/');
	return at < 0 ? [key] : [key.slice(0, at), key.slice(at + 1)];
}
