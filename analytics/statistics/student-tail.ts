import betaCdf from '@stdlib/stats-base-dists-beta-cdf';

/** Two-sided tail of Student's t, `P(|T| ≥ |t|)` with `df` degrees of freedom (> 0): `I_{df/(df+t²)}(df/2, 1/2)`. */
export function studentTwoSided(t: number, df: number): number {
	return betaCdf(df / (df + t * t), df / 2, 0.5);
}

/** Upper tail of Student's t, `P(T ≥ t)`. */
export function studentUpperTail(t: number, df: number): number {
	const half = studentTwoSided(t, df) / 2;
	return t >= 0 ? half : 1 - half;
}
