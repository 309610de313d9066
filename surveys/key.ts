import { z } from 'zod';
import { areDeficitCuts, cutScoreSchema } from './deficit-level.ts';
import { textSchema } from './text.ts';

const pointsByValue = z.record(z.string(), z.number());

/** An attitude item: `mastery` «владею» counts upward, `difficulty` «испытываю затруднения» downward (methods D3, D4). */
const likertRule = z.strictObject({
	kind: z.literal('likert'),
	min: z.int(),
	max: z.int(),
	direction: z.enum(['mastery', 'difficulty']),
});
/** One chosen value, its points. */
const choiceRule = z.strictObject({ kind: z.literal('choice'), points: pointsByValue });
/** Several chosen options: their points add up, wrong ones may take away, never below 0. */
const multipleRule = z.strictObject({ kind: z.literal('multiple'), points: pointsByValue });
/** A right order. `inversions` gives the share max(0, Kendall's τ), `positions` the share of right places, `exact` all or nothing. */
const orderingRule = z.strictObject({
	kind: z.literal('ordering'),
	strategy: z.enum(['exact', 'positions', 'inversions']),
	order: z.array(z.string()).min(2),
});
/** Right pairs row → column. `pairs` gives the share of right rows, `exact` all or nothing. */
const matchingRule = z.strictObject({
	kind: z.literal('matching'),
	strategy: z.enum(['exact', 'pairs']),
	pairs: z.record(z.string(), z.string()),
});
/** A situation whose answers are better and worse; each says why. */
const caseRule = z.strictObject({
	kind: z.literal('case'),
	options: z
		.array(z.strictObject({ value: z.string(), points: z.number().min(0), rationale: textSchema }))
		.min(2),
});
/** A choice of several themes of need: every offered value is a theme, that is a scale of this key; nothing is right or wrong. */
const demandRule = z.strictObject({ kind: z.literal('demand'), themes: z.array(z.string()).min(1) });

const ruleSchema = z.discriminatedUnion('kind', [
	likertRule,
	choiceRule,
	multipleRule,
	orderingRule,
	matchingRule,
	caseRule,
	demandRule,
]);
export type Rule = z.infer<typeof ruleSchema>;

const keyItemSchema = z.strictObject({
	/** An item of the survey: a question, `question.row` of a matrix; for `matching` the whole matrix. */
	item: z.string().min(1),
	/** Id of a competency of the framework or of a scale of the key's own (`area`, `rating`); for `demand` any name of the list. */
	competency: z.string().min(1),
	rule: ruleSchema,
	max_points: z.number().positive(),
	/** Why the right answer is right; shown to the teacher with the result, never before. */
	explanation: textSchema.optional(),
});
export type KeyItem = z.infer<typeof keyItemSchema>;

/** Kinds of scales that an instrument names itself; the others come from the framework of competencies. */
const OWN_SCALES = ['area', 'rating', 'professional_theme', 'information_theme'] as const;

const scaleSchema = z.strictObject({
	/** Id of a competency or of a group; for the other kinds an id of the instrument's own. */
	scale: z.string().min(1),
	/**
	 * `competency`, `group`: of the framework. `area`: a field that the instrument itself names. `rating`: one mark given
	 * to something. `professional_theme`, `information_theme`: what somebody may need; chosen or not (method N13).
	 */
	kind: z.enum(['competency', 'group', ...OWN_SCALES]),
	/** The words of a scale that is not in the framework. */
	title: textSchema.optional(),
	/** Standard error in percent of points, used and named as planned until enough responses exist (method D10); none for marks and themes. */
	planned_sem: z.number().positive().max(50).optional(),
});
export type KeyScale = z.infer<typeof scaleSchema>;

/** Channels; never blended. The last three have no right answer and say nothing about a person's level; a `questionnaire` scores nothing at all. */
const channelSchema = z.enum([
	'self_assessment',
	'test',
	'expert_review',
	'needs_survey',
	'feedback',
	'questionnaire',
]);
export type Channel = z.infer<typeof channelSchema>;

const levelSchema = z.strictObject({ level: z.string().regex(/^[a-z][a-z0-9_]*$/), title: textSchema });

export const keySchema = z
	.strictObject({
		$schema: z.string().optional(),
		instrument: z.string().regex(/^[a-z][a-z0-9-]*$/),
		version: z.int().positive(),
		channel: channelSchema,
		title: textSchema,
		/** What it is for, in a sentence or two a participant reads first. */
		purpose: textSchema,
		languages: z.array(z.enum(['ru', 'en'])).min(1),
		/** Estimated minutes to answer. */
		minutes: z.int().positive(),
		teacher_result: z.enum(['at_once', 'at_release']),
		minimum_share_answered: z.number().min(0).max(1).default(0.7),
		minimum_items_answered: z.int().min(1).default(2),
		cut_scores_name: textSchema,
		/** The instrument's own levels, lowest first; without them cut scores speak of the deficit. */
		levels: z.array(levelSchema).min(2).optional(),
		/** Empty where nobody is measured: needs and feedback. */
		cut_scores: z.array(cutScoreSchema),
		/** Empty, like `items`, where nothing is scored: only where nobody is measured. */
		scales: z.array(scaleSchema),
		items: z.array(keyItemSchema),
	})
	.superRefine((key, context) => {
		for (const message of [
			...findCutFaults(key),
			...findEmptyFaults(key),
			...key.scales.flatMap((scale) => findScaleFaults(scale, key)),
			...key.items.flatMap(findItemFaults),
		]) {
			context.addIssue({ code: 'custom', message });
		}
		for (const [name, ids] of [
			['item', key.items.map(({ item }) => item)],
			['scale', key.scales.map(({ scale }) => scale)],
		] as const) {
			for (const id of ids.filter((id, index) => ids.indexOf(id) !== index)) {
				context.addIssue({ code: 'custom', message: `the ${name} ${id} stands twice` });
			}
		}
	});
/** How an instrument is scored: the file beside its survey, never sent to a browser. */
export type Key = z.infer<typeof keySchema>;

/** The channel whose forms somebody else fills in about the participant. */
export const OBSERVED_CHANNEL = 'expert_review' satisfies Channel;

/** True when answers in this channel measure somebody, so that they have levels. */
export function measuresPeople(channel: Channel): boolean {
	return channel !== 'needs_survey' && channel !== 'feedback' && channel !== 'questionnaire';
}

function findScaleFaults(
	{ scale, kind, title, planned_sem }: KeyScale,
	{ channel }: { channel: Channel },
): string[] {
	const faults: string[] = [];
	if (title === undefined && OWN_SCALES.some((own) => own === kind))
		faults.push(`the scale ${scale} needs a title`);
	if (measuresPeople(channel) && planned_sem === undefined)
		faults.push(`the scale ${scale} needs a planned_sem`);
	const isTheme = kind === 'professional_theme' || kind === 'information_theme';
	if (isTheme !== (channel === 'needs_survey')) faults.push(`${kind} ${scale} does not belong to ${channel}`);
	return faults;
}

/** True when an instrument only asks: no item has points, so there is nothing to compute from its answers. */
export function isUnscored({
	items,
	scales,
}: {
	items: readonly unknown[];
	scales: readonly unknown[];
}): boolean {
	return items.length === 0 && scales.length === 0;
}

function findEmptyFaults({ channel, items, scales }: Pick<Key, 'channel' | 'items' | 'scales'>): string[] {
	if (isUnscored({ items, scales }))
		return measuresPeople(channel) ? ['nothing is scored', 'there is no scale'] : [];
	if (channel === 'questionnaire') return ['a questionnaire scores nothing'];
	return [
		...(items.length === 0 ? ['nothing is scored'] : []),
		...(scales.length === 0 ? ['there is no scale'] : []),
	];
}

type CutKey = { channel: Channel; cut_scores: Key['cut_scores']; levels?: Key['levels'] };

function findCutFaults({ channel, cut_scores: cuts, levels }: CutKey): string[] {
	if (!measuresPeople(channel)) return cuts.length > 0 ? [`${channel} has no cut scores`] : [];
	const unknown = levels ? cuts.filter(({ level }) => !levels.some((own) => own.level === level)) : [];
	if (unknown.length > 0 || (!levels && !areDeficitCuts(cuts)))
		return ['cut scores name levels that are neither of deficit nor in `levels`'];
	const ascending = cuts.toSorted((left, right) => left.from - right.from);
	const covered =
		ascending[0]?.from === 0 &&
		ascending.at(-1)?.to === 100 &&
		ascending.every(
			(cut, index) => cut.from < cut.to && (index === 0 || ascending[index - 1]?.to === cut.from),
		);
	return covered ? [] : ['cut scores must cover 0…100 without gap or overlap'];
}

function findItemFaults({ item, rule, max_points }: KeyItem): string[] {
	const best = bestPoints(rule, max_points);
	return Math.abs(best - max_points) > 1e-9
		? [`${item}: the rule gives at most ${best}, not ${max_points}`]
		: [];
}

/** The most points that a rule can give. */
function bestPoints(rule: Rule, maxPoints: number): number {
	switch (rule.kind) {
		case 'likert':
			return rule.max - rule.min;
		case 'choice':
			return Math.max(...Object.values(rule.points));
		case 'multiple':
			return Object.values(rule.points).reduce((sum, points) => sum + Math.max(0, points), 0);
		case 'demand':
			return rule.themes.length;
		case 'case':
			return Math.max(...rule.options.map(({ points }) => points));
		case 'ordering':
		case 'matching':
			return maxPoints;
	}
}

/** JSON Schema of `key.json` for editors; `surveys/key.schema.json` is its copy on disk. */
export function describeKey(): object {
	return z.toJSONSchema(keySchema, { io: 'input', target: 'draft-2020-12' });
}
