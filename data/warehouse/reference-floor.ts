/** Fewest pupils of other schools that a comparison rests on. */
export const REFERENCE_PUPILS = 100;

/** Least share that must be left when schools in doubt leave a reference; with less, they stay. */
export const REFERENCE_SHARE = 0.5;
