import { type Browser, expect, type Page, test } from '@playwright/test';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { answerPage, toLastPage } from './answering.ts';
import { judge } from './axe.ts';
import { openCampaign } from './own-campaign.ts';

/** Every instrument of the library, opened in Russian, turned to English, answered to its end and taken in. */

const instruments = listShippedInstruments().map(({ key }) => key);
const observed = (channel: string) => channel === 'expert_review';
let server: TestServer;
let link = '';
let name = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ playwright }) => {
	test.setTimeout(240_000);
	server = await startTestServer();
	const request = await playwright.request.newContext();
	const { links } = await openCampaign(server, request, {
		title: 'The library as a whole',
		instruments: instruments.map(({ instrument, version }) => ({ instrument, version })),
	});
	link = links[0]!.url;
	name = links[0]!.full_name!;
	await request.dispose();
});
test.afterAll(() => server?.stop());

async function desk(browser: Browser): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ru-RU' });
	return context.newPage();
}

const english = (page: Page) => page.getByRole('button', { name: 'Eng', exact: true }).click();
const russian = (page: Page) => page.getByRole('button', { name: 'Рус', exact: true }).click();

/** What is left of Russian on an English screen; the person and the school keep their names. */
async function expectEnglish(page: Page, where: string): Promise<void> {
	// the words of a language arrive with it
	await expect(page.locator('main')).not.toContainText('Загружается');
	await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
	const lines = (await page.locator('main').innerText()).split('\n');
	const proper = /МБОУ|МКОУ/;
	const left = lines.filter((line) => /[А-Яа-яЁё]/.test(line) && line !== name && !proper.test(line));
	expect(left, `${where} in English`).toEqual([]);
}

/** The first screen of an instrument, judged by axe on a phone and wide, light and dark. */
async function look(page: Page): Promise<void> {
	const found: string[] = [];
	for (const width of [360, 1280])
		for (const colorScheme of ['dark', 'light'] as const) {
			await page.setViewportSize({ width, height: 900 });
			await page.emulateMedia({ colorScheme });
			found.push(...(await judge(page)).map((fault) => `${width} px, ${colorScheme}: ${fault}`));
		}
	expect(found).toEqual([]);
}

/** Answers each page in English and sends; every kind of question that the library has. */
async function walk(page: Page, where: string): Promise<void> {
	await toLastPage(page, async (number) => {
		await expectEnglish(page, `${where}, page ${number + 1}`);
		await answerPage(page, 1);
		for (const group of await page.locator('fieldset:has(input[type=checkbox])').all())
			await group.locator('label').nth(1).click();
		for (const text of await page.locator('main textarea').all()) await text.fill('A word of one’s own');
		for (const day of await page.locator('main input[type=date]').all()) await day.fill('2026-02-03');
	});
	await page.getByRole('button', { name: 'Review and send' }).click();
	await expectEnglish(page, `${where}, review`);
	await page.getByRole('button', { name: 'Send the answers' }).click();
}

test('the teacher’s own opens in both languages, says what for and how long, and can be answered to its end', async ({
	browser,
}) => {
	test.setTimeout(300_000);
	const page = await desk(browser);
	await page.goto(link);
	const own = instruments.filter(({ channel }) => !observed(channel));
	for (const { instrument, title, purpose, minutes } of own) {
		// one consent stands before all instruments of a campaign
		const isFirst = instrument === own[0]!.instrument;
		const head = page.getByRole('heading', { level: 1 });
		await page.locator(`main a[href$="/${instrument}"]`).click();
		await expect(head).toHaveText(isFirst ? 'Прежде чем начать' : title.ru);
		await expect(page.getByText(purpose.ru)).toBeVisible();
		await expect(page.getByText(new RegExp(`Займёт около ${minutes} мин`))).toBeVisible();
		await english(page);
		await expect(head).toHaveText(isFirst ? 'Before you start' : title.en);
		await expect(page.getByText(purpose.en)).toBeVisible();
		await expectEnglish(page, `${instrument}, first screen`);
		if (isFirst) await page.getByRole('checkbox').first().check();
		else if (instrument === own[1]!.instrument) await look(page);
		await page.getByRole('button', { name: 'Go to the questions' }).click();
		await expect(page.getByText(/^0 of \d+/)).toBeVisible();
		await walk(page, instrument);
		await expect(page.getByRole('heading', { name: /Thank you/ })).toBeVisible();
		await russian(page);
		await page.goto(`${server.address}/my`);
	}
	await expect(page.getByText(/ответы приняты|пройден/i).first()).toBeVisible();
	await page.context().close();
});

test('the observation form is filled in about a teacher who agreed', async ({ browser }) => {
	test.setTimeout(120_000);
	const page = await desk(browser);
	await page.request.post(`${server.address}/api/session`, {
		data: { login: 'methodist', password: 'opora-demo-2026' },
	});
	await page.goto(`${server.address}/observations`);
	const card = page.getByRole('region', { name: 'The library as a whole' }).first();
	await card.getByRole('searchbox').fill(name);
	await card.getByRole('link', { name: new RegExp(name) }).click();
	await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
	await english(page);
	await walk(page, 'lesson-observation');
	await expect(page.getByText('The observation is recorded')).toBeVisible();
	await page.goto(`${server.address}/observations`);
	await expect(page.getByText(/^1 observation, /)).toBeVisible();
	await page.context().close();
});
