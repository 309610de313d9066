import { expect, type Page, test } from '@playwright/test';
import { startTestServer, type TestServer } from '../support/running-server.ts';

/** The campaign centre of the demo's open campaign, tab by tab. */

let server: TestServer;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
	test.setTimeout(240_000);
	server = await startTestServer();
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU' });
	page = await context.newPage();
	await page.goto(`${server.address}/sign-in`);
	await page.getByText('Орлова Наталья Юрьевна').click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	await page.getByRole('link', { name: /Осенняя диагностика/ }).click();
	await expect(page.getByText(/ждём \d+/).first()).toBeVisible();
});

test.afterAll(async () => {
	await page?.context().close();
	await server?.stop();
});

const openTab = (name: string) => page.getByText(name, { exact: true }).click();

test('coverage lists a few schools first and finds the others', async () => {
	await expect(page.getByRole('button', { name: /Показать ещё/ })).toBeVisible();
	await page.getByLabel('Найти школу').fill('№ 18');
	await expect(page.getByText(/школа № 18/).first()).toBeVisible();
});

test('one school gets more time, and the page says until when', async () => {
	await openTab('Приглашения');
	const card = page.getByRole('region', { name: 'Сроки' });
	await card.getByRole('combobox', { name: 'Школа' }).fill('№ 18');
	await page.getByRole('option', { name: /№ 18/ }).first().click();
	await card.getByLabel('Последний день школы').fill('2031-01-31');
	await card.getByLabel('Почему').fill('Карантин');
	await card.getByRole('button', { name: 'Продлить школе' }).click();
	await expect(card.getByText(/до 31 января 2031/)).toBeVisible();
});

test('consents are counts, without names', async () => {
	await openTab('Согласия');
	await expect(
		page.getByRole('region', { name: 'Согласия' }).getByText('Участие в диагностике'),
	).toBeVisible();
});

test('a reminder shows who would get it before anything is sent', async () => {
	await openTab('Напоминания');
	await expect(page.getByText(/Почта не настроена/)).toBeVisible();
	await page.getByRole('button', { name: 'Посмотреть, кому уйдёт' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByText(/Нет адреса почты: \d+/)).toBeVisible();
	await expect(dialog.getByRole('button', { name: /Отправить/ })).toBeDisabled();
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	const saved = page.waitForEvent('download');
	await page.getByRole('button', { name: /Скачать список/ }).click();
	expect((await saved).suggestedFilename()).toBe('komu-napomnit.csv');
});

test('stages of release are planned', async () => {
	await openTab('Выпуск');
	await page.getByLabel(/Муниципалитет \(сводка\)/).fill('2031-02-10');
	await page.getByRole('button', { name: 'Сохранить этапы' }).click();
	await expect(page.getByText('сохранено', { exact: true })).toBeVisible();
});

test('fits a phone', async () => {
	await page.setViewportSize({ width: 360, height: 740 });
	for (const tab of ['Охват', 'Приглашения', 'Согласия', 'Напоминания', 'Выпуск']) {
		await openTab(tab);
		await page.waitForLoadState('networkidle');
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
		expect(wide, tab).toBeLessThanOrEqual(0);
	}
});

test('the page for typing a code opens to anybody, and a wrong code says so', async ({ browser }) => {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'ru-RU' });
	const visitor = await context.newPage();
	await visitor.goto(`${server.address}/link`);
	await visitor.getByRole('textbox').fill('AAAA-AAAA-AAAA');
	await visitor.getByRole('button').first().click();
	await expect(visitor.getByRole('alert')).toBeVisible();
	await context.close();
});
