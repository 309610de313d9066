import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { openRecords } from '#data/records/store.ts';
import { type BreakableNetwork, breakableNetwork } from '../support/breakable-network.ts';
import { pngWithMetadata, SECRET } from '../support/pictures.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { answerPage, consent, send, toLastPage } from './answering.ts';
import { closeDevices, device, findNetwork, loseNetwork, shot } from './devices.ts';

/** Finished answers go by themselves from whatever page is open, once, and say so; an observer's with the files of the lesson. */

const password = 'opora-demo-2026';
const school = 'sch900018';
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

let server: TestServer;
/** The way of the devices to the server; what is checked beside them has its own. */
let network: BreakableNetwork;
let methodist: BrowserContext;
let campaign = '';
let links: string[] = [];
let names: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
	test.setTimeout(180_000);
	server = await startTestServer();
	network = await breakableNetwork(server.address);
	methodist = await device(browser, 1280);
	const entered = await methodist.request.post(`${server.address}/api/session`, {
		data: { login: 'methodist', password },
	});
	const headers = { 'x-csrf-token': (await entered.json()).csrf };
	const post = async (path: string, data: object) => {
		const reply = await methodist.request.post(`${server.address}/api/campaigns${path}`, { data, headers });
		expect(reply.ok(), await reply.text()).toBe(true);
		return reply.json();
	};
	const [{ municipality_id }] = await (await methodist.request.get(`${server.address}/api/campaigns`)).json();
	const made = await post('', {
		title: 'Уроки и самооценка',
		goal: 'Увидеть урок и спросить педагога',
		basis_document: 'Приказ № 1',
		instruments: [
			{ instrument: 'event-feedback', version: 1 },
			{ instrument: 'lesson-observation', version: 2 },
		],
		municipality_id,
		schools: [school],
		subjects: null,
		mode: 'confidential',
		opens_on: day(-1),
		closes_on: day(10),
		reference_day: day(-1),
	});
	campaign = made.campaign_id;
	for (const to of ['approved', 'open']) await post(`/${campaign}/state`, { to });
	const made_links = (await post(`/${campaign}/links`, { school_id: school })) as {
		url: string;
		full_name: string;
	}[];
	links = made_links.map(({ url }) => url);
	names = made_links.map(({ full_name }) => full_name);
});

test.afterAll(async () => {
	await closeDevices();
	await network?.cut();
	await server?.stop();
});

async function responses(): Promise<number> {
	const records = await openRecords({ folder: server.folder });
	try {
		const rows = await records.db
			.selectFrom('response')
			.select('id')
			.where('campaign_id', '=', campaign)
			.execute();
		return rows.length;
	} finally {
		await records.close();
	}
}

/** Consents by a link and stands before the first question of the event feedback. */
async function begin(context: BrowserContext, link: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(network.through(link));
	const start = page.locator('a[href$="/event-feedback"]');
	await expect(start).toBeVisible();
	await start.click();
	await consent(page);
	return page;
}

async function finish(page: Page): Promise<void> {
	await toLastPage(page, () => answerPage(page, 1));
	await send(page);
	await expect(page.getByText(/Нет связи\. Ответы сохранены на этом устройстве/)).toBeVisible();
}

test('the network returns while another page is open: the answers go, once, and the page says when', async ({
	browser,
}) => {
	test.setTimeout(120_000);
	const before = await responses();
	const phone = await device(browser);
	const page = await begin(phone, links[0]!);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await loseNetwork(phone, network);
	await finish(page);
	await page.locator('header a').first().click();
	await expect(page.getByRole('heading', { name: 'Мои диагностики' })).toBeVisible();
	await expect(page.getByText('Ответы ждут сети.')).toBeVisible();
	expect(await responses()).toBe(before);
	await findNetwork(phone, network);
	await expect(page.getByText(/Отправлено в \d/)).toBeVisible();
	await expect(page.getByText('Ответы ждут сети.')).toHaveCount(0);
	await expect(page.getByText(/ответы приняты/).first()).toBeVisible();
	expect(await responses()).toBe(before + 1);
	await page.getByRole('button', { name: 'Понятно' }).click();
	await expect(page.getByText(/Отправлено в \d/)).toHaveCount(0);
});

test('the browser believes to be online and is not: it is tried again without being asked', async ({
	browser,
}) => {
	test.setTimeout(120_000);
	const before = await responses();
	const phone = await device(browser, 360, { serviceWorkers: 'block' });
	const page = await begin(phone, links[1]!);
	let tries = 0;
	await phone.route('**/response', (route) => {
		tries += 1;
		return route.abort('connectionfailed');
	});
	await finish(page);
	expect(await page.evaluate(() => navigator.onLine)).toBe(true);
	await page.locator('header a').first().click();
	await expect(page.getByText('Ответы ждут сети.')).toBeVisible();
	await expect.poll(() => tries, { timeout: 20_000 }).toBeGreaterThan(2);
	expect(await responses()).toBe(before);
	await phone.unroute('**/response');
	await expect(page.getByText(/Отправлено в \d/)).toBeVisible({ timeout: 45_000 });
	expect(await responses()).toBe(before + 1);
});

test('a reply that is lost on the way back makes no second response', async ({ browser }) => {
	test.setTimeout(120_000);
	const before = await responses();
	const phone = await device(browser, 360, { serviceWorkers: 'block' });
	const page = await begin(phone, links[2]!);
	let isCut = true;
	await phone.route('**/response', async (route) => {
		if (!isCut) return route.continue();
		// it arrives, and the answer to it does not
		await route.fetch();
		return route.abort('connectionreset');
	});
	await finish(page);
	expect(await responses()).toBe(before + 1);
	isCut = false;
	await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible({
		timeout: 45_000,
	});
	expect(await responses()).toBe(before + 1);
});

test('an observer attaches a picture, loses the network, and goes on: the teacher sees picture and marks', async ({
	browser,
}, info) => {
	test.setTimeout(180_000);
	const phone = await device(browser);
	const teacher = await phone.newPage();
	await teacher.goto(network.through(links[3]!));
	await teacher.locator('a[href$="/event-feedback"]').click();
	await consent(teacher);

	const page = await methodist.newPage();
	await page.goto(`${network.address}/observations`);
	const person = page.locator(`a[href*="/observations/${campaign}/"]`).filter({ hasText: names[3]! });
	await person.click();
	await expect(page.getByRole('heading', { name: names[3]! })).toBeVisible();
	await toLastPage(page, () => answerPage(page, 3));
	const materials = page.locator('[data-name="materials"]');
	const choose = async (file: string, buffer: Buffer) => {
		const chooser = page.waitForEvent('filechooser');
		await materials.locator('label[for]').last().click();
		await (await chooser).setFiles({ name: file, mimeType: 'image/png', buffer });
	};
	await choose('страница.png', Buffer.from('<html>'));
	await expect(materials.getByRole('alert')).toContainText('страница.png');
	const stored = page.waitForResponse((reply) => reply.url().includes('/files?') && reply.status() === 201);
	await choose('работы учеников.png', pngWithMetadata());
	await stored;
	await expect(materials.getByRole('alert')).toHaveCount(0);
	await shot(page, 'attached', info);
	await loseNetwork(methodist, network);
	await send(page);
	await expect(page.getByText(/Нет связи\. Ответы сохранены на этом устройстве/)).toBeVisible();
	await page.getByRole('link', { name: 'К списку' }).click();
	await expect(page.getByText('Ответы ждут сети.')).toBeVisible();
	await shot(page, 'waiting', info);
	await findNetwork(methodist, network);
	await expect(page.getByText(/Отправлено в \d/)).toBeVisible();
	await expect(page.getByText(/1 наблюдение/)).toBeVisible();
	await shot(page, 'sent', info);

	const records = await openRecords({ folder: server.folder });
	try {
		const seen = await records.db
			.selectFrom('observation')
			.select(['id', 'answers'])
			.where('campaign_id', '=', campaign)
			.execute();
		expect(seen).toHaveLength(1);
		const files = await records.db.selectFrom('answer_file').selectAll().execute();
		expect(files.map(({ observation_id }) => observation_id)).toEqual([seen[0]?.id]);
		expect(JSON.parse(seen[0]!.answers).materials[0].content).toBe(`file/${files[0]?.id}`);
		expect(Buffer.from(files[0]!.content).includes(SECRET)).toBe(false);
	} finally {
		await records.close();
	}

	await teacher.goto(`${network.address}/my/profile`);
	const card = teacher.getByRole('region', { name: 'Фото и файлы с вашего урока' });
	await expect(async () => {
		await teacher.reload();
		await expect(card).toBeVisible({ timeout: 10_000 });
	}).toPass({ timeout: 60_000 });
	const picture = card.locator('img');
	await expect
		.poll(() => picture.evaluate((each) => (each as HTMLImageElement).naturalWidth))
		.toBeGreaterThan(0);
	await shot(teacher, 'profile', info);
	const [saved] = await Promise.all([teacher.waitForEvent('download'), card.getByRole('link').click()]);
	expect(saved.suggestedFilename()).toBe('работы учеников.png');
	await teacher.goto(`${network.address}/my/data`);
	await expect(teacher.getByRole('link', { name: /работы учеников\.png/ })).toBeVisible();
	await shot(teacher, 'own-data', info);
	const [archive] = await Promise.all([
		teacher.waitForEvent('download'),
		teacher.getByRole('button', { name: 'Всё с файлами (ZIP)' }).click(),
	]);
	expect(archive.suggestedFilename()).toBe('opora-my-data.zip');
});
