import type { ParticipantAttributes } from '#data/records/diagnostics/participant-attributes.ts';
import type { Respondent } from './contract/respondent.ts';

/** A participant as conditions of a survey may know them: `contract/respondent.ts`. */
export function describeRespondent(known: ParticipantAttributes): Respondent {
	const { subject, position, seniority_band, category, school_kind, locality } = known;
	const all = {
		subject,
		position,
		seniority: seniority_band,
		young_specialist: seniority_band === null ? null : seniority_band === '0-3',
		category,
		school_kind,
		locality,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Respondent;
}
