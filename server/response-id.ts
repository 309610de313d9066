import { createHmac } from 'node:crypto';

/**
 * The id under which a participant hands an instrument in: always the same, on every device, so that a repeat after a
 * lost connection is no second response. A UUID (version 8) that nobody can guess or trace back to the code.
 */
export function makeResponseId(secret: string, participantCode: string, instrument: string): string {
	const bytes = createHmac('sha256', secret).update(`response\0${participantCode}\0${instrument}`).digest();
	bytes[6] = (bytes[6]! & 0x0f) | 0x80;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const hex = bytes.toString('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
		'-',
	);
}
