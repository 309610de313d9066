/** Why the records cannot be opened or used. The code is stable; the words are the caller's. */
export type RecordsErrorCode =
	| 'newer-version'
	| 'folder-in-use'
	| 'closed'
	| 'writer-busy'
	| 'migration-failed'
	| 'version-frozen'
	| 'unknown-participant'
	| 'anonymous';

export class RecordsError extends Error {
	readonly code: RecordsErrorCode;
	readonly params: Record<string, string | number>;

	constructor(
		code: RecordsErrorCode,
		params: Record<string, string | number> = {},
		options?: { cause?: unknown },
	) {
		super(`${code} ${JSON.stringify(params)}`, options);
		this.name = 'RecordsError';
		this.code = code;
		this.params = params;
	}
}

/** True for a broken key, reference, check or not-null rule, on either dialect. */
export function isConstraintViolation(error: unknown): boolean {
	const { code, errcode } = asDriverError(error);
	return (typeof errcode === 'number' && (errcode & 0xff) === 19) || /^23\d{3}$/.test(code ?? '');
}

/** True when a unique or primary key would have been repeated, on either dialect. */
export function isUniqueViolation(error: unknown): boolean {
	const { code, errcode } = asDriverError(error);
	return errcode === 2067 || errcode === 1555 || code === '23505';
}

/** True when the values themselves cannot be stored (constraint, or text the store cannot hold): trying again is useless. */
export function isUnstorable(error: unknown): boolean {
	const { code, errcode } = asDriverError(error);
	const malformed = typeof errcode === 'number' && errcode === 20;
	return isConstraintViolation(error) || malformed || /^22/.test(code ?? '');
}

/** True when the disk of the records has no room left, on either dialect or in the file system itself. */
export function isStorageFull(error: unknown): boolean {
	const { code, errcode } = asDriverError(error);
	return (typeof errcode === 'number' && (errcode & 0xff) === 13) || code === '53100' || code === 'ENOSPC';
}

function asDriverError(error: unknown): { code?: string; errcode?: number } {
	return error instanceof Error ? (error as { code?: string; errcode?: number }) : {};
}
