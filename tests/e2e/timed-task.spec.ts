import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { openRecords } from '#data/records/store.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { consent, untilSaved } from './answering.ts';
import { openOwnCampaign, versionOf } from './own-campaign.ts';

/** A form with a limit of time in Chromium: its clock, its end, and what is stored then. */

/** Seconds, which the server counts as well: enough for a slow machine to write an answer before they are over. */
const LIMIT = 30;
const wide = { width: 1440, height: 900 };
const timed: SurveyJson = {
	title: 'Задание на время',
	timeLimit: LIMIT,
	elements: [
		{ type: 'radiogroup', name: 'choice', title: 'Что выберете?', choices: ['a', 'b'], isRequired: true },
		{ type: 'text', name: 'why', title: 'Почему?', isRequired: true },
		{ type: 'comment', name: 'open', title: 'Что ещё?', isRequired: true },
	],
};

let server: TestServer;
let links: string[] = [];
const contexts: BrowserContext[] = [];

test.beforeAll(async ({ playwright }) => {
	test.setTimeout(180_000);
	server = await startTestServer();
	const request = await playwright.request.newContext();
	const versions = [versionOf('timed-task', timed)];
	({ links } = await openOwnCampaign(server, request, versions));
	await request.dispose();
	expect(links.length).toBeGreaterThan(2);
});

test.afterAll(async () => {
	for (const context of contexts) await context.close();
	await server?.stop();
});

/** A device with its complaints: errors of the page and of the console. */
async function enter(browser: Browser, link: string): Promise<{ page: Page; complaints: string[] }> {
	const context = await browser.newContext({ viewport: wide, locale: 'ru-RU', colorScheme: 'light' });
	contexts.push(context);
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('console', (message) => {
		if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
	});
	await page.goto(link);
	return { page, complaints };
}

async function openInstrument(page: Page, instrument: string): Promise<void> {
	await expect(page.getByRole('link', { name: /Начать/ }).first()).toBeVisible();
	await page.locator(`a[href$="/${instrument}"]`).click();
}

async function storedAnswers(instrument: string) {
	const records = await openRecords({ folder: server.folder });
	try {
		const responses = await records.db
			.selectFrom('response')
			.select('answers')
			.where('instrument', '=', instrument)
			.execute();
		return responses.map(({ answers }) => JSON.parse(answers));
	} finally {
		await records.close();
	}
}

test('the clock goes on over a refresh, and at its end the answers go by themselves', async ({ browser }) => {
	test.setTimeout(120_000);
	const { page, complaints } = await enter(browser, links[0]!);
	await openInstrument(page, 'timed-task');
	await expect(page.getByText(/время не останавливается, если закрыть страницу/)).toBeVisible();
	await consent(page);
	const clock = page.getByRole('timer');
	const secondsLeft = async () => {
		const [, minutes, seconds] = (await clock.innerText()).match(/(\d+):(\d\d)/) ?? [];
		return 60 * Number(minutes) + Number(seconds);
	};
	await expect(clock).toHaveText(/Осталось \d:\d\d/);
	expect(await secondsLeft()).toBeLessThanOrEqual(LIMIT);
	await page.locator('[data-name="choice"] label').nth(1).click();
	await untilSaved(page);
	await page.reload();
	await expect(clock).toBeVisible();
	// the server told it how much had passed before
	await expect.poll(secondsLeft).toBeLessThanOrEqual(LIMIT - 2);
	// what is being typed when the time ends counts too
	await page.locator('[data-name="why"] input').pressSequentially('потому');
	expect(await storedAnswers('timed-task')).toEqual([]);
	await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible({
		timeout: (LIMIT + 15) * 1000,
	});
	expect(complaints).toEqual([]);
	expect(await storedAnswers('timed-task')).toEqual([{ choice: 'b', why: 'потому' }]);
});
