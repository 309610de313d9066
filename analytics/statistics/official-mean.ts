/** Multiplier of the official text, taken literally. */
const OFFICIAL_Z = 1.96;

export type SampleSums = {
	n: number;
	mean: number;
	/** Sample standard deviation (divisor n − 1); null below two participants. */
	sd: number | null;
};

export type OfficialMean = {
	/** Lower end of the school's interval, `x̄_s − 1.96·s_s/√m`. */
	schoolLow: number;
	/** Upper end of the region's interval, `x̄_R + 1.96·s_R/√n`. */
	regionHigh: number;
	flagged: boolean;
};

/**
 * Interval `mean ± 1.96·s/√n` of the official algorithm. Returns null below two participants.
 */
export function officialInterval(sums: SampleSums): { lo: number; hi: number } | null {
	if (sums.sd === null || sums.n < 2) return null;
	const reach = (OFFICIAL_Z * sums.sd) / Math.sqrt(sums.n);
	return { lo: sums.mean - reach, hi: sums.mean + reach };
}

/**
 * Official sign «mean too high» (method OF-mean), exactly as published:
 * `x̄_s − 1.96·s_s/√m > x̄_R + 1.96·s_R/√n`. A school whose pupils all have one score (s_s = 0) is tested.
 *
 * Returns null, and hence no sign, for a school or a region with fewer than two participants.
 */
export function officialMean(school: SampleSums, region: SampleSums): OfficialMean | null {
	const own = officialInterval(school);
	const whole = officialInterval(region);
	if (own === null || whole === null) return null;
	return { schoolLow: own.lo, regionHigh: whole.hi, flagged: own.lo > whole.hi };
}
