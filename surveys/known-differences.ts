/**
 * Where the check of answers and survey-core's own model part: every difference there is, by name. Tests hold each one;
 * `docs/survey-corpus.md` prints the list.
 */
export const KNOWN_DIFFERENCES = {
	'rating-out-of-range': 'The model keeps a rating outside its scale; the check refuses it.',
	'rating-as-text': 'The model keeps a rating given as text; the check refuses it.',
	'unlisted-option': 'The model keeps an option of a list that is not offered; the check refuses it.',
	'repeated-option': 'The model keeps an option given twice; the check refuses it.',
	'unknown-name': 'The model keeps answers under names that no question has; the check refuses them.',
	'unknown-row': 'The model keeps rows that a matrix does not have; the check refuses them.',
	'unknown-column': 'The model keeps columns that a matrix does not have; the check refuses them.',
	'text-too-long': 'The model keeps a text above its length; the check refuses it.',
	'file-not-stored':
		'The model keeps a file or a signature as a data URL or any address; the check refuses all but references to stored files.',
	'white-space':
		'For the model a text of white space is an answer where nothing is required; the check keeps none.',
	'survey-cut-short':
		'The model follows the pages to see what a trigger cut off; the check asks for nothing more of a survey that a trigger ended or skipped through.',
	'calculated-anew':
		'The model keeps what was sent for a calculated value until it reckons again; the check always reckons anew.',
} as const;

export type KnownDifference = keyof typeof KNOWN_DIFFERENCES;
