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

test('no picture scrolls sideways on a phone, nor does a table of its method', async () => {
	await page.setViewportSize({ width: 360, height: 740 });
	const modules: { id: string; is_individual: boolean }[] = await (
		await page.request.get(`${server.address}/api/analytics`)
	).json();
	const paths = modules.filter((module) => !module.is_individual).map(({ id }) => `/modules/${id}`);
	expect(paths.length).toBeGreaterThan(12);
	const drawn: string[] = [];
	const found: string[] = [];
	for (const path of [...paths, '/feedback', '/quality?by=school', '/explore?by=school']) {
		await page.goto(`${server.address}${path}`);
		await expect(page.locator('figure').first()).toBeVisible();
		await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
		const wide = await page.evaluate(() =>
			[...document.querySelectorAll('main section, main div')]
				.filter((box) => getComputedStyle(box).overflowX === 'auto' && box.scrollWidth > box.clientWidth)
				.map((box) => box.querySelector('svg, table')?.tagName ?? box.className),
		);
		if ((await page.locator('figure svg.marks').count()) > 0) drawn.push(path);
		found.push(...wide.map((what) => `${path}: ${what}`));
	}
	expect(found).toEqual([]);
	expect(drawn.length).toBeGreaterThan(paths.length);
});

test('a cell of the joint picture opens its schools, by tap and from the keyboard', async () => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto(`${server.address}/modules/joint-picture`);
	const picture = page.getByRole('region', { name: /Стрелки ведут по отметкам/ });
	await expect(picture.locator('svg.marks')).toBeVisible();
	const low = page.locator('details', { hasText: 'низкие · можно верить' });
	await expect(low.getByText('поддержка в первую очередь')).toBeVisible();
	await expect(low.getByRole('link')).toHaveCount(0);
	await picture.focus();
	await page.keyboard.press('ArrowRight');
	await expect(page.locator('figure').getByRole('status')).toContainText('низкие · можно верить');
	await page.keyboard.press('Enter');
	await expect(low.locator('summary')).toBeFocused();
	const count = Number(await low.locator('summary b').textContent());
	await expect(low.getByRole('link')).toHaveCount(count);
	const usual = page.locator('details', { hasText: 'обычные · можно верить' });
	const most = (await usual.locator('summary b').textContent())!;
	await picture.locator('svg text', { hasText: new RegExp(`^${most}$`) }).click();
	await expect(usual.locator('summary')).toBeFocused();
	expect(await judge(page)).toEqual([]);
	await low.getByRole('link').first().click();
	await expect(page).toHaveURL(/\/schools\/sch\d+/);
});
