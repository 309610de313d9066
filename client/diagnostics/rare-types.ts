const rareTypes = new Set([
	'paneldynamic',
	'matrixdropdown',
	'matrixdynamic',
	'slider',
	'imagepicker',
	'multipletext',
	'file',
	'signaturepad',
]);

/** Whether a survey needs the larger library: it has a seldom used question type, or a field with an input mask. */
export function needsRareTypes(survey: unknown): boolean {
	if (Array.isArray(survey)) return survey.some(needsRareTypes);
	if (typeof survey !== 'object' || survey === null) return false;
	const { type, maskType } = survey as { type?: unknown; maskType?: unknown };
	// SurveyJS reads types in letters of any size
	if (typeof type === 'string' && rareTypes.has(type.toLowerCase())) return true;
	if (maskType !== undefined) return true;
	return Object.values(survey).some(needsRareTypes);
}
