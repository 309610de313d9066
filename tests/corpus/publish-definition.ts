import type { APIResponse } from '@playwright/test';
import type { DraftDetail, FileReply, SaveReply, WorkshopContent } from '#server/contract/workshop.ts';
import { isRecord } from '#surveys/answer-rules/rule.ts';
import { lintInstrument } from '#surveys/lint/lint.ts';
import type { DraftKey } from '#surveys/workshop/content.ts';
import { type Person, replyOf } from '../support/person.ts';

/** What the workshop made of a definition: a frozen version, or the reasons against it as `code: place`. */
export type Publication =
	| { instrument: string; version: number; survey: Record<string, unknown>; mended: string[] }
	| { refused: string[] };

/**
 * Brings a definition through the workshop as people do: a methodist uploads the file, writes what is missing in two
 * languages and takes answers out of the form, sends it to review; a second person publishes it.
 */
export async function publishDefinition(
	author: Person,
	reviewer: Person,
	file: string,
	bytes: Buffer,
): Promise<Publication> {
	const path = `/api/workshop/files?store=yes&file_name=${encodeURIComponent(file)}`;
	const uploaded = await author.send('post', path, bytes);
	if (!uploaded.ok()) return { refused: await readProblem(uploaded) };
	const { draft_id } = (await uploaded.json()) as FileReply;
	const draft = `/api/workshop/drafts/${draft_id}`;
	const { content, revision } = await replyOf<DraftDetail>(await author.get(draft));
	const mended = mend(content);
	const saved = await replyOf<SaveReply>(await author.send('put', draft, { ...content, revision }));
	const errors = saved.findings.filter(({ severity }) => severity === 'error');
	if (errors.length > 0) return { refused: errors.map(({ code, at, text }) => `${code}: ${at || text}`) };
	const step = async (person: Person, to: string, from: number) =>
		replyOf<DraftDetail>(await person.send('post', `${draft}/state`, { to, revision: from }));
	const inReview = await step(author, 'in_review', saved.revision);
	const published = await step(reviewer, 'published', inReview.revision);
	return {
		instrument: published.instrument,
		version: Number(published.published_version),
		survey: published.content.survey,
		mended,
	};
}

/** What an author does about findings that concern no question type; tells which kinds there were. */
function mend({ survey, key }: WorkshopContent): string[] {
	const done = new Set<string>();
	for (const { code, at } of lintInstrument({ survey, key: key as DraftKey }).findings) {
		if (code !== 'key-material' && code !== 'missing-text') continue;
		done.add(code);
		// of the key's texts the language stands in the place
		const steps = at.startsWith('key.') ? at.split('.').slice(1, 2) : at.split('.');
		const root: object = at.startsWith('key.') ? key : survey;
		const name = String(steps.pop());
		const owner = steps.reduce((value, step) => (value as never)[step], root) as Record<string, unknown>;
		if (code === 'key-material') delete owner[name];
		else owner[name] = inBothLanguages(owner[name]);
	}
	return [...done].sort();
}

/** The same words twice: the corpus is written in one language, and what they say is not looked at here. */
function inBothLanguages(text: unknown): { ru: string; en: string } {
	const { ru, en, default: first } = (isRecord(text) ? text : { default: text }) as Record<string, unknown>;
	const words = [ru, first, en].map((each) => String(each ?? '').trim()).find(Boolean) ?? '—';
	return { ...(isRecord(text) ? text : {}), ru: words, en: String(en ?? '').trim() || words };
}

async function readProblem(reply: APIResponse): Promise<string[]> {
	const { code, issues = [] } = (await reply.json()) as {
		code: string;
		issues?: { code: string; path: string }[];
	};
	return issues.length > 0 ? issues.map((issue) => `${issue.code}: ${issue.path}`) : [code];
}
