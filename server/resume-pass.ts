import { sameText, sign } from './secret.ts';

/** Long enough to pick up the other device, too short to be passed on. */
const MINUTES = 15;
const PREFIX = 'r.';

/** A token that opens one invitation on another device for a quarter of an hour; nothing is stored. */
export function writeResumeToken(secret: string, linkHash: string, now = Date.now()) {
	const until = now + MINUTES * 60_000;
	const text = `${Buffer.from(linkHash, 'hex').toString('base64url')}.${until.toString(36)}`;
	return {
		token: `${PREFIX}${text}.${sign(secret, 'resume', text)}`,
		until: new Date(until).toISOString(),
	};
}

/** The hash of the link that a token stands for: null when it has run out or is not ours, undefined when it is no such token. */
export function readResumeToken(secret: string, token: string, now = Date.now()): string | null | undefined {
	if (!token.startsWith(PREFIX)) return undefined;
	const [hash = '', until = '', signature = ''] = token.slice(PREFIX.length).split('.');
	if (!sameText(sign(secret, 'resume', `${hash}.${until}`), signature)) return null;
	if (Number.parseInt(until, 36) <= now) return null;
	return Buffer.from(hash, 'base64url').toString('hex');
}
