/** What is known of a participant without a name: coarse attributes of the reference day, and those of the school. */
export interface ParticipantAttributes {
	subject: string | null;
	position: string | null;
	seniority_band: string | null;
	category: string | null;
	school_kind: string;
	locality: string | null;
}

/** The columns of these attributes, for a query that joins `participant` and `school`. */
export const PARTICIPANT_ATTRIBUTES = [
	'participant.subject',
	'participant.position',
	'participant.seniority_band',
	'participant.category',
	'school.kind as school_kind',
	'school.locality',
] as const;
