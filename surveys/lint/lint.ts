import { listItems } from '../item-labels.ts';
import { publishable } from '../publishable.ts';
import type { InstrumentContent } from '../workshop/content.ts';
import { findAnswerPosition, findNoWayOut } from './answering.ts';
import { findOneDirection, findUnequalItems } from './balance.ts';
import { findDuplicates } from './duplicates.ts';
import type { Finding, LintContext, LintRule } from './finding.ts';
import { findKeyFaults } from './key-faults.ts';
import { estimateMinutes, findTooLong } from './minutes.ts';
import { findMissingKeys } from './missing-keys.ts';
import { findUnreachable } from './unreachable.ts';
import { findDoubleBarrelled, findLongQuestions } from './wording.ts';

const RULES: readonly LintRule[] = [
	findKeyFaults,
	findMissingKeys,
	findUnreachable,
	findDuplicates,
	findOneDirection,
	findUnequalItems,
	findDoubleBarrelled,
	findLongQuestions,
	findNoWayOut,
	findAnswerPosition,
	findTooLong,
];

/** What the linter says of an instrument, errors first, and the minutes it expects answering to take. */
export function lintInstrument({ survey, key }: Pick<InstrumentContent, 'survey' | 'key'>): {
	findings: Finding[];
	minutes: number;
} {
	// A survey that cannot be read has no items to look at: its own faults are all there is to say.
	const isReadable = publishable(survey).every(({ code }) => code !== 'not-a-survey' && code !== 'bad-name');
	const context: LintContext = { survey, key, items: isReadable ? listItems(survey) : [] };
	const findings = RULES.flatMap((rule) => rule(context));
	return {
		findings: findings.toSorted(
			(left, right) => Number(left.severity === 'advice') - Number(right.severity === 'advice'),
		),
		minutes: estimateMinutes(context),
	};
}
