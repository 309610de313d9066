import { expect, type Page, test } from '@playwright/test';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { judge } from './axe.ts';

/** Signs of inattentive answering, the choice to leave such responses out, and feedback on an event, in a browser. */

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

test('counts all responses until asked, then says how many are left out and why; the address keeps it', async () => {
	await page.goto(`${server.address}/explore`);
	const all = page.getByRole('radio', { name: 'учитывать', exact: true });
	await expect(all).toBeChecked();
	await expect(page.getByText(/Не учтены ответы с признаками/)).toHaveCount(0);
	await page.getByText('не учитывать', { exact: true }).click();
	await expect(page.getByRole('status').getByText(/Не учтены ответы с признаками/)).toContainText(
		/\d+ из \d+\. Причины .*слишком быстро — \d+/,
	);
	expect(page.url()).toContain('quality=unflagged');
	await page.reload();
	await expect(page.getByRole('radio', { name: 'не учитывать' })).toBeChecked();
	await page.goBack();
	await expect(all).toBeChecked();
});

test('shows signs by school and what results depend on, naming nobody', async () => {
	await page.goto(`${server.address}/explore`);
	await page.getByRole('link', { name: 'Какие это признаки и сколько их' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Качество ответов' })).toBeVisible();
	await expect(page.getByRole('heading', { name: /Ответов с признаками в группах/ })).toBeVisible();
	await expect(page.getByRole('heading', { name: /без отмеченных ответов/i })).toBeVisible();
	await page.getByText('муниципалитеты', { exact: true }).click();
	await expect(
		page.getByRole('heading', { name: /Приозёрный муниципальный округ: признаки есть/ }),
	).toBeVisible();
	expect(page.url()).toContain('by=municipality');
	expect(await judge(page)).toEqual([]);
});

test('shows the feedback on an event and the six steps of digital competence', async () => {
	await page.goto(`${server.address}/modules`);
	await page.getByRole('link', { name: /Пригодилось ли мероприятие/ }).click();
	await expect(page.getByRole('heading', { name: /^Медианы: полезность/ })).toBeVisible();
	await expect(page.getByText('Меньше теории в начале.')).toBeVisible();
	expect(await judge(page)).toEqual([]);
	await page.goto(`${server.address}/modules`);
	await page.getByRole('link', { name: /На каких ступенях/ }).click();
	await expect(page.getByRole('heading', { name: /чаще всего «/ })).toBeVisible();
});

test('on a phone the marks of an event stand whole, and a picture that is wider says so', async () => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto(`${server.address}/feedback`);
	const picture = page.getByRole('region', { name: 'Оценки', exact: true }).locator('svg.marks');
	await expect(picture).toBeVisible();
	const hidden = await picture.evaluate((svg) => {
		const box = svg.closest('section')!;
		return box.scrollWidth - box.clientWidth;
	});
	expect(hidden).toBeLessThanOrEqual(0);
	await expect(page.getByText(/Картинка шире экрана/)).toHaveCount(0);
	await page.goto(`${server.address}/quality?by=school`);
	await expect(page.getByText(/Картинка шире экрана/).first()).toBeVisible();
});
