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
	for (const [button, file] of [
		['Скачать список для мессенджеров (XLSX)', 'komu-napomnit.xlsx'],
		['то же в CSV', 'komu-napomnit.csv'],
	] as const) {
		const saved = page.waitForEvent('download');
		await page.getByRole('button', { name: button }).click();
		expect((await saved).suggestedFilename()).toBe(file);
	}
});

test('stages of release are planned', async () => {
	await openTab('Выпуск');
	await page.getByLabel(/Муниципалитет \(сводка\)/).fill('2031-02-10');
	await page.getByRole('button', { name: 'Сохранить этапы' }).click();
	await expect(page.getByText('сохранено', { exact: true })).toBeVisible();
});

test('a forecast is an interval, said for the campaign and for its municipality', async () => {
	await openTab('Охват');
	await expect(page.getByText(/Прогноз, \d+/)).toBeVisible();
	await expect(page.getByText(/К .+: [\d\s]+–[\d\s]+ из [\d\s]+ \(вероятность 80\s%\)/)).toBeVisible();
	await expect(page.getByText(/Есть ответы: режим, версии инструментов/)).toBeVisible();
});

test('a campaign is made for those whom the conditions leave, and approval invites exactly them', async () => {
	await page.goto(`${server.address}/campaigns/new`);
	await page.getByLabel('Название').fill('Молодым учителям');
	await page.getByLabel('Цель').fill('Собрать школу молодого педагога');
	await page.getByLabel('Основание').fill('План ИМО');
	await page.getByRole('checkbox').first().check();
	const preview = page.getByRole('region', { name: 'Кого это касается' });
	const counted = async () =>
		Number((await preview.getByText(/^[\d\s]+ человек/).innerText()).replace(/\D/g, ''));
	const all = await counted();
	await page.getByLabel('Только молодые специалисты').check();
	await page.getByRole('combobox', { name: 'Квалификационная категория' }).click();
	await page.getByRole('option', { name: /без категории/ }).click();
	await expect(preview.getByText(/Категория: без категории; молодые: до 35 лет — состав на/)).toBeVisible();
	// The count follows the conditions one after the other: the last of them has been counted when it stands still.
	const isSettled = async () => {
		const before = await counted();
		await page.waitForTimeout(1_000);
		return before < all && before === (await counted());
	};
	await expect.poll(isSettled).toBe(true);
	const few = await counted();
	await preview.getByRole('button', { name: 'Посмотреть поимённо' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByText(new RegExp(`из ${few}$`))).toBeVisible();
	const [first = ''] = await dialog.getByRole('rowheader').allInnerTexts();
	await dialog.getByLabel('Найти по имени').fill(first.split(' ').reverse().join(' ').toLowerCase());
	await expect(dialog.getByText(/^1–\d+ из \d$/)).toBeVisible();
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Сохранить черновик' }).click();
	await page.getByRole('link', { name: 'Изменить черновик' }).click();
	await page.getByLabel('Название').fill('Молодым учителям без категории');
	await page.getByRole('button', { name: 'Сохранить изменения' }).click();
	await expect(page.getByText('Изменения сохранены.')).toBeVisible();
	await page.getByRole('button', { name: 'Утвердить и пригласить' }).click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: `Пригласить ${few} человек` })
		.click();
	await openTab('Состав');
	await expect(page.getByText('Состав закреплён при утверждении')).toBeVisible();
	await expect(page.getByText(new RegExp(`из ${few}$`))).toBeVisible();
	await expect(page.getByRole('rowheader').first()).toHaveText(first);
	await expect(page.getByRole('link', { name: 'Изменить черновик' })).toBeHidden();
	await page.goto(`${server.address}/campaigns`);
	await page.getByRole('link', { name: /Осенняя диагностика/ }).click();
});

test('the first day of a new campaign is the server’s, wherever the browser is', async ({ browser }) => {
	// Fourteen hours ahead and eleven behind: at any hour one of them has another day than the server.
	for (const timezoneId of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
		const context = await browser.newContext({ locale: 'ru-RU', timezoneId });
		const far = await context.newPage();
		await far.goto(`${server.address}/sign-in`);
		await far.getByText('Орлова Наталья Юрьевна').click();
		await far.waitForURL((url) => url.pathname !== '/sign-in');
		const { today } = await far.evaluate(async () => (await fetch('/api/today')).json());
		await far.goto(`${server.address}/campaigns/new`);
		await expect(far.getByLabel('Первый день ответов')).toHaveValue(today);
		await expect(far.getByLabel('Состав педагогов на день')).toHaveValue(today);
		await context.close();
	}
});

test('on a phone a campaign shows a few schools, more at a time, and finds the others', async () => {
	await page.setViewportSize({ width: 360, height: 740 });
	await openTab('Охват');
	const schools = page.getByText(/ждём \d+/);
	await expect(schools).toHaveCount(5);
	await page.getByRole('button', { name: 'Показать ещё 20' }).click();
	await expect(page.getByText(/Показаны 25 из \d+/)).toBeVisible();
	await page.getByLabel('Найти школу').fill('Лицей № 4');
	await expect(schools).toHaveCount(1);
	await page.getByLabel('Найти школу').fill('такой нет');
	await expect(page.getByText('Такой школы в кампании нет.')).toBeVisible();
	await page.getByLabel('Найти школу').fill('');
	await page.getByRole('button', { name: /муниципальный округ/ }).click();
	await expect(schools).toHaveCount(0);
	await page.getByRole('button', { name: /муниципальный округ/ }).click();
});

test('fits a phone', async () => {
	await page.setViewportSize({ width: 360, height: 740 });
	for (const tab of ['Охват', 'Состав', 'Приглашения', 'Согласия', 'Напоминания', 'Выпуск']) {
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
	await expect(visitor.getByRole('alert')).toContainText('Такого кода нет');
	await expect(visitor.getByRole('alert')).toContainText('Проверьте каждый знак');
	await context.close();
});
