interface MailError {
	code?: string;
	/** the command of SMTP that was answered */
	command?: string;
	responseCode?: number;
	/** the answer itself; `message` puts words of the library before it */
	response?: string;
	message?: string;
	/** what the code was before the library gave its own */
	originalCode?: string;
	/** the call of the system that failed */
	syscall?: string;
	/** which wait was over */
	timeoutType?: string;
}

/** What can only go wrong before the letter is announced. */
const EARLY_CODES = new Set(['EAUTH', 'EDNS', 'ETLS']);
const EARLY_COMMANDS = new Set(['EHLO', 'HELO', 'STARTTLS']);
const EARLY_TIMEOUTS = new Set(['CONNECTION_TIMEOUT', 'GREETING_TIMEOUT']);

/**
 * True when nothing of the letter can have been handed over: no connection, no greeting, no permission to send. The
 * library's `CONN` is no proof: it names a connection that ended by it even after the last line of a letter.
 */
export function isBeforeSending(error: unknown): boolean {
	const { code = '', command = '', timeoutType = '', message = '', ...more } = error as MailError;
	if (EARLY_CODES.has(code) || EARLY_COMMANDS.has(command) || EARLY_TIMEOUTS.has(timeoutType)) return true;
	if (more.originalCode === 'ECONNREFUSED' || more.syscall === 'connect') return true;
	return code === 'EPROTOCOL' && message.startsWith('Invalid greeting');
}

/** The mail server answered «later» (4xx): it has not taken the letter, so offering it again doubles nothing. */
export function isWait(error: unknown): boolean {
	const code = codeOf(error);
	return code >= 400 && code < 500;
}

/** The mail server answered «no» (5xx): asking again would get the same answer. */
export const isRefusal = (error: unknown): boolean => codeOf(error) >= 500;

/**
 * «No» to the recipient's address itself (RFC 3463: 5.1.x, or a mailbox switched off, 5.2.1; servers without such codes
 * say it by the command alone). A full mailbox (5.2.2) or a policy against the sender (5.7.x) is no fault of the address.
 */
export function isRefusedAddress(error: unknown): boolean {
	const { command, message = '' } = error as MailError;
	if (!isRefusal(error) || command !== 'RCPT TO') return false;
	const [, subject, detail] = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(message) ?? [];
	return subject === undefined || subject === '0' || subject === '1' || (subject === '2' && detail === '1');
}

/** What the mail server said, or what kept it from saying anything; short enough to keep. */
export function wordsOf(error: unknown): string {
	const { response, message } = error as MailError;
	return (response ?? message ?? String(error)).slice(0, 500);
}

/** The code that answered a command; 0 for words said while a connection ended: they tell of no letter. */
function codeOf(error: unknown): number {
	const { command, responseCode = 0 } = error as MailError;
	return command === 'CONN' ? 0 : responseCode;
}
