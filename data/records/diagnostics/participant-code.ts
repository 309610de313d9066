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

const TYPED_LENGTH = 10;
/** Cyrillic letters of the same look, for a keyboard that was left in Russian. */
const TWINS: Record<string, string> = {
	А: 'A',
	В: 'B',
	С: 'C',
	Е: 'E',
	Н: 'H',
	К: 'K',
	М: 'M',
	Р: 'P',
	Т: 'T',
	Х: 'X',
	У: 'Y',
};

/** A secret short enough to type on a phone: ten letters and digits, 49 bits. Only its hash is kept. */
export function makeTypedCode(): string {
	return Array.from({ length: TYPED_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** A typed code as it was made: case, blanks, hyphens and Cyrillic twins do not matter; null when it cannot be one. */
export function readTypedCode(typed: string): string | null {
	if (typed.length > 60) return null;
	const code = [...typed.toUpperCase().replace(/[\s\-–—.]/g, '')]
		.map((letter) => TWINS[letter] ?? letter)
		.join('');
	return code.length === TYPED_LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : null;
}
