import type { BrowserContext, Page, Request } from '@playwright/test';
import { pngWithMetadata } from '../support/pictures.ts';
import { type Answers, type FormOnScreen, followForm } from './form-oracle.ts';

/** What a real page made of one form. */
export interface PageRun {
	/** screens that were turned, the preview included */
	screens: number;
	isSent: boolean;
	/** the answers that the page handed in */
	sent: Answers;
	/** errors of the page and the console, refusals, and what the screen showed other than the model: must be empty */
	faults: string[];
}

/** A form as the page gets it, at the person who answers. */
export interface FormToAnswer {
	address: string;
	campaign: string;
	instrument: string;
	survey: Record<string, unknown>;
	/** put in beforehand, as if an earlier visit had left them */
	answers: Answers;
}

const MOST_SCREENS = 60;
/** Milliseconds: a machine may do something else meanwhile. */
const PATIENCE = 45_000;
const navigation = ['complete', 'next', 'preview', 'start'].map((name) => `.sd-navigation__${name}-btn`);

/**
 * Opens a form from the teacher's list where an earlier visit left its answers, turns every screen by the visible button,
 * signs and attaches what cannot be left beforehand, looks through and sends. The page is left where it stopped.
 */
export async function answerInPage({ page, complaints }: TeacherPage, form: FormToAnswer): Promise<PageRun> {
	const { address, campaign, instrument, survey, answers } = form;
	const run: PageRun = { screens: 0, isSent: false, sent: {}, faults: [] };
	complaints.length = 0;
	const path = `${address}/api/my/diagnostics/${encodeURIComponent(campaign)}/${encodeURIComponent(instrument)}`;
	await putDraft(page.context(), path, answers, address);
	const oracle = followForm(survey);
	try {
		await openForm(page, address, instrument);
		while (run.screens < MOST_SCREENS) {
			run.screens += 1;
			await unfoldScreen(page);
			await actOnScreen(page);
			const held = { ...answers, ...(await readHeld(page, instrument)) };
			run.faults.push(...oracle.compare(held, await readScreen(page)));
			if (await turn(page)) break;
			oracle.turn();
		}
		run.sent = await send(page);
		run.isSent = true;
	} catch (error) {
		run.faults.push(`${(error as Error).message.split('\n')[0]}${await describeStop(page)}`);
	} finally {
		oracle.end();
	}
	run.faults.push(...complaints);
	return run;
}

/** From the teacher's list, as after the form before; from a fresh page where that one went no further. */
async function openForm(page: Page, address: string, instrument: string): Promise<void> {
	const thanks = page.getByRole('heading', { name: /Спасибо, ответы приняты/ });
	if (await thanks.isVisible()) await page.locator('main a[href="/my"]').last().click();
	else await page.goto(`${address}/my`);
	await page.locator(`a[href$="/${instrument}"]`).click();
	await page.locator('.sd-body').waitFor({ timeout: PATIENCE });
}

/** Opens every part that stands folded. */
async function unfoldScreen(page: Page): Promise<void> {
	const folded = page
		.locator('.sd-body [role=button][aria-expanded=false]:not([data-unfolded])')
		.filter({ visible: true });
	for (let left = MOST_SCREENS; left > 0 && (await folded.count()) > 0; left -= 1) {
		const part = folded.first();
		const handle = await part.elementHandle();
		// where one part folds the other, each is opened once
		await handle?.evaluate((each) => each.setAttribute('data-unfolded', ''));
		await handle?.click();
		await settle(page);
	}
}

/** A page of somebody who has consented, and what it complains of meanwhile. */
export interface TeacherPage {
	page: Page;
	complaints: string[];
}

/** Follows a personal link and consents: what every form of the campaign stands on. */
export async function enterCampaign(
	context: BrowserContext,
	address: string,
	link: string,
	instrument: string,
): Promise<TeacherPage> {
	const page = await context.newPage();
	const complaints: string[] = [];
	listenToComplaints(page, address, complaints);
	await page.goto(link);
	await page.locator(`a[href$="/${instrument}"]`).click();
	await page.getByRole('checkbox', { name: /согласен, я согласна/ }).check();
	await page.getByRole('button', { name: 'Перейти к вопросам' }).click();
	await page.locator('.sd-body').waitFor({ timeout: PATIENCE });
	return { page, complaints };
}

/** Leaves answers at the server as another device would. */
async function putDraft(
	context: BrowserContext,
	path: string,
	answers: Answers,
	address: string,
): Promise<void> {
	const { csrf } = await (await context.request.get(`${address}/api/session`, { maxRetries: 2 })).json();
	const reply = await context.request.put(`${path}/draft`, {
		data: { answers, page: 0 },
		headers: { 'x-csrf-token': csrf },
		maxRetries: 2,
	});
	if (!reply.ok()) throw new Error(`the draft was refused: ${await reply.text()}`);
}

function listenToComplaints(page: Page, address: string, complaints: string[]): void {
	page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
	page.on('console', (message) => {
		if (message.type() === 'error' || message.type() === 'warning')
			complaints.push(`console: ${message.text()}`);
	});
	page.on('request', (request) => {
		if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address))
			complaints.push(`asks elsewhere: ${request.url()}`);
	});
}

/** Names on the screen, in order; inner ones stand in a panel that is added by whoever answers. */
function readScreen(page: Page): Promise<FormOnScreen> {
	return page.evaluate(() => {
		const shown = [...document.querySelectorAll<HTMLElement>('[data-name]')].filter((each) =>
			each.checkVisibility(),
		);
		const nameOf = (each: HTMLElement): string => each.dataset.name ?? '';
		const isInner = (each: HTMLElement): boolean => Boolean(each.parentElement?.closest('[data-name]'));
		return {
			outer: shown.filter((each) => !isInner(each)).map(nameOf),
			inner: shown.filter(isInner).map(nameOf),
			empty: shown
				.filter((each) => each.textContent.trim() === '' && !each.querySelector('input, canvas, img, svg'))
				.map(nameOf),
		};
	});
}

/** The answers in hand, as the page keeps them on the device with every change; nothing before the first. */
function readHeld(page: Page, instrument: string): Promise<Answers> {
	return page.evaluate((name) => {
		const kept = Object.entries(localStorage)
			.filter(([key]) => key.startsWith('opora-answers:'))
			.map(([, text]) => JSON.parse(text) as { instrument: string; answers: Record<string, unknown> });
		return kept.find((each) => each.instrument === name)?.answers ?? {};
	}, instrument);
}

/** Waits until what moves stands; what turns for ever, like the sign of loading, is not waited for. */
async function settle(page: Page): Promise<void> {
	await page.evaluate(() => {
		const ending = document
			.getAnimations()
			.filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
		return Promise.allSettled(ending.map(({ finished }) => finished));
	});
}

/** What no earlier visit can leave: files are chosen and signatures drawn. */
async function actOnScreen(page: Page): Promise<void> {
	const isStored = (): Promise<unknown> =>
		page.waitForResponse((reply) => reply.url().includes('/files?') && reply.status() === 201, {
			timeout: PATIENCE,
		});
	for (const button of await page.locator('label.sd-file__choose-btn').filter({ visible: true }).all()) {
		const stored = isStored();
		const chooser = page.waitForEvent('filechooser', { timeout: PATIENCE });
		await button.click();
		await (await chooser).setFiles({ name: 'доска.png', mimeType: 'image/png', buffer: pngWithMetadata() });
		await stored;
	}
	for (const canvas of await page.locator('[data-name] canvas').all()) {
		await canvas.scrollIntoViewIfNeeded();
		const box = await canvas.boundingBox();
		if (!box) throw new Error('a signature has no place');
		const stored = isStored();
		await page.mouse.move(box.x + 20, box.y + 20);
		await page.mouse.down();
		for (let step = 1; step <= 4; step += 1)
			await page.mouse.move(box.x + 20 + 15 * step, box.y + 20 + (step % 2) * 30);
		await page.mouse.up();
		await stored;
	}
}

/** Presses the button that goes on; true when the answers are to be looked through, as after the last screen. */
async function turn(page: Page): Promise<boolean> {
	const button = page.locator(navigation.join(', ')).filter({ visible: true }).first();
	if ((await button.count()) === 0) throw new Error('no button to go on');
	await page.evaluate(() => {
		for (const each of document.querySelectorAll('[data-name]')) each.setAttribute('data-walked', '');
	});
	await button.click();
	const next = page.locator('#review-title, .sd-body [data-name]:not([data-walked])').first();
	await next.waitFor({ timeout: PATIENCE });
	return page.locator('#review-title').isVisible();
}

/** Presses «send» under the look through, and waits for thanks. */
async function send(page: Page): Promise<Answers> {
	const isResponse = (request: Request): boolean =>
		request.method() === 'POST' && request.url().endsWith('/response');
	const request = page.waitForRequest(isResponse, { timeout: PATIENCE });
	// a refusal to wait is told by what follows
	request.catch(() => undefined);
	await page.getByRole('button', { name: 'Отправить ответы' }).click({ timeout: PATIENCE });
	const { answers } = (await request).postDataJSON() as { answers: Answers };
	await page.getByRole('heading', { name: /Спасибо, ответы приняты/ }).waitFor({ timeout: PATIENCE });
	return answers;
}

/** What stood on the screen where it went no further. */
async function describeStop(page: Page): Promise<string> {
	const said = await page
		.locator('.sd-element__erbox, .sd-question__erbox, [role=alert]')
		.filter({ visible: true })
		.allInnerTexts()
		.catch(() => []);
	const words = [...new Set(said.map((each) => each.replaceAll(/\s+/g, ' ').trim()).filter(Boolean))];
	return words.length > 0 ? `; the screen says: ${words.join(' / ').slice(0, 300)}` : '';
}
