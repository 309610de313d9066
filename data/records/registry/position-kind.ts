const KINDS: readonly (readonly [RegExp, string])[] = [
	[/заместител|завуч|deputy|vice[- ]principal/i, 'deputy_head'],
	[/директор|заведующ|head ?teacher|principal|^head\b/i, 'head'],
	[/психолог|логопед|дефектолог|социальн|тьютор|psycholog|speech|social|tutor/i, 'specialist'],
	[/учител|преподавател|педагог|воспитател|teacher/i, 'teacher'],
];

/** The kind of a position as the registry words it: `teacher`, `deputy_head`, `head`, `specialist` or `other`. */
export const positionKind = (position: string): string =>
	KINDS.find(([words]) => words.test(position))?.[1] ?? 'other';
