import { expect, type Page, test } from '@playwright/test';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { judge } from './axe.ts';

/** How good an instrument is: precision, items and groups on one page, in a browser. */

let server: TestServer;
let page: Page;
test.beforeAll(async ({ browser }) => {
	test.setTimeout(180_000);
	server = await startTestServer();
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU' });
	page = await context.newPage();
	const reply = await page.request.post(`${server.address}/api/session`, {
		data: { login: 'methodist', password: 'opora-demo-2026' },
	});
	expect(reply.ok()).toBe(true);
});
test.afterAll(() => server?.stop());

test('shows precision, items and groups of the instrument that is chosen; the address keeps it', async () => {
	test.setTimeout(180_000);
	await page.goto(`${server.address}/modules`);
	const link = page.getByRole('link', { name: /Насколько точно инструмент измерил/ });
	await expect(link).toHaveAttribute('href', '/instrument');
	await page.goto(`${server.address}/instrument?instrument=assessment-literacy`);
	await expect(page.getByRole('heading', { level: 1, name: 'Насколько хорош инструмент' })).toBeVisible();
	const slow = { timeout: 90_000 };
	await expect(page.getByRole('heading', { name: /Инструмент целиком: α = 0,8\d/ })).toBeVisible(slow);
	await expect(page.getByRole('heading', { name: /Стоит посмотреть|Все пункты работают/ })).toBeVisible(slow);
	await expect(page.getByText(/критерий Андерсена: LR = /)).toBeVisible();
	await expect(
		page.getByRole('heading', { name: /Учитель готовит контрольную работу за четверть/ }),
	).toBeVisible();
	await page.getByText('город и село', { exact: true }).click();
	await expect(page.getByRole('heading', { name: /работают одинаково|По-разному работа/ })).toBeVisible(slow);
	expect(page.url()).toContain('instrument=assessment-literacy');
	expect(page.url()).toContain('by=locality');
	await page.reload();
	await expect(page.getByRole('radio', { name: 'город и село' })).toBeChecked();
	expect(await judge(page)).toEqual([]);
});

test('a campaign that measures nobody says so', async () => {
	await page.goto(`${server.address}/instrument?instrument=assessment-literacy`);
	await page
		.getByLabel('Кампания')
		.selectOption({ label: 'Запросы педагогов: темы и материалы на учебный год' });
	await expect(page.getByText('В этой кампании таким инструментом никого не измеряли.')).toBeVisible({
		timeout: 60_000,
	});
});

test('says that an answer takes long, stops it when asked, and begins again', async () => {
	test.setTimeout(120_000);
	// The line is slow here, not the arithmetic: a demo of this size is worked out at once.
	const answers = /\/api\/analytics\/item-bias\?/;
	await page.route(answers, async (route) => {
		await new Promise((resolve) => setTimeout(resolve, 8_000));
		await route.continue().catch(() => undefined);
	});
	const left = page.waitForEvent('requestfailed', (request) => answers.test(request.url()));
	await page.goto(`${server.address}/instrument?instrument=assessment-literacy`);
	const card = page.getByRole('region', { name: 'Одинаково ли понимают пункты' });
	await card.getByRole('button', { name: 'Остановить' }).click({ timeout: 60_000 });
	await expect(card.getByText('Расчёт остановлен')).toBeVisible();
	await expect(card.getByRole('button', { name: 'Остановить' })).toBeHidden();
	expect(await judge(page)).toEqual([]);
	expect((await left).failure()?.errorText).toMatch(/abort/i);
	await page.unroute(answers);
	await card.getByRole('button', { name: 'Посчитать' }).click();
	await expect(card.getByRole('heading', { name: /работают одинаково|По-разному работа/ })).toBeVisible({
		timeout: 60_000,
	});
});
