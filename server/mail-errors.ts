interface MailError {
	code?: string;
	/** the command of SMTP that was answered */
	command?: string;
	responseCode?: number;
	/** the answer itself; `message` puts words of the library before it */
	response?: string;
	message?: string;
}

/** No connection, or no permission to send: nothing of the letter was handed over. */
export function isBeforeSending(error: unknown): boolean {
	const { code, command } = error as MailError;
	if (code === 'EAUTH' || code === 'EDNS' || code === 'ETLS') return true;
	return command === 'CONN' || command === 'EHLO' || command === 'HELO';
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

const codeOf = (error: unknown): number => (error as MailError).responseCode ?? 0;
