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

	// what is published is frozen: nobody edits it further
	await author.goto(draft);
	await author.getByRole('tab', { name: 'Вопросы' }).click();
	await expect(author.getByLabel('Текст вопроса, русский')).not.toBeEditable();
	await expect(author.getByRole('button', { name: 'Добавить вопрос' })).toHaveCount(0);

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

/** A template as a draft, with what a hand needs to edit it. */
async function startTemplate(page: Page, title: string) {
	await page.goto(`${server.address}/workshop/new`);
	await page
		.getByRole('listitem')
		.filter({ hasText: title })
		.getByRole('button', { name: 'Начать', exact: true })
		.click();
	await expect(page).toHaveURL(/\/workshop\/drafts\//);
	const tab = (name: string | RegExp) => page.getByRole('tab', { name }).click();
	const open = async (words: string, name: string) => {
		await page.getByRole('navigation', { name: 'Вопросы' }).getByRole('button', { name: words }).click();
		return page.getByRole('region', { name: `Вопрос ${name}`, exact: true });
	};
	return { tab, open };
}

test('conditions are built in words, and the preview shows what a chosen respondent sees at both widths', async ({
	browser,
}) => {
	const author = await signIn(browser, 'methodist');
	const { tab, open } = await startTemplate(author, 'Самооценка: новая анкета');
	const item = await open('Бывает трудно уложить урок', 'q2');
	const shown = item.getByRole('region', { name: 'Показывать' });
	await expect(shown.getByText('всегда')).toBeVisible();
	await shown.getByRole('button', { name: 'Задать условие' }).click();
	await shown.getByLabel('О чём спросить').selectOption({ label: 'стаж' });
	await shown.getByLabel('Значение').selectOption({ label: 'до 3 лет' });
	await expect(shown.getByText('если стаж — «до 3 лет»')).toBeVisible();
	await shown.getByRole('button', { name: 'Ещё одно условие' }).click();
	await shown.getByLabel('Значение').nth(1).selectOption({ label: 'Владею' });
	await expect(
		shown.getByText('если стаж — «до 3 лет» и «Ставлю цель урока через результат ученика» — «Владею»'),
	).toBeVisible();
	await shown.getByText('хотя бы одна строка').click();
	await expect(shown.getByText(/«до 3 лет» или «Ставлю цель/)).toBeVisible();

	await tab('Просмотр');
	const frame = author.frameLocator('iframe');
	const dependent = frame.getByText('Бывает трудно уложить урок в отведённое время');
	const widthOf = () => frame.locator('body').evaluate(() => window.innerWidth);
	await expect(frame.getByText('Составляю критерии, понятные ученику')).toBeVisible();
	await expect(dependent).toBeHidden();
	expect(await widthOf()).toBe(360);
	await author.getByText('компьютер', { exact: true }).click();
	await expect.poll(widthOf).toBe(1100);
	await expect(author.getByText('Условия анкеты спрашивают: стаж.')).toBeVisible();
	await author.getByLabel('Стаж').selectOption({ label: 'до 3 лет, молодой специалист' });
	await expect(dependent).toBeVisible();
	await author.getByLabel('Стаж').selectOption({ label: 'больше 20 лет' });
	await expect(dependent).toBeHidden();
	// the other line of the condition: an answer in the preview itself
	await frame.locator('[data-name="q1"] label').nth(2).click();
	await expect(dependent).toBeVisible();

	await tab('Изменения');
	await expect(author.getByText(/изменено условие показа: «всегда» → «/)).toBeVisible();
	await author.context().close();
});

test('the linter names each fault on the screen, leads to it, and is silent when it is mended', async ({
	browser,
}) => {
	const author = await signIn(browser, 'methodist');
	const { tab, open } = await startTemplate(author, 'Самооценка: новая анкета');
	const never = (await open('Подбираю задания под разный темп', 'q5')).getByRole('region', {
		name: 'Показывать',
	});
	await never.getByRole('button', { name: 'Задать условие' }).click();
	await never.getByRole('button', { name: 'Ещё одно условие' }).click();
	await never.getByLabel('Значение').nth(1).selectOption({ label: 'Владею отчасти' });
	for (const [words, name] of [
		['Бывает трудно уложить урок', 'q2'],
		['Бывает трудно объяснить', 'q4'],
	] as const) {
		const reversed = await open(words, name);
		await reversed.getByText('лучше владеет', { exact: true }).click();
	}
	const double = await open('Составляю критерии', 'q3');
	await double.getByLabel('Текст вопроса, русский').fill('Составляю и обсуждаю критерии с учениками');
	await double.getByLabel('Текст вопроса, английский').fill('');
	await (await open('Ставлю цель урока', 'q1'))
		.getByLabel('Текст вопроса, русский')
		.fill('очень длинное утверждение '.repeat(100));
	const last = author.getByRole('navigation', { name: 'Вопросы' }).getByRole('button', { name: /^8\D/ });
	await last.click();
	await author.getByLabel('Компетенция').selectOption({ label: 'не оценивается' });
	await tab('Настройки');
	await author.getByLabel('Минут на ответы').fill('1');
	await tab(/^Проверка/);
	const found = (words: RegExp) => author.getByRole('listitem').filter({ hasText: words });
	for (const words of [
		/Ошибка\..*не увидит никто/,
		/Ошибка\. В шкале «.*» вопросов: 1/,
		/Ошибка\. Нет текста на языке/,
		/Совет\. В шкале «.*» все утверждения \(\d+\) направлены в одну сторону/,
		/Совет\. Похоже, .* спрашивает сразу о двух вещах: «Составляю и обсуждаю»/,
		/Совет\. Вопрос «.*» длинный: слов — 300/,
		/Совет\. По нашей оценке, ответы займут около \d+ мин, а указано 1/,
	])
		await expect(found(words).first(), String(words)).toBeVisible();

	await tab('Публикация');
	await expect(author.getByRole('button', { name: 'Отправить на проверку' })).toBeDisabled();
	await tab(/^Проверка/);
	await found(/не увидит никто/)
		.getByRole('button', { name: 'Перейти' })
		.click();
	const unreachable = author.getByRole('region', { name: 'Вопрос q5' });
	await unreachable
		.getByRole('region', { name: 'Показывать' })
		.getByRole('button', { name: 'Изменить' })
		.click();
	await unreachable.getByRole('button', { name: 'Убрать условие' }).click();
	await tab(/^Проверка/);
	await expect(found(/не увидит никто/)).toHaveCount(0);
	await expect(found(/вопросов: 1/)).not.toHaveCount(0);
	await author.context().close();
});

test('a test gets points, keys, cut scores and a least share; a colleague returns it with a word', async ({
	browser,
}) => {
	const author = await signIn(browser, 'methodist');
	const { tab, open } = await startTemplate(author, 'Тест с ключами: новый');
	const draft = author.url();
	const choice = await open('Что делает контрольную работу', 't1');
	await choice.getByLabel('Компетенция').selectOption({ label: 'не оценивается' });
	await expect(choice.getByText('Задание «t1» без ключа.')).toBeVisible();
	await choice.getByLabel('Компетенция').selectOption({ label: 'Объективное и формирующее оценивание' });
	await expect(choice.getByText('Задание «t1» без ключа.')).toHaveCount(0);
	await choice.getByLabel('Соответствие заданий планируемым результатам').fill('3');
	await expect(choice.getByText('Максимум за вопрос: 3')).toBeVisible();
	await choice.getByLabel('Обязательный').check();
	await tab('Настройки');
	await author.getByLabel('Граница: высокий дефицит → средний дефицит').fill('50');
	await author.getByLabel('Наименьшая доля ответов в шкале').fill('80');
	await expect(author.getByText(/сохранено в/)).toBeVisible();
	await tab('Изменения');
	await expect(author.getByText(/границы уровней: .*60.* → .*50/)).toBeVisible();
	await expect(author.getByText(/максимум баллов: 2 → 3/)).toBeVisible();
	await expect(author.getByText(/обязательный ответ: да/)).toBeVisible();
	await tab('Публикация');
	await author.getByRole('button', { name: 'Отправить на проверку' }).click();
	await expect(author.getByText('на проверке у коллеги')).toBeVisible();

	const reviewer = await signIn(browser, 'leader');
	await reviewer.goto(draft);
	await expect(reviewer.getByRole('button', { name: 'Вернуть автору' })).toBeDisabled();
	await reviewer.getByLabel('Слово коллеге').fill('Граница 50 % обоснована?');
	await reviewer.getByRole('button', { name: 'Вернуть автору' }).click();
	await expect(reviewer.getByText('черновик', { exact: true })).toBeVisible();
	await author.reload();
	await tab('Публикация');
	await expect(author.getByText('Граница 50 % обоснована?')).toBeVisible();
	await reviewer.context().close();
	await author.context().close();
});

test('a SurveyJS file and a copy of a published instrument become drafts; the sheet to fill in is offered', async ({
	browser,
}) => {
	const author = await signIn(browser, 'methodist');
	await author.goto(`${server.address}/workshop/new`);
	const offered = author.waitForEvent('download');
	await author.getByRole('button', { name: 'Скачать шаблон таблицы' }).click();
	const blank = await offered;
	expect(blank.suggestedFilename()).toBe('instrument.xlsx');
	await choose(author, 'mine.xlsx', readFileSync(await blank.path()), 'application/octet-stream');
	await expect(author.getByText(/^Таблица «mine»: \d+ вопрос/)).toBeVisible();

	await choose(author, 'broken.json', Buffer.from('{"pages": ['), 'application/json');
	await expect(author.getByRole('alert')).toBeVisible();
	const survey = {
		title: 'Опрос из файла',
		pages: [
			{
				name: 'first',
				elements: [
					{ type: 'radiogroup', name: 'club', title: 'Ведёте кружок?', choices: ['да', 'нет'] },
					{ type: 'comment', name: 'which', title: 'Какой?', visibleIf: "{club} = 'да'" },
				],
			},
		],
	};
	await choose(author, 'survey.json', Buffer.from(JSON.stringify(survey)), 'application/json');
	await expect(author.getByText('Анкета «Опрос из файла»: 2 вопроса')).toBeVisible();
	await author.getByRole('button', { name: 'Создать черновик' }).click();
	await author.getByRole('button', { name: /Какой\?/ }).click();
	await expect(author.getByText('если «Ведёте кружок?» — «да»')).toBeVisible();

	await author.goto(`${server.address}/workshop/new`);
	await author
		.getByRole('listitem')
		.filter({ hasText: 'Отзыв о мероприятии' })
		.getByRole('button', { name: 'Сделать копию' })
		.click();
	await expect(author).toHaveURL(/\/workshop\/drafts\//);
	await expect(author.getByText(/черновик/).first()).toBeVisible();
	await author.context().close();
});
