import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A letter as a mail server received it. */
export interface ReceivedLetter {
	to: string;
	/** headers and body, as sent */
	text: string;
}

export interface MailServer {
	url: string;
	received: ReceivedLetter[];
	/** Refuses letters to an address from now on, in the words and the code of a mail server. */
	refuse(address: string, words?: string, code?: number): void;
	/** Puts letters to an address off, so many times. */
	defer(address: string, times: number): void;
	accept(address: string): void;
	/** Takes the whole of the next letter and then ends the connection without an answer, in the words given or in none. */
	dropAfterNext(words?: string): void;
	/** Greets the connection after the next one with a refusal. */
	turnAwaySecond(): void;
	close(): Promise<void>;
}

/** A real SMTP server on a free port of this machine that keeps what it is given. */
export async function startMailServer(): Promise<MailServer> {
	const received: ReceivedLetter[] = [];
	const refused = new Map<string, { words: string; responseCode: number }>();
	const deferred = new Map<string, number>();
	let lastWords: string | undefined;
	let greetings: number | undefined;
	const sockets = new Set<Socket>();
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		onConnect(_session, callback) {
			if (greetings !== undefined) greetings += 1;
			if (greetings !== 2) return callback();
			greetings = undefined;
			callback(Object.assign(new Error('4.7.0 too many connections'), { responseCode: 421 }));
		},
		onRcptTo({ address }, _session, callback) {
			const refusal = refused.get(address);
			const waits = deferred.get(address) ?? 0;
			if (waits > 0) {
				deferred.set(address, waits - 1);
				callback(Object.assign(new Error('4.7.1 greylisted, try again later'), { responseCode: 450 }));
			} else if (refusal) {
				callback(Object.assign(new Error(refusal.words), { responseCode: refusal.responseCode }));
			} else callback();
		},
		onData(stream, session, callback) {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () => {
				const text = Buffer.concat(parts).toString();
				for (const { address } of session.envelope.rcptTo) received.push({ to: address, text });
				if (lastWords === undefined) return callback();
				for (const socket of sockets) {
					if (lastWords) socket.end(lastWords);
					else socket.destroy();
				}
				lastWords = undefined;
			});
		},
	});
	server.server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const { port } = server.server.address() as AddressInfo;
	return {
		url: `smtp://127.0.0.1:${port}`,
		received,
		refuse: (address, words = 'no such mailbox', responseCode = 550) =>
			refused.set(address, { words, responseCode }),
		defer: (address, times) => deferred.set(address, times),
		accept: (address) => refused.delete(address),
		dropAfterNext: (words = '') => {
			lastWords = words;
		},
		turnAwaySecond: () => {
			greetings = 0;
		},
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

/** The text of a letter in the transfer encodings that mail uses. */
export function readLetter({ text }: ReceivedLetter): string {
	const [head = '', ...rest] = text.split('\r\n\r\n');
	const body = rest.join('\r\n\r\n');
	if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString();
	if (!/content-transfer-encoding: quoted-printable/i.test(head)) return body;
	const bytes = body
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString();
}
