/** Method O8: an item is easy when the reference brings at least this percent of its points. */
export const EASY_FROM_PERCENT = 60;
