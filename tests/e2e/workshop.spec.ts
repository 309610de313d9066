import { readFileSync } from 'node:fs';
import { type Browser, expect, type Page, test } from '@playwright/test';
import writeXlsx from 'write-excel-file/node';
import { startTestServer, type TestServer } from '../support/running-server.ts';

/** One instrument from a sheet to a campaign, by two people, and out and in again as a signed archive. */

const password = 'opora-demo-2026';
const title = 'Проверка мастерской';
let server: TestServer;

test.beforeAll(async () => {
	test.setTimeout(180_000);
	server = await startTestServer();
});
test.afterAll(() => server?.stop());

async function signIn(browser: Browser, login: string): Promise<Page> {
	const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
	const reply = await page.request.post(`${server.address}/api/session`, { data: { login, password } });
	expect(reply.ok()).toBe(true);
	return page;
}

const cells = (rows: (string | null)[][]) => rows.map((row) => row.map((value) => ({ value })));
const scale = 'Нет | Отчасти | Да';
const scaleEn = 'No | In part | Yes';
const sheet = (third: string) =>
	writeXlsx(
		cells([
			['Вопрос', 'Вопрос (en)', 'Вид', 'Варианты', 'Варианты (en)', 'Компетенция', 'Обратный'],
			['Ставлю цель урока', 'I set the aim', 'шкала', scale, scaleEn, 'lesson_design', null],
			['Не успеваю подвести итог', 'I run out of time', third, scale, scaleEn, 'lesson_design', 'да'],
			['Составляю критерии', null, 'шкала', scale, scaleEn, 'assessment', null],
			['Сомневаюсь в отметке', 'I doubt the mark', 'шкала', scale, scaleEn, 'assessment', 'да'],
		]) as never,
	).toBuffer();

async function choose(page: Page, name: string, buffer: Buffer, mimeType: string): Promise<void> {
	await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
}

test('from a sheet to a campaign, and back from an archive', async ({ browser }, info) => {
	test.setTimeout(90_000);
	const shot = async (page: Page, name: string) =>
		process.env.OPORA_SHOTS
			? void (await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true }))
			: undefined;
	const author = await signIn(browser, 'methodist');
	await author.goto(`${server.address}/workshop`);
	await shot(author, 'overview');
	await author.getByRole('link', { name: 'Новый инструмент' }).click();
	await choose(author, `${title}.xlsx`, await sheet('гадание'), 'application/octet-stream');
	await expect(author.getByText(/Строка 3/)).toBeVisible();
	await expect(author.getByRole('button', { name: 'Создать черновик' })).toHaveCount(0);
	await choose(author, `${title}.xlsx`, await sheet('шкала'), 'application/octet-stream');
	await expect(author.getByText('Пока ничего не сохранено.')).toBeVisible();
	await shot(author, 'new');
	await author.getByRole('button', { name: 'Создать черновик' }).click();

	await expect(author).toHaveURL(/\/workshop\/drafts\//);
	const draft = author.url();
	await author.getByRole('button', { name: /Составляю критерии/ }).click();
	const item = author.getByRole('region', { name: 'Вопрос q3' });
	await expect(item.getByText(/Нет текста на языке/)).toBeVisible();
	await shot(author, 'editor');
	await item.getByLabel('Текст вопроса, английский').fill('I write criteria');
	await expect(item.getByText(/Нет текста на языке/)).toHaveCount(0);
	await author.getByRole('tab', { name: 'Настройки' }).click();
	await author.getByLabel('Название, английский').fill('A test of the workshop');
	await author.getByLabel('Для чего: это прочитает отвечающий, русский').fill('Чтобы всё работало');
	await author.getByLabel('Для чего: это прочитает отвечающий, английский').fill('So that it works');
	await expect(author.getByText(/сохранено в/)).toBeVisible();
	await shot(author, 'settings');
	await expect(author.getByRole('tab', { name: 'Проверка', exact: true })).toBeVisible();

	await author.getByRole('tab', { name: 'Просмотр' }).click();
	const frame = author.frameLocator('iframe');
	await expect(frame.getByText('Составляю критерии')).toBeVisible();
	expect(await author.locator('iframe').evaluate((each) => each.getBoundingClientRect().width)).toBeLessThan(
		370,
	);
	await author.getByText('английский', { exact: true }).click();
	await expect(frame.getByText('I write criteria')).toBeVisible();
	await shot(author, 'preview');

	await author.getByRole('tab', { name: 'Публикация' }).click();
	await author.getByLabel('Слово коллеге').fill('Посмотрите, пожалуйста');
	await author.getByRole('button', { name: 'Отправить на проверку' }).click();
	await expect(author.getByText('на проверке у коллеги')).toBeVisible();
	await expect(author.getByRole('button', { name: 'Опубликовать версию' })).toHaveCount(0);

	const reviewer = await signIn(browser, 'leader');
	await reviewer.goto(draft);
	await expect(reviewer.getByText('Посмотрите, пожалуйста')).toBeVisible();
	await reviewer.getByRole('tab', { name: 'Изменения' }).click();
	await expect(reviewer.getByText(/I write criteria/)).toBeVisible();
	await shot(reviewer, 'changes');
	await reviewer.getByRole('tab', { name: 'Публикация' }).click();
	await reviewer.getByRole('button', { name: 'Опубликовать версию' }).click();
	await expect(reviewer.getByText(/Опубликована версия 1/)).toBeVisible();

	await author.goto(`${server.address}/campaigns/new`);
	await expect(author.getByRole('checkbox', { name: title })).toBeVisible();

	await author.goto(`${server.address}/workshop`);
	await author.getByRole('link', { name: title }).click();
	// the list has a button of this name for each instrument
	await expect(author.getByRole('heading', { level: 1, name: title })).toBeVisible();
	const waiting = author.waitForEvent('download');
	await author.getByRole('button', { name: 'Скачать архив' }).click();
	const archive = readFileSync(await (await waiting).path());
	await shot(author, 'version');
	await author.goto(`${server.address}/workshop/new`);
	const forged = Buffer.from(archive);
	const at = forged.lastIndexOf('manifest.json');
	forged[at] = 'M'.charCodeAt(0);
	await choose(author, 'forged.zip', forged, 'application/zip');
	await expect(author.getByRole('alert')).toBeVisible();
	await choose(author, 'archive.zip', archive, 'application/zip');
	await expect(author.getByText('Подписано этой установкой.')).toBeVisible();
	await expect(author.getByText(/после версии 1/)).toBeVisible();
	await author.getByRole('button', { name: 'Создать черновик' }).click();
	await author.getByRole('tab', { name: 'Изменения' }).click();
	await expect(author.getByText('Изменений нет')).toBeVisible();

	await author.setViewportSize({ width: 360, height: 740 });
	await author.emulateMedia({ colorScheme: 'dark' });
	await author.getByRole('tab', { name: 'Вопросы' }).click();
	await shot(author, 'phone-dark');
	expect(await author.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
