/**
 * Standard error of measurement (method D10): `SEM = s_T·√(1−α)`, in points of the total. A negative α (items
 * that contradict each other) gives the whole standard deviation and more: there is no information in it.
 *
 * Returns null for an unknown or impossible spread or reliability.
 */
export function standardErrorOfMeasurement(sd: number | null, alpha: number | null): number | null {
	if (sd === null || alpha === null || !(sd >= 0) || !(alpha <= 1)) return null;
	return sd * Math.sqrt(1 - alpha);
}

/**
 * The same in percent of the scale (method D10): `100·SEM/Σ(m_j−l_j)`, `range` = sum of the items' maxima
 * minus minima. Returns null for an unknown error or an empty scale.
 */
export function standardErrorPercent(sem: number | null, range: number): number | null {
	if (sem === null || !(range > 0)) return null;
	return (100 * sem) / range;
}
