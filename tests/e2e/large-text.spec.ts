import { type Browser, expect, type Page, test } from '@playwright/test';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { answerPage, consent, toLastPage } from './answering.ts';
import { findOutOfReach } from './out-of-reach.ts';

/** A teacher's whole way on a phone of 360 px, with the browser set to text twice as large. */

const phone = { width: 360, height: 740 };

test.use({
	launchOptions: async ({ launchOptions }, use) =>
		use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--blink-settings=defaultFontSize=32'] }),
});

let server: TestServer;
test.beforeAll(async () => {
	test.setTimeout(180_000);
	server = await startTestServer();
});
test.afterAll(() => server?.stop());

async function onPhone(browser: Browser, login?: string): Promise<Page> {
	const context = await browser.newContext({ viewport: phone, locale: 'ru-RU' });
	const page = await context.newPage();
	if (login === undefined) return page;
	const data = { login, password: 'opora-demo-2026' };
	expect((await page.request.post(`${server.address}/api/session`, { data })).ok()).toBe(true);
	return page;
}

async function look(page: Page, where: string, into: string[]): Promise<void> {
	await expect(page.locator('h1').first()).toBeVisible();
	await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
	expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
	into.push(...(await findOutOfReach(page)).map((fault) => `${where}: ${fault}`));
}

test('an instrument is answered from purpose and consent to the last page and the thanks', async ({
	browser,
}) => {
	test.setTimeout(300_000);
	const page = await onPhone(browser, 'teacher');
	const found: string[] = [];
	await page.goto(`${server.address}/my`);
	await look(page, 'my diagnostics', found);
	await page.getByRole('link', { name: 'Начать' }).first().click();
	await expect(page.getByText(/Займёт около \d+ минут/)).toBeVisible();
	await look(page, 'purpose, time and consent', found);
	await consent(page);
	const question = page.locator('.sd-row [data-name]').first();
	const seen: string[] = [];
	await toLastPage(page, async () => {
		const name = String(await question.getAttribute('data-name'));
		if (seen.includes(name)) throw new Error(`${name} comes a second time`);
		seen.push(name);
		await look(page, name, found);
		await answerPage(page, 1);
		await look(page, `${name} answered`, found);
	});
	expect(seen.length).toBeGreaterThan(5);
	await page.getByRole('button', { name: 'Проверить и отправить' }).click();
	await expect(page.getByRole('heading', { name: 'Проверьте перед отправкой' })).toBeVisible();
	await look(page, 'review', found);
	await page.getByRole('button', { name: 'Отправить ответы' }).click();
	await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible();
	await look(page, 'thanks', found);
	await page.context().close();
	expect(found).toEqual([]);
});

test('the screens before and after it hold as well', async ({ browser }) => {
	test.setTimeout(120_000);
	const found: string[] = [];
	const stranger = await onPhone(browser);
	for (const path of ['/sign-in', '/link']) {
		await stranger.goto(`${server.address}${path}`);
		await look(stranger, path, found);
	}
	await stranger.context().close();
	const teacher = await onPhone(browser, 'teacher');
	for (const path of ['/my', '/my/profile', '/my/data']) {
		await teacher.goto(`${server.address}${path}`);
		await look(teacher, path, found);
	}
	await teacher.goto(`${server.address}/my/profile`);
	await teacher.locator('a[href^="/my/profile/"]').first().click();
	await expect(teacher).toHaveURL(/\/my\/profile\/.+/);
	await look(teacher, 'explanations', found);
	await teacher.context().close();
	expect(found).toEqual([]);
});
