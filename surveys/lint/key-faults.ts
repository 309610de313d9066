import { checkInstrument } from '../instrument-check.ts';
import { type Key, type KeyItem, keySchema } from '../key.ts';
import { dropEmptyExplanation } from '../workshop/content.ts';
import { error, type Finding, type LintRule } from './finding.ts';

const itemSchema = keySchema.shape.items.element;

/** What the published form of an instrument does not admit: faults of the survey, of the key, and of both together. */
export const findKeyFaults: LintRule = ({ survey, key }) => {
	const items: KeyItem[] = [];
	const findings: Finding[] = [];
	for (const entry of key.items) {
		const parsed = itemSchema.safeParse(dropEmptyExplanation(entry));
		if (parsed.success) items.push(parsed.data);
		else findings.push(error('rule-incomplete', entry.item));
	}
	const sound = { ...key, items } as unknown as Key;
	findings.push(...checkInstrument(survey, sound).map(({ code, at, params }) => error(code, at, params)));
	const parsed = keySchema.safeParse(sound);
	if (parsed.success) return findings;
	for (const { path, message, code } of parsed.error.issues) {
		const place = path.join('.');
		if (/^(title|purpose|cut_scores_name)/.test(place))
			findings.push(error('missing-text', `key.${place}`, { language: String(path.at(-1)) }));
		else if (code === 'custom') findings.push(readCustom(message));
		else findings.push(error('key-incomplete', place, { reason: message }));
	}
	return findings;
};

/** The key's own checks speak in sentences; here they get a code and a place. */
function readCustom(message: string): Finding {
	const mismatch = /^(.+): the rule gives at most (\S+), not (\S+)$/.exec(message);
	if (mismatch)
		return error('points-mismatch', mismatch[1] ?? '', {
			best: Number(mismatch[2]),
			max: Number(mismatch[3]),
		});
	if (message === 'nothing is scored') return error('nothing-scored', '');
	if (message === 'there is no scale') return error('no-scale', '');
	if (message === 'a questionnaire scores nothing') return error('scored-questionnaire', '');
	if (message.endsWith('has no cut scores')) return error('cuts-without-measure', '');
	if (message.startsWith('cut scores')) return error('cut-scores', '');
	const twice = /^the (?:item|scale) (.+) stands twice$/.exec(message);
	return twice ? error('key-twice', twice[1] ?? '') : error('key-incomplete', '', { reason: message });
}
