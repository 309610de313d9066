/** Kinds that speak of results, not of the registry: another right to bring them, and a batch can be withdrawn. */
export const isOfResults = (kind: string): boolean =>
	kind === 'results' || kind === 'federal-list' || kind === 'medal-candidates' || kind === 'school-context';
