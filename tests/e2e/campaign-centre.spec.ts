import { type Browser, expect, type Page, test } from '@playwright/test';
import { recordStaff } from '#data/records/registry/record-staff.ts';
import { openRecords } from '#data/records/store.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { answerPage, consent } from './answering.ts';
import { campaignDesk, openCampaign } from './own-campaign.ts';

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

/** Whose school the demo's coordinator keeps. */
const own = { id: 'sch900013', name: 'Средняя общеобразовательная школа № 13' };
const feedback = [{ instrument: 'event-feedback', version: 1 }];
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** A campaign of one school, opened over HTTP and shown on the page. */
async function showOwn(browser: Browser, title: string, given: { mode?: 'anonymous'; school?: string } = {}) {
	const { request } = await browser.newContext();
	const opened = await openCampaign(server, request, { title, instruments: feedback, ...given });
	await page.goto(`${server.address}/campaigns/${opened.campaign}`);
	await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
	return { ...opened, request };
}

/** Somebody with a slip of paper: types its code on a phone. */
async function enterByCode(browser: Browser, code: string): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'ru-RU' });
	const visitor = await context.newPage();
	await visitor.goto(`${server.address}/link`);
	await visitor.getByLabel('Код с листка').fill(code);
	await visitor.getByRole('button').first().click();
	await expect(visitor.getByRole('link', { name: 'Начать' })).toBeVisible();
	return visitor;
}

test('a link whose time is over says so, and opens the own data with the withdrawal', async ({ browser }) => {
	const { request } = await browser.newContext();
	const title = 'Отзывы, которые уже собраны';
	const { campaign, links } = await openCampaign(server, request, { title, instruments: feedback });
	const post = await campaignDesk(server, request);
	await post(`/${campaign}/state`, { to: 'closed' });
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'ru-RU' });
	const visitor = await context.newPage();
	await visitor.goto(`${server.address}/link${new URL(links[0]!.url).hash}`);
	await expect(visitor.getByText('Приём ответов закрыт')).toBeVisible();
	await expect(visitor.getByText('закрыли раньше назначенного дня')).toBeVisible();
	await visitor.getByRole('link', { name: 'Мои ответы и согласие' }).click();
	await expect(visitor.getByRole('heading', { name: title })).toBeVisible();
	await context.close();
});

test('slips carry a QR code and a code to type; a refusal reads as done, a withdrawn consent is a number', async ({
	browser,
}) => {
	test.setTimeout(180_000);
	const { request, campaign } = await showOwn(browser, 'Отзывы одной школы', { school: own.id });
	await openTab('Приглашения');
	const links = page.getByRole('region', { name: 'Личные ссылки' });
	await links.getByRole('combobox', { name: 'Школа' }).fill('№ 13');
	await page.getByRole('option', { name: new RegExp(own.name) }).click();
	await links.getByRole('button', { name: 'Создать ссылки' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Создать ссылки' }).click();
	const ready = await links.getByText(/Готов[аыо] \d+ ссыл/).innerText();
	await expect(links.getByRole('button', { name: 'Напечатать листки' })).toBeEnabled();
	await page.emulateMedia({ media: 'print' });
	const slips = page.locator('.slips-to-print section');
	await expect(slips).toHaveCount(Number(ready.replace(/\D/g, '')));
	await expect(slips.first().getByRole('img', { name: 'Код со ссылкой' })).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toBeHidden();
	const codes = (await slips.allInnerTexts()).map((text) => /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(text)![0]);
	await page.emulateMedia({ media: 'screen' });

	const refusing = await enterByCode(browser, codes[0]!.replace('-', ' ').toLowerCase());
	await refusing.getByRole('link', { name: 'Начать' }).click();
	await refusing.getByRole('button', { name: 'Не участвую' }).click();
	await expect(refusing.getByText(/Для школы это выглядит как пройденная/)).toBeVisible();
	await refusing.getByRole('button', { name: 'Да, не участвую' }).click();
	await expect(refusing.getByText(/отказал/).first()).toBeVisible();
	await refusing.context().close();

	const withdrawing = await enterByCode(browser, codes[1]!);
	await withdrawing.getByRole('link', { name: 'Начать' }).click();
	await consent(withdrawing);
	const onDevice = () =>
		withdrawing.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('opora-answers:')));
	await withdrawing.getByRole('button', { name: 'Далее' }).click();
	await expect(withdrawing.locator('input[type=radio]').first()).toBeAttached();
	await answerPage(withdrawing, 1);
	await expect.poll(onDevice).toHaveLength(1);
	await withdrawing.goto(`${server.address}/my/data`);
	await withdrawing.getByRole('button', { name: 'Отозвать согласие и удалить ответы' }).click();
	await withdrawing.getByRole('button', { name: 'Да, отозвать' }).click();
	await expect(withdrawing.getByText(/отозвано/).first()).toBeVisible();
	await expect.poll(onDevice).toEqual([]);
	await withdrawing.context().close();

	await openTab('Согласия');
	await page.reload();
	const row = page.getByRole('row', { name: /Участие в диагностике/ });
	await expect(row.getByRole('cell')).toHaveText([/-1$/, '0', '1', '1']);

	// the school sees whom one waits for, and not who refused: to it both are done
	const coordinator = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU' });
	const theirs = await coordinator.newPage();
	await coordinator.request.post(`${server.address}/api/session`, {
		data: { login: 'school', password: 'opora-demo-2026' },
	});
	await theirs.goto(`${server.address}/campaigns/${campaign}`);
	await expect(theirs.getByText(/^Отказались$/)).toHaveCount(0);
	await expect(theirs.getByText(`ждём ${codes.length - 2} человек`).first()).toBeVisible();
	await coordinator.close();
	await request.dispose();
});

test('an anonymous campaign knows nobody: no list of whom one waits for, no reminders, no own answers', async ({
	browser,
}) => {
	const { links, request } = await showOwn(browser, 'Анонимный отзыв', { mode: 'anonymous' });
	await expect(page.getByText(/Ответы нельзя связать с человеком/)).toBeVisible();
	await openTab('Напоминания');
	await expect(page.getByText(/Кампания анонимная: никто не знает, кто ещё не ответил/)).toBeVisible();
	await openTab('Приглашения');
	await expect(page.getByText(/Кампания анонимная: состав после приглашения не отслеживается/)).toBeVisible();
	await openTab('Охват');
	await expect(page.getByRole('button', { name: /№ 18/ })).toHaveCount(0);
	const visitor = await enterByCode(browser, links[0]!.code);
	await visitor.getByRole('link', { name: 'Начать' }).click();
	await expect(visitor.getByText(/Ответы анонимны: связать их с вами нельзя/)).toBeVisible();
	await visitor.goto(`${server.address}/my/data`);
	await expect(visitor.getByText(/Диагностика анонимная: ответы не связаны/)).toBeVisible();
	await visitor.context().close();
	await request.dispose();
});

test('who came, changed schools or left since the reference day is named; who came is invited with one button', async ({
	browser,
}) => {
	const { request } = await showOwn(browser, 'Состав меняется');
	await openTab('Приглашения');
	const changes = page.getByRole('region', { name: 'Изменения в составе' });
	await expect(changes.getByText(/никто не пришёл, не перешёл и не выбыл/)).toBeVisible();
	const records = await openRecords({ folder: server.folder });
	const staff = await records.db
		.selectFrom('employment')
		.innerJoin('person', 'person.id', 'employment.person_id')
		.selectAll('employment')
		.select(['person.full_name', 'person.birth_date'])
		.where('school_id', '=', 'sch900018')
		.where('ended_on', 'is', null)
		.orderBy('person.full_name')
		.limit(2)
		.execute();
	const entryOf = (one: (typeof staff)[number]) => ({
		...one,
		subjects: JSON.parse(one.subjects) as string[],
		ended_on: day(-1),
		batch_id: null,
	});
	const [moving, leaving] = staff.map(entryOf);
	const newcomer = { ...moving!, full_name: 'Новикова Ольга Тестовна', birth_date: '1990-01-02' };
	await records.transaction(async (trx) => {
		await recordStaff(trx, [moving!, leaving!]);
		await recordStaff(trx, [
			{ ...moving!, school_id: own.id, started_on: day(0), ended_on: null },
			{ ...newcomer, person_id: 'new', started_on: day(0), ended_on: null },
		]);
	});
	await records.close();
	await page.reload();
	await expect(changes.getByText('Перешёл в другую школу: 1')).toBeVisible();
	await expect(changes.getByText(moving!.full_name)).toBeVisible();
	await expect(changes.getByText('Выбыл: 1')).toBeVisible();
	await expect(changes.getByText('Появился после отбора: 1')).toBeVisible();
	await changes.getByRole('button', { name: 'Пригласить 1 человека' }).click();
	await expect(changes.getByText(/Появился после отбора/)).toHaveCount(0);
	await openTab('Состав');
	await page.getByLabel('Найти по имени').fill('Новикова Ольга');
	await expect(page.getByRole('rowheader', { name: 'Новикова Ольга Тестовна' })).toBeVisible();
	await request.dispose();
});

test('released in stages: at first the teachers alone see results, and the page says so', async ({
	browser,
}) => {
	const { campaign, request } = await showOwn(browser, 'Выпуск по этапам');
	await openTab('Выпуск');
	for (const [label, offset] of [
		[/^Методист/, 3],
		[/^Школа \(сводка\)/, 5],
		[/^Муниципалитет/, 7],
	] as const)
		await page.getByLabel(label).fill(day(10 + offset));
	await page.getByRole('button', { name: 'Сохранить этапы' }).click();
	await expect(page.getByText('сохранено', { exact: true })).toBeVisible();
	const post = await campaignDesk(server, request);
	for (const to of ['closed', 'scored', 'reviewed']) await post(`/${campaign}/state`, { to });
	const leader = await campaignDesk(server, (await browser.newContext()).request, 'leader');
	await leader(`/${campaign}/state`, { to: 'released' });
	await page.reload();
	await expect(page.getByText('Сейчас результаты видят только сами педагоги.')).toBeVisible();
	await request.dispose();
	await page.goto(`${server.address}/campaigns`);
	await page.getByRole('link', { name: /Осенняя диагностика/ }).click();
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
	const both = page.waitForResponse((reply) => {
		if (!reply.url().endsWith('/api/campaigns/preview')) return false;
		const { young, categories } = reply.request().postDataJSON();
		return young !== null && categories?.join() === 'none';
	});
	await page.getByLabel('Только молодые специалисты').check();
	await page.getByRole('combobox', { name: 'Квалификационная категория' }).click();
	await page.getByRole('option', { name: /без категории/ }).click();
	await expect(preview.getByText(/Категория: без категории; молодые: до 35 лет — состав на/)).toBeVisible();
	// the count follows the conditions one after the other
	const few = (await (await both).json()).people as number;
	await expect.poll(counted).toBe(few);
	expect(few).toBeLessThan(all);
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

test('a coordinator whose school was not asked reads so, and no «0 of 0»', async ({ browser }) => {
	const { request, campaign } = await showOwn(browser, 'Не для всех школ');
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'ru-RU' });
	await context.request.post(`${server.address}/api/session`, {
		data: { login: 'school', password: 'opora-demo-2026' },
	});
	const theirs = await context.newPage();
	await theirs.goto(`${server.address}/campaigns/${campaign}`);
	await expect(theirs.getByText('Ваша школа в этой кампании не участвует')).toBeVisible();
	await expect(theirs.getByText(/0 из 0/)).toHaveCount(0);
	await expect(theirs.getByRole('searchbox')).toHaveCount(0);
	// whoever runs it sees the count
	await expect(page.getByText(/0 из [1-9]/).first()).toBeVisible();
	await context.close();
	await request.dispose();
});
