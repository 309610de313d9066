import { compilePattern } from './pattern.ts';

/** SurveyJS's own pattern; by automaton, for a page of quotation marks would keep its backtracking busy for long. */
const { matches } = compilePattern(
	'^(([^<>()[\\].,;:\\s@"]+(\\.[^<>()[\\].,;:\\s@"]+)*)|(".+"))@(([^<>()[\\].,;:\\s@"]+\\.)+[^<>()[\\].,;:\\s@"]{2,})$',
	true,
);

/** True for what SurveyJS takes for an address of mail. */
export const isEmail = matches;
