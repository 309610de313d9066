import { pino } from 'pino';

export type Log = ReturnType<typeof createLog>;

/** Lines of JSON on stderr, so that stdout stays with what a command prints; secrets are never among the fields. */
export function createLog(level: string) {
	return pino(
		{
			level,
			base: undefined,
			timestamp: pino.stdTimeFunctions.isoTime,
			redact: ['password', 'token', 'cookie', '*.password', '*.token', '*.cookie'],
		},
		pino.destination({ fd: 2, sync: false }),
	);
}
