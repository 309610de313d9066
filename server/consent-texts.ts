import texts from './consent-texts.json' with { type: 'json' };
import type { LocalText } from './contract/text.ts';

interface ConsentTexts {
	diagnostic: LocalText;
	methodist: LocalText;
}
const byVersion: Record<string, ConsentTexts> = texts;

/** The version that a new campaign asks for. Texts are never changed: another wording is another version. */
export const CONSENT_VERSION = '2026-1';

/** The texts of a version; a campaign made with a version of elsewhere shows the present one. */
export function findConsentTexts(version: string): ConsentTexts {
	return byVersion[version] ?? byVersion[CONSENT_VERSION]!;
}
