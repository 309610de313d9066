import { readFileSync } from 'node:fs';
import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';
import { compileRespondent } from '#data/demo/simulate-answers.ts';
import { createRandom } from '#data/simulation/random.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { answerPage, consent, toLastPage, turnPage } from './answering.ts';
import { judge } from './axe.ts';
import { campaignDesk } from './own-campaign.ts';

/** The pages of one who answers: on a phone with text twice as large, by axe in both schemes, and the rights over the own data. */

const phone = { width: 360, height: 740 };

let server: TestServer;
test.beforeAll(async () => {
	test.setTimeout(180_000);
	server = await startTestServer();
});
test.afterAll(() => server?.stop());

async function signIn(browser: Browser): Promise<Page> {
	const context = await browser.newContext({ viewport: phone, locale: 'ru-RU' });
	const page = await context.newPage();
	const data = { login: 'teacher', password: 'opora-demo-2026' };
	expect((await page.request.post(`${server.address}/api/session`, { data })).ok()).toBe(true);
	return page;
}

/** What stands outside the window, or has words cut off, with text at 200 %. */
const findCutOff = (page: Page) =>
	page.evaluate(() => {
		document.documentElement.style.fontSize = '200%';
		const wide = document.documentElement.scrollWidth;
		const cut = [...document.querySelectorAll<HTMLElement>('main *, header *, nav *')].filter((element) => {
			const style = getComputedStyle(element);
			const isHidden = style.clip !== 'auto' || style.visibility === 'hidden' || element.clientWidth < 2;
			const clips = style.overflowX === 'hidden' || style.overflowX === 'clip';
			return !isHidden && clips && element.scrollWidth > element.clientWidth + 1;
		});
		const found = cut.map((element) => `${element.tagName}.${element.className} cuts its words`);
		if (wide > window.innerWidth) found.push(`${wide} px wide`);
		document.documentElement.style.fontSize = '';
		return found;
	});

async function look(page: Page, name: string, into: string[]): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		into.push(...(await judge(page)).map((fault) => `${name} ${colorScheme}: ${fault}`));
	}
	into.push(...(await findCutOff(page)).map((fault) => `${name} at 200 %: ${fault}`));
}

test('each screen holds at 360 px with text at 200 %, and axe finds nothing serious in either scheme', async ({
	browser,
}) => {
	const page = await signIn(browser);
	const found: string[] = [];
	for (const path of ['/my', '/my/profile', '/my/data']) {
		await page.goto(`${server.address}${path}`);
		await expect(page.locator('h1')).toBeVisible();
		await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
		await look(page, path, found);
	}
	await page.goto(`${server.address}/my`);
	await page.getByRole('link', { name: 'Начать' }).click();
	await expect(page.getByText('Займёт около 12 минут')).toBeVisible();
	await look(page, 'consent', found);
	await consent(page);
	await turnPage(page);
	await answerPage(page, 1);
	await look(page, 'matrix as cards', found);
	// each row is a card with choices as wide as a thumb needs, and each choice names its row
	const choice = page.getByRole('radio', { name: /строка .* колонка/ }).first();
	const target = await choice.locator('xpath=ancestor::label').boundingBox();
	expect(target!.height).toBeGreaterThanOrEqual(44);
	expect(target!.width).toBeGreaterThan(240);
	await choice.focus();
	await page.keyboard.press('ArrowDown');
	await expect(page.getByRole('radio', { name: /строка .* колонка/ }).nth(1)).toBeChecked();
	await toLastPage(page);
	await page.getByRole('button', { name: 'Проверить и отправить' }).click();
	await expect(page.getByRole('heading', { name: 'Проверьте перед отправкой' })).toBeFocused();
	await look(page, 'review', found);
	const open = page.getByRole('listitem').getByRole('button');
	const title = await open.nth(1).innerText();
	await open.nth(1).click();
	await expect(page.locator('input:focus')).toHaveAttribute('aria-label', new RegExp(title.slice(0, 20)));
	await page.context().close();
	expect(found).toEqual([]);
});

test('the profile shows waves and channels side by side, and my data can be taken along and taken back', async ({
	browser,
}) => {
	const page = await signIn(browser);
	await page.goto(`${server.address}/my/profile`);
	const history = page.getByRole('region', { name: 'Как менялись результаты' });
	await expect(history).toBeVisible();
	await expect(history.getByText('самооценка').first()).toBeVisible();
	await expect(history.getByText('тест').first()).toBeVisible();
	const headings = await page.getByRole('heading').allInnerTexts();
	expect(headings.indexOf('Ваша опора')).toBeLessThan(headings.indexOf('Что дальше'));

	await page.getByRole('link', { name: 'Мои данные', exact: true }).click();
	await expect(page.getByText('Соколова Анна Петровна').first()).toBeVisible();
	const file = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Таблица CSV' }).click();
	const csv = readFileSync(await (await file).path(), 'utf8');
	expect(csv).toContain('Соколова Анна Петровна');
	const spring = page.getByRole('region', { name: /весна/ });
	await expect(spring.getByText(/^Ответы: \d+ из \d+$/).first()).toBeVisible();
	await spring.getByRole('button', { name: 'Отозвать согласие и удалить ответы' }).click();
	await expect(spring.getByText(/Отменить удаление нельзя/)).toBeVisible();
	await spring.getByRole('button', { name: 'Да, отозвать' }).click();
	await expect(spring.getByText(/отозвано/).first()).toBeVisible();
	await expect(spring.getByText(/^Ответы:/)).toHaveCount(0);
	await page.goto(`${server.address}/my/profile`);
	await expect(page.getByText(/весна/)).toHaveCount(0);
	await page.context().close();
});

test('who opened the results of a teacher stands in that teacher’s own data', async ({ browser }) => {
	const teacher = await signIn(browser);
	const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU' });
	const methodist = await desk.newPage();
	const data = { login: 'methodist', password: 'opora-demo-2026' };
	await methodist.request.post(`${server.address}/api/session`, { data });
	// she lets the methodist see her levels
	const { csrf } = await (
		await teacher.request.post(`${server.address}/api/session`, {
			data: { login: 'teacher', password: 'opora-demo-2026' },
		})
	).json();
	const diagnostics = await (await teacher.request.get(`${server.address}/api/my/diagnostics`)).json();
	const { campaign_id } = diagnostics.find(({ title }: { title: string }) => title.startsWith('Осенняя'));
	const agreed = await teacher.request.post(`${server.address}/api/my/diagnostics/${campaign_id}/consent`, {
		data: { give: true, methodist: true },
		headers: { 'x-csrf-token': csrf },
	});
	expect(agreed.ok()).toBe(true);
	await handIn(teacher.request, campaign_id, csrf);
	const move = await campaignDesk(server, (await browser.newContext()).request);
	for (const to of ['closed', 'scored', 'reviewed']) await move(`/${campaign_id}/state`, { to });
	const release = await campaignDesk(server, (await browser.newContext()).request, 'leader');
	await release(`/${campaign_id}/state`, { to: 'released' });
	await teacher.goto(`${server.address}/my/data`);
	const looks = teacher.getByRole('region', { name: 'Кто смотрел мои результаты' });
	await expect(looks).toBeVisible();
	const before = await looks.getByRole('listitem').filter({ hasText: 'смотрел ваши уровни' }).count();
	await methodist.goto(`${server.address}/people/agreed`);
	await methodist.getByLabel('Найти по имени или школе').fill('Соколова Анна Петровна');
	await methodist.getByRole('link', { name: 'Соколова Анна Петровна' }).click();
	await expect(methodist.getByRole('heading', { name: 'Соколова Анна Петровна' })).toBeVisible();
	await expect(methodist.getByRole('figure').first()).toBeVisible();
	await teacher.reload();
	await expect(looks.getByRole('listitem').filter({ hasText: 'смотрел ваши уровни' })).toHaveCount(
		before + 1,
	);
	await expect(looks.getByText('методист').first()).toBeVisible();
	await desk.close();
	await teacher.context().close();
});

/** Hands in the first form of a campaign as its generator would fill it. */
async function handIn(request: APIRequestContext, campaign: string, csrf: string): Promise<void> {
	const diagnostics = await (await request.get(`${server.address}/api/my/diagnostics`)).json();
	const { instrument } = diagnostics.find((each: { campaign_id: string }) => each.campaign_id === campaign);
	const form = `${server.address}/api/my/diagnostics/${campaign}/${instrument}`;
	const { response_id } = await (await request.get(form)).json();
	const { survey, key } = listShippedInstruments().find((each) => each.key.instrument === instrument)!;
	const answers = compileRespondent(survey, key)(createRandom(1), () => 0);
	const said = { response_id, answers, started_at: new Date().toISOString(), duration_seconds: 600 };
	const sent = await request.post(`${form}/response`, { data: said, headers: { 'x-csrf-token': csrf } });
	expect(sent.status(), await sent.text()).toBe(201);
}
