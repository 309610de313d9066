import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumPath } from './support/chromium.ts';
import { startTestServer } from './support/running-server.ts';

/** `npm run pictures`: takes the pictures of the README anew, from the demo municipality of this checkout. */

const folder = join(import.meta.dirname, '../docs/pictures');
const password = 'opora-demo-2026';
const wide = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };

interface Picture {
	name: string;
	login: string | null;
	size: { width: number; height: number };
	/** an address, or the links to follow from one */
	path: string;
	follow?: RegExp;
}

const pictures: Picture[] = [
	{ name: 'people-to-be', login: null, size: wide, path: '/sign-in' },
	{ name: 'leader-today', login: 'leader', size: wide, path: '/today' },
	{ name: 'school-card', login: 'leader', size: wide, path: '/school/sch900013' },
	{ name: 'explore', login: 'methodist', size: wide, path: '/explore' },
	{ name: 'campaign', login: 'methodist', size: wide, path: '/campaigns', follow: /^Осенняя диагностика/ },
	{ name: 'my-diagnostics', login: 'teacher', size: phone, path: '/my' },
	{ name: 'my-profile', login: 'teacher', size: phone, path: '/my/profile' },
];

async function take(browser: Browser, address: string, picture: Picture): Promise<void> {
	const context = await browser.newContext({
		viewport: picture.size,
		locale: 'ru-RU',
		colorScheme: 'light',
		deviceScaleFactor: picture.size === phone ? 2 : 1,
	});
	const page = await context.newPage();
	if (picture.login !== null)
		await page.request.post(`${address}/api/session`, { data: { login: picture.login, password } });
	await page.goto(`${address}${picture.path}`);
	await settle(page);
	if (picture.follow) {
		await page.getByRole('link', { name: picture.follow }).first().click();
		await settle(page);
	}
	await page.screenshot({ path: join(folder, `${picture.name}.png`) });
	await context.close();
}

async function settle(page: Page): Promise<void> {
	await page.locator('h1').first().waitFor();
	await page.waitForFunction(() => document.querySelectorAll('[aria-busy=true]').length === 0);
	await page.waitForTimeout(400);
}

mkdirSync(folder, { recursive: true });
const server = await startTestServer();
const browser = await chromium.launch({
	executablePath: await chromiumPath(),
	args: ['--no-sandbox', '--headless', '--disable-gpu'],
});
try {
	for (const picture of pictures) {
		await take(browser, server.address, picture);
		process.stdout.write(`docs/pictures/${picture.name}.png\n`);
	}
} finally {
	await browser.close();
	await server.stop();
}
