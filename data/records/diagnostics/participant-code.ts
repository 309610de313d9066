import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Without letters and digits that look alike on paper (0 and O, 1 and I and L, U and V). */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** A random code in place of a person; derived from nothing. */
export function makeParticipantCode(): string {
	return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** A personal link's secret, 32 random bytes in url-safe letters. Only its hash is kept. */
export function makeLinkToken(): string {
	return randomBytes(32).toString('base64url');
}

/** SHA-256 (hex) of a link's secret, as `participant.link_hash` holds it. */
export function hashLinkToken(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
