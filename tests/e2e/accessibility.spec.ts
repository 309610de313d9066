import { type Browser, expect, type Page, test } from '@playwright/test';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { judge } from './axe.ts';

/** The landing and the main screens of each role: wide and on a phone, light and dark, judged by axe. */

const password = 'opora-demo-2026';

/** Addresses by sign-in; a link on the first screen stands for an address that only the data knows. */
const screens: { login: string | null; pages: (string | { from: string; link: RegExp })[] }[] = [
	{ login: null, pages: ['/sign-in'] },
	{ login: 'teacher', pages: ['/my', { from: '/my', link: /Начать|Продолжить/ }, '/my/profile'] },
	{ login: 'school', pages: ['/', '/people'] },
	{
		login: 'methodist',
		pages: [
			'/campaigns',
			{ from: '/campaigns', link: /^Осенняя диагностика/ },
			'/campaigns/new',
			'/explore',
			'/imports',
			'/schools',
		],
	},
	{
		login: 'leader',
		pages: [
			'/today',
			'/modules/low-results',
			'/school/sch900013',
			'/plans',
			{ from: '/plans', link: /^Объективность/ },
			'/plans/new',
		],
	},
	{ login: 'admin', pages: ['/settings', '/log', '/no-such-page'] },
];

const wide = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };

let server: TestServer;
test.beforeAll(async () => {
	test.setTimeout(180_000);
	server = await startTestServer();
});
test.afterAll(() => server?.stop());

async function openPage(browser: Browser, login: string | null): Promise<Page> {
	const context = await browser.newContext({ viewport: wide, colorScheme: 'light', locale: 'ru-RU' });
	const page = await context.newPage();
	if (login === null) return page;
	const reply = await page.request.post(`${server.address}/api/session`, { data: { login, password } });
	expect(reply.ok(), `${login} signs in`).toBe(true);
	return page;
}

/** Everything has arrived: a heading stands, nothing is loading, pictures are drawn. */
async function settle(page: Page): Promise<void> {
	await expect(page.locator('h1').first()).toBeVisible();
	await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
	await page.waitForTimeout(150);
}

async function visit(page: Page, where: (typeof screens)[number]['pages'][number]): Promise<string> {
	if (typeof where === 'string') {
		await page.goto(`${server.address}${where}`);
	} else {
		await page.goto(`${server.address}${where.from}`);
		await page.getByRole('link', { name: where.link }).first().click();
		await expect(page).not.toHaveURL(`${server.address}${where.from}`);
	}
	await settle(page);
	return new URL(page.url()).pathname;
}

/** Whatever stands further right than the window: the page itself never scrolls sideways. */
const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

for (const { login, pages } of screens)
	test(`screens of ${login ?? 'nobody'}`, async ({ browser }) => {
		const page = await openPage(browser, login);
		const found: string[] = [];
		const report = (where: string, faults: string[]) =>
			found.push(...faults.map((fault) => `${where}: ${fault}`));
		for (const where of pages) {
			await page.setViewportSize(wide);
			await page.emulateMedia({ colorScheme: 'light' });
			const path = await visit(page, where);
			report(`${path} light`, await judge(page));
			await page.emulateMedia({ colorScheme: 'dark' });
			await settle(page);
			const colours = { runOnly: ['color-contrast'] };
			report(`${path} dark`, await judge(page, colours));
			await page.setViewportSize(phone);
			await settle(page);
			report(`${path} phone dark`, await judge(page));
			await page.emulateMedia({ colorScheme: 'light' });
			await settle(page);
			report(`${path} phone light`, await judge(page, colours));
			const width = await widthOf(page);
			if (width > phone.width) report(`${path} phone`, [`scrolls sideways, ${width} px wide`]);
		}
		await page.context().close();
		expect(found).toEqual([]);
	});
