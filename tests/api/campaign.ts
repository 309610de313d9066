import { expect } from 'vitest';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { listItems } from '#surveys/item-labels.ts';
import type { Agent, Town } from './town.ts';

export const SELF = 'professional-difficulties';
export const TEST = 'assessment-literacy';

const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The version that ships; what a test has published itself is the first. */
const versionOf = (instrument: string): number =>
	listShippedInstruments().find(({ key }) => key.instrument === instrument)?.key.version ?? 1;

/** The body of a campaign of M1 that is open now. */
export function campaignBody(instruments: string[] = [SELF], changes: object = {}): object {
	return {
		title: 'Осенняя диагностика',
		goal: 'Найти, где нужна поддержка',
		basis_document: 'Приказ № 1',
		instruments: instruments.map((instrument) => ({ instrument, version: versionOf(instrument) })),
		municipality_id: 'M1',
		schools: null,
		subjects: null,
		mode: 'confidential',
		opens_on: dayFrom(-3),
		closes_on: dayFrom(10),
		reference_day: dayFrom(-3),
		...changes,
	};
}

/** Makes a campaign as the methodist and takes it to a state; returns its id. */
export async function runCampaign(
	town: Town,
	to: 'draft' | 'approved' | 'open',
	instruments?: string[],
	changes?: object,
): Promise<string> {
	const methodist = await town.signInAs('methodist');
	const made = await methodist.post('/api/campaigns', campaignBody(instruments, changes));
	expect(made.status, made.text).toBe(201);
	const path = to === 'draft' ? [] : to === 'approved' ? ['approved'] : ['approved', 'open'];
	await moveCampaign(methodist, made.body.campaign_id, path);
	return made.body.campaign_id;
}

export async function moveCampaign(agent: Agent, id: string, path: string[]): Promise<void> {
	for (const to of path) {
		const moved = await agent.post(`/api/campaigns/${id}/state`, { to });
		expect(moved.status, moved.text).toBe(200);
	}
}

/** Complete answers: of every item the value at this place of its list (from the front, or from the back when negative). */
export function answersTo(instrument: string, place = 0): Record<string, unknown> {
	const { survey } = listShippedInstruments().find(({ key }) => key.instrument === instrument)!;
	const answers: Record<string, unknown> = {};
	for (const { path, values, type } of listItems(survey)) {
		if (values.length === 0) continue;
		const value = values.at(Math.max(-values.length, Math.min(values.length - 1, place)))!.value;
		const given =
			type === 'checkbox' ? [value] : type === 'ranking' ? values.map((each) => each.value) : value;
		let into: Record<string, unknown> = answers;
		for (const step of path.slice(0, -1)) {
			into[step] ??= {};
			into = into[step] as Record<string, unknown>;
		}
		into[path.at(-1)!] = given;
	}
	return answers;
}

/** Consents and hands an instrument in; returns the reply. */
export async function answer(
	agent: Agent,
	campaign: string,
	instrument: string,
	{ place = 0, methodist = false }: { place?: number; methodist?: boolean } = {},
) {
	const path = `/api/my/diagnostics/${campaign}`;
	const consented = await agent.post(`${path}/consent`, { give: true, methodist });
	expect(consented.status, consented.text).toBe(200);
	const { body } = await agent.get(`${path}/${instrument}`);
	return agent.post(`${path}/${instrument}/response`, {
		response_id: body.response_id,
		answers: answersTo(instrument, place),
		started_at: new Date().toISOString(),
		duration_seconds: 600,
	});
}
