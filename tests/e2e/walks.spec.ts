import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { answerAll, answerAllByKeyboard, answerPage, consent, turnPage, untilSaved } from './answering.ts';
import { resultsFiles } from './results-files.ts';

/** Both chains, walked once and whole, as the people of the demo walk them. */

const ownSchool = 'Средняя общеобразовательная школа № 18';
const newCampaign = 'Проверка связи: самооценка одной школы';
const openCampaign = 'Осенняя диагностика';

let server: TestServer;
let methodist: Page;
let leader: Page;
const contexts: BrowserContext[] = [];
const { isReal, procedures, files } = resultsFiles();

/** What one step leaves for the next. */
const found = {
	links: new Map<string, { fresh: string; open: string }>(),
	answeredBefore: 0,
	school: '',
	plan: '',
};

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
	test.setTimeout(180_000);
	server = await startTestServer();
	methodist = await signIn(browser, 'Орлова Наталья Юрьевна');
	leader = await signIn(browser, 'Захаров Дмитрий Олегович');
});

test.afterAll(async () => {
	for (const context of contexts) await context.close();
	await server?.stop();
});

async function freshPage(browser: Browser, width = 1440): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width, height: width < 500 ? 740 : 900 },
		locale: 'ru-RU',
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	contexts.push(context);
	const page = await context.newPage();
	page.on('pageerror', (error) => {
		throw error;
	});
	return page;
}

async function signIn(browser: Browser, name: string, width?: number): Promise<Page> {
	const page = await freshPage(browser, width);
	await page.goto(`${server.address}/sign-in`);
	await page.getByText(name).click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	return page;
}

/** Uploads one file, stores what the dry run shows and waits until it is stored. */
async function importFile(
	page: Page,
	kind: string,
	file: { name: string; bytes: Buffer },
	options: { procedure?: string; profile?: string } = {},
): Promise<void> {
	await page.goto(`${server.address}/imports`);
	await page.getByRole('radio', { name: kind, exact: true }).check({ force: true });
	if (options.procedure) await page.getByLabel('Процедура').selectOption(options.procedure);
	if (options.profile) await page.getByLabel('Вид файла').selectOption(options.profile);
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: file.name, mimeType: 'application/octet-stream', buffer: file.bytes });
	await expect(page.getByText('Что показала проверка')).toBeVisible({ timeout: 60_000 });
	const create = page.getByRole('radio', { name: 'Создать эти школы' });
	if (await create.isVisible()) await create.check();
	await page.getByRole('button', { name: 'Сохранить данные' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Сохранить', exact: true }).click();
	await expect(page.getByText('Сохранено', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
}

test('the methodist loads four procedures and their results', async () => {
	test.setTimeout(240_000);
	test
		.info()
		.annotations.push({ type: 'data', description: isReal ? 'real procedures of 2020' : 'simulated' });
	await importFile(methodist, 'Процедуры и шкалы', { name: 'procedures.json', bytes: procedures });
	for (const { name, bytes, procedure } of files)
		await importFile(methodist, 'Результаты', { name, bytes }, { procedure, profile: 'vpr-2020' });
	await methodist.goto(`${server.address}/imports`);
	for (const { name } of files) await expect(methodist.getByText(name).first()).toBeVisible();
});

async function takeStep(page: Page, button: string, confirm: RegExp, after: string): Promise<void> {
	await page.getByRole('region', { name: 'Следующий шаг' }).getByRole('button', { name: button }).click();
	await page.getByRole('dialog').getByRole('button', { name: confirm }).click();
	await expect(page.getByRole('dialog')).toBeHidden({ timeout: 20_000 });
	await expect(page.getByText(after).first()).toBeVisible({ timeout: 20_000 });
}

/** Personal links of the own school in a campaign, by name. */
async function makeLinks(campaign: string): Promise<Map<string, string>> {
	await methodist.goto(`${server.address}/campaigns`);
	await methodist.getByRole('link', { name: new RegExp(campaign) }).click();
	await expect(methodist.getByText(/ждём \d+/).first()).toBeVisible();
	await methodist.getByText('Приглашения', { exact: true }).click();
	const choice = methodist
		.getByRole('region', { name: 'Личные ссылки' })
		.getByRole('combobox', { name: 'Школа' });
	await choice.fill('№ 18');
	await methodist.getByRole('option', { name: new RegExp(ownSchool) }).click();
	await methodist.getByRole('button', { name: 'Создать ссылки' }).click();
	await methodist.getByRole('dialog').getByRole('button', { name: 'Создать ссылки' }).click();
	await expect(methodist.getByText(/Готов[аыо] \d+ ссыл/)).toBeVisible();
	await methodist.getByRole('button', { name: 'Скопировать все' }).click();
	const text = await methodist.evaluate(() => navigator.clipboard.readText());
	return new Map(text.split('\n').map((line) => line.split('\t') as [string, string]));
}

test('the methodist opens a campaign for one school', async () => {
	await methodist.goto(`${server.address}/campaigns/new`);
	await methodist.getByLabel('Название').fill(newCampaign);
	await methodist.getByLabel('Цель').fill('Проверить, что всё работает');
	await methodist.getByLabel('Основание').fill('Приказ № 1');
	await methodist.getByRole('checkbox', { name: /самооценка/ }).check();
	await methodist.getByLabel('Школы').first().click();
	await methodist.getByRole('option', { name: new RegExp(ownSchool) }).click();
	await methodist.keyboard.press('Escape');
	await expect(methodist.getByText('в 1 школе')).toBeVisible();
	await methodist.getByRole('button', { name: 'Сохранить черновик' }).click();
	await expect(methodist.getByText(/Черновик сохранён/)).toBeVisible();
	await takeStep(methodist, 'Утвердить и пригласить', /Пригласить|Утвердить/, 'утверждена');
	await takeStep(methodist, 'Открыть приём', /Открыть приём/, 'идёт приём ответов');
	await expect(methodist.getByText(/0 из \d+/).first()).toBeVisible();
});

test('two more teachers of the school get personal links', async () => {
	const fresh = await makeLinks(newCampaign);
	const open = await makeLinks(openCampaign);
	for (const [name, link] of open) {
		const other = fresh.get(name);
		if (other) found.links.set(name, { fresh: other, open: link });
	}
	expect(found.links.size).toBeGreaterThan(10);
});

async function answeredIn(page: Page): Promise<number> {
	const text = await page
		.getByText(/[\d\s  ]+ из [\d\s  ]+ \(/)
		.first()
		.innerText();
	return Number(text.split(' из ')[0]!.replace(/\D/g, ''));
}

const startButton = (page: Page) =>
	page
		.getByRole('link', { name: /^(Начать|Продолжить)/ })
		.or(page.getByRole('button', { name: /^(Начать|Продолжить)/ }))
		.first();

/** Enters by a personal link; tells whether its campaign still waits for an answer. */
async function isWaiting(page: Page, link: string): Promise<boolean> {
	await page.goto(link);
	// a link of somebody who has answered says so and opens nothing
	await expect(
		startButton(page).or(page.getByRole('alert')).or(page.getByText('Пройденные и закрытые')).first(),
	).toBeVisible();
	return startButton(page).isVisible();
}

async function begin(page: Page): Promise<void> {
	await startButton(page).click();
}

/** Teachers of the school who have not answered the open campaign yet. */
async function findWaiting(browser: Browser, count: number): Promise<{ fresh: string; open: string }[]> {
	const waiting: { fresh: string; open: string }[] = [];
	for (const [name, links] of found.links) {
		if (name.startsWith('Соколова Анна')) continue;
		const probe = await freshPage(browser);
		if (await isWaiting(probe, links.open)) waiting.push(links);
		await probe.context().close();
		if (waiting.length === count) return waiting;
	}
	throw new Error('too few teachers are still waiting');
}

test('three teachers answer: on a phone, with the keyboard alone, and resuming elsewhere', async ({
	browser,
}) => {
	test.setTimeout(300_000);
	await methodist.goto(`${server.address}/campaigns`);
	await methodist.getByRole('link', { name: new RegExp(openCampaign) }).click();
	found.answeredBefore = await answeredIn(methodist);
	const [byKeyboard, elsewhere] = await findWaiting(browser, 2);

	const phone = await signIn(browser, 'Соколова Анна Петровна', 360);
	for (let campaign = 0; campaign < 2; campaign += 1) {
		await phone.goto(`${server.address}/my`);
		await begin(phone);
		await consent(phone, { letMethodist: true });
		await answerAll(phone, (page) => 1 + (page % 3));
		if (campaign === 0)
			expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	}
	// The rate grows on the methodist's screen by itself.
	await expect.poll(() => answeredIn(methodist), { timeout: 20_000 }).toBe(found.answeredBefore + 1);

	for (const link of [byKeyboard!.open, byKeyboard!.fresh]) {
		const desk = await freshPage(browser);
		await isWaiting(desk, link);
		await begin(desk);
		await consent(desk);
		await answerAllByKeyboard(desk);
	}

	for (const link of [elsewhere!.open, elsewhere!.fresh]) {
		const first = await freshPage(browser, 360);
		await isWaiting(first, link);
		await begin(first);
		await consent(first);
		for (let number = 0; number < 3; number += 1) {
			await answerPage(first, 2);
			await turnPage(first);
		}
		await untilSaved(first);
		await first.context().close();
		const second = await freshPage(browser);
		await isWaiting(second, link);
		await begin(second);
		await expect(second.getByText(/Вы продолжаете с того места/)).toBeVisible();
		await answerAll(second, () => 2);
	}
	await expect.poll(() => answeredIn(methodist), { timeout: 20_000 }).toBe(found.answeredBefore + 3);
});

test('the profile comes at once: strengths first, levels with their error, three priorities', async ({
	browser,
}) => {
	const page = await signIn(browser, 'Соколова Анна Петровна', 360);
	await page.goto(`${server.address}/my/profile`);
	await expect(page.getByRole('heading', { name: 'Ваша опора' }).first()).toBeVisible();
	await expect(page.getByText(/±\s*\d/).first()).toBeVisible();
	const headings = await page.getByRole('heading').allInnerTexts();
	expect(headings.indexOf('Ваша опора')).toBeLessThan(headings.indexOf('Что дальше'));
});

async function releaseCampaign(title: string): Promise<void> {
	await methodist.goto(`${server.address}/campaigns`);
	await methodist.getByRole('link', { name: new RegExp(title) }).click();
	await takeStep(methodist, 'Закрыть приём', /Закрыть приём/, 'приём закрыт');
	await takeStep(methodist, 'Зафиксировать баллы', /Зафиксировать баллы/, 'баллы посчитаны');
	await takeStep(methodist, 'Отметить проверку', /Проверено/, 'проверена');
	await leader.goto(methodist.url());
	await takeStep(leader, 'Выпустить результаты', /Выпустить результаты/, 'результаты выпущены');
}

/** n of one scale of the map, summed over the groups of a dimension that hides none. */
async function mapTotal(page: Page, campaign: string): Promise<number> {
	const answer = await page.request.get(
		`${server.address}/api/analytics/deficit-map?campaign=${campaign}&by=locality&channel=self_assessment&format=json`,
	);
	const { columns } = await answer.json();
	const scale = columns.scale.findIndex((_: string, index: number) => columns.kind[index] === 'group');
	return columns.n.reduce(
		(sum: number, n: number | null, index: number) =>
			columns.scale[index] === columns.scale[scale] ? sum + (n ?? 0) : sum,
		0,
	);
}

const campaignOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) as string;

test('after release the map has grown by three, and three answers alone stay hidden with the reason', async () => {
	test.setTimeout(120_000);
	await releaseCampaign(openCampaign);
	const open = campaignOf(methodist);
	const skipped = await unscored(methodist, open);
	await expect
		.poll(() => mapTotal(methodist, open), { timeout: 20_000 })
		.toBe(found.answeredBefore + 3 - skipped);

	await releaseCampaign(newCampaign);
	await methodist.goto(`${server.address}/explore?campaign=${campaignOf(methodist)}&by=school`);
	await expect(methodist.getByText(/[Сс]крыто: меньше 5 человек/).first()).toBeVisible({ timeout: 20_000 });
});

/** People who answered but skipped too much of the scale to get a percent. */
async function unscored(page: Page, campaign: string): Promise<number> {
	const answer = await page.request.get(`${server.address}/api/campaigns/${campaign}/response-rate`);
	const { answered } = await answer.json();
	await expect.poll(() => mapTotal(page, campaign), { timeout: 20_000 }).toBeGreaterThan(0);
	return answered - (await mapTotal(page, campaign));
}

test('the leader sees the flags of the loaded results and opens the evidence of one school', async () => {
	test.setTimeout(120_000);
	await leader.goto(`${server.address}/today?year=2020`);
	const first = leader
		.locator('main')
		.getByRole('link', { name: /^S\d{4}/ })
		.first();
	await expect(first).toBeVisible({ timeout: 30_000 });
	found.school = (await first.innerText()).match(/S\d{4}/)![0];
	await first.click();
	await expect(leader.getByRole('heading', { level: 1 })).toContainText(found.school);
	await expect(leader.getByText(/Что говорит за|Низкие результаты, 2020/).first()).toBeVisible();
	await expect(leader.getByText('Как распределены баллы')).toBeVisible();
	await expect(leader.locator('svg.marks').first()).toBeVisible({ timeout: 30_000 });
});

test('the leader makes a support plan from it', async () => {
	await leader.getByRole('link', { name: 'Составить план поддержки' }).click();
	await expect(leader.getByLabel('Название').first()).toHaveValue(/.+/);
	await leader
		.getByRole('button', { name: /Сохранить/ })
		.first()
		.click();
	await leader.waitForURL(/\/plans\/(?!new)/);
	found.plan = leader.url();
	await expect(leader.getByText(found.school).first()).toBeVisible();
});

test('the methodist withdraws the files: the flags go, the plan keeps its evidence', async () => {
	test.setTimeout(180_000);
	const before = await evidenceText();
	for (const { name } of files) {
		await methodist.goto(`${server.address}/imports`);
		await methodist.getByRole('button', { name: `Отозвать загрузку ${name}` }).click();
		const dialog = methodist.getByRole('dialog');
		await dialog.getByLabel('Причина').fill('Проверка отзыва');
		await dialog.getByRole('button', { name: 'Отозвать загрузку' }).click();
		await expect(dialog).toBeHidden({ timeout: 30_000 });
	}
	const flags = async () => {
		const answer = await leader.request.get(
			`${server.address}/api/analytics/result-objectivity?year=2020&format=json`,
		);
		return (await answer.json()).columns.school_id.length as number;
	};
	await expect.poll(flags, { timeout: 30_000 }).toBe(0);
	expect(await evidenceText()).toBe(before);
});

async function evidenceText(): Promise<string> {
	await leader.goto(found.plan);
	const region = leader.getByRole('region', { name: /[Оо]боснование/ });
	await expect(region).toBeVisible();
	await expect(leader.locator('[aria-busy=true]')).toHaveCount(0);
	return region.innerText();
}
