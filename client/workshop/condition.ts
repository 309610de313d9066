/** A value that an answer is compared with. */
export type Scalar = string | number | boolean;

/** How an answer is asked about. What takes a list has several values, `answered` and `unanswered` none, the rest one. */
export const operators = [
	'is',
	'is_not',
	'one_of',
	'none_of',
	'includes',
	'not_includes',
	'greater',
	'at_least',
	'less',
	'at_most',
	'answered',
	'unanswered',
] as const;
export type Operator = (typeof operators)[number];

export interface Clause {
	/** a question, `question.row`, or `respondent.…` */
	name: string;
	operator: Operator;
	values: Scalar[];
}

/** A condition that words can say: several clauses, of which all or any must hold. */
export interface Condition {
	join: 'and' | 'or';
	clauses: Clause[];
}

const SIGNS: Readonly<Record<string, Operator>> = {
	'=': 'is',
	'==': 'is',
	equal: 'is',
	'<>': 'is_not',
	'!=': 'is_not',
	notequal: 'is_not',
	anyof: 'one_of',
	noneof: 'none_of',
	contains: 'includes',
	contain: 'includes',
	notcontains: 'not_includes',
	notcontain: 'not_includes',
	'>': 'greater',
	greater: 'greater',
	'>=': 'at_least',
	greaterorequal: 'at_least',
	'<': 'less',
	less: 'less',
	'<=': 'at_most',
	lessorequal: 'at_most',
	notempty: 'answered',
	empty: 'unanswered',
};
const WRITTEN: Readonly<Record<Operator, string>> = {
	is: '=',
	is_not: '<>',
	one_of: 'anyof',
	none_of: 'noneof',
	includes: 'contains',
	not_includes: 'notcontains',
	greater: '>',
	at_least: '>=',
	less: '<',
	at_most: '<=',
	answered: 'notempty',
	unanswered: 'empty',
};

export const takesList = (operator: Operator): boolean => operator === 'one_of' || operator === 'none_of';
export const takesNothing = (operator: Operator): boolean =>
	operator === 'answered' || operator === 'unanswered';

type Token = { kind: 'name' | 'sign' | 'word' | 'mark'; text: string } | { kind: 'value'; value: Scalar };

const TOKEN =
	/\s*(?:\{([^{}]+)\}|'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|(<=|>=|<>|!=|==|=|<|>)|([[\],])|(-?\d+(?:\.\d+)?)(?![\p{L}\d_])|([\p{L}_][\p{L}\d_]*)|(\S))/uy;

function split(text: string): Token[] | null {
	const tokens: Token[] = [];
	TOKEN.lastIndex = 0;
	const end = text.trimEnd().length;
	while (TOKEN.lastIndex < end) {
		const found = TOKEN.exec(text);
		if (!found) return null;
		const [, name, single, double, sign, mark, number, word, other] = found;
		// parentheses, sums and whatever else is beyond these words
		if (other !== undefined) return null;
		if (name !== undefined) tokens.push({ kind: 'name', text: name.trim() });
		else if (single !== undefined || double !== undefined)
			tokens.push({ kind: 'value', value: (single ?? double ?? '').replace(/\\(['"])/g, '$1') });
		else if (number !== undefined) tokens.push({ kind: 'value', value: Number(number) });
		else if (word === 'true' || word === 'false') tokens.push({ kind: 'value', value: word === 'true' });
		else if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() });
		else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
		else tokens.push({ kind: 'mark', text: mark ?? '' });
	}
	return tokens;
}

/** A condition as words can say it; null for one that they cannot: it stays the text it is. */
export function readCondition(text: string): Condition | null {
	const tokens = split(text);
	if (!tokens) return null;
	const clauses: Clause[] = [];
	const joins = new Set<string>();
	let at = 0;
	const isWord = (...words: string[]) => {
		const token = tokens[at];
		return token?.kind === 'word' && words.includes(token.text);
	};
	for (;;) {
		const clause = takeClause(tokens, at);
		if (!clause) return null;
		clauses.push(clause.clause);
		at = clause.next;
		if (at === tokens.length) break;
		if (!isWord('and', 'or')) return null;
		joins.add((tokens[at] as { text: string }).text);
		at += 1;
	}
	// «and» and «or» together need brackets, which no list of lines shows
	return joins.size > 1 ? null : { join: joins.has('or') ? 'or' : 'and', clauses };
}

function takeClause(tokens: readonly Token[], from: number): { clause: Clause; next: number } | null {
	const [name, sign] = [tokens[from], tokens[from + 1]];
	if (name?.kind !== 'name' || (sign?.kind !== 'sign' && sign?.kind !== 'word')) return null;
	const operator = Object.hasOwn(SIGNS, sign.text) ? SIGNS[sign.text] : undefined;
	if (!operator) return null;
	const values: Scalar[] = [];
	let next = from + 2;
	if (!takesNothing(operator)) {
		const taken = takesList(operator) ? takeList(tokens, next) : takeValue(tokens, next);
		if (!taken) return null;
		values.push(...taken.values);
		next = taken.next;
	}
	return { clause: { name: name.text, operator, values }, next };
}

function takeValue(tokens: readonly Token[], at: number): { values: Scalar[]; next: number } | null {
	const token = tokens[at];
	return token?.kind === 'value' ? { values: [token.value], next: at + 1 } : null;
}

function takeList(tokens: readonly Token[], from: number): { values: Scalar[]; next: number } | null {
	const isMark = (at: number, text: string) => {
		const token = tokens[at];
		return token?.kind === 'mark' && token.text === text;
	};
	if (!isMark(from, '[')) return null;
	const values: Scalar[] = [];
	for (let at = from + 1; ; at += 2) {
		const token = tokens[at];
		if (token?.kind !== 'value') return null;
		values.push(token.value);
		if (isMark(at + 1, ']')) return { values, next: at + 2 };
		if (!isMark(at + 1, ',')) return null;
	}
}

/** The condition as SurveyJS reads it; empty where nothing is asked. */
export function writeCondition({ join, clauses }: Condition): string {
	return clauses.map(writeClause).join(` ${join} `);
}

function writeClause({ name, operator, values }: Clause): string {
	const start = `{${name}} ${WRITTEN[operator]}`;
	if (takesNothing(operator)) return start;
	return takesList(operator)
		? `${start} [${values.map(writeValue).join(', ')}]`
		: `${start} ${writeValue(values[0] ?? '')}`;
}

const writeValue = (value: Scalar): string =>
	typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value);
