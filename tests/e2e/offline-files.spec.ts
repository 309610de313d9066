import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { openRecords } from '#data/records/store.ts';
import type { ObservationCampaign } from '#server/contract/observations.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { type BreakableNetwork, breakableNetwork } from '../support/breakable-network.ts';
import { pngWithMetadata, SECRET } from '../support/pictures.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { answerPage, consent, send, toLastPage, turnPage, untilSaved } from './answering.ts';
import { closeDevices, device, findNetwork, judgeBoth, keptOn, loseNetwork, shot } from './devices.ts';
import { campaignDesk, openCampaign, openOwnCampaign, versionOf } from './own-campaign.ts';

/** Pictures chosen and lessons observed where there is no network: kept on the device, and in the end there once. */

const FORM = 'lesson-materials';
const survey: SurveyJson = {
	title: 'Материалы урока',
	elements: [
		{ type: 'radiogroup', name: 'choice', title: 'Что приложите?', choices: ['a', 'b'] },
		{ type: 'file', name: 'photo', title: 'Фотография доски' },
	],
};

let server: TestServer;
/** The way of the devices to the server; what is checked beside them has its own. */
let network: BreakableNetwork;
let links: string[] = [];
let observers: BrowserContext;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
	test.setTimeout(180_000);
	server = await startTestServer();
	network = await breakableNetwork(server.address);
	observers = await device(browser);
	links = (await openOwnCampaign(server, observers.request, [versionOf(FORM, survey)])).links;
});

test.afterAll(async () => {
	await closeDevices();
	await network?.cut();
	await server?.stop();
});

async function inRecords<Found>(find: (records: Awaited<ReturnType<typeof openRecords>>) => Promise<Found>) {
	const records = await openRecords({ folder: server.folder });
	try {
		return await find(records);
	} finally {
		await records.close();
	}
}

const stored = (instrument: string) =>
	inRecords(async ({ db }) => ({
		responses: await db.selectFrom('response').selectAll().where('instrument', '=', instrument).execute(),
		files: await db.selectFrom('answer_file').selectAll().where('instrument', '=', instrument).execute(),
	}));

async function choose(page: Page, question: string, name: string, buffer: Buffer, mimeType = 'image/png') {
	const chooser = page.waitForEvent('filechooser');
	await page.locator(`[data-name="${question}"] label[for]`).last().click();
	await (await chooser).setFiles({ name, mimeType, buffer });
}

/** Consents by a link and stands before the questions, with all that is needed without a connection on the device. */
async function begin(context: BrowserContext, link: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(network.through(link));
	const start = page.locator(`a[href$="/${FORM}"]`);
	await expect(start).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await start.click();
	await consent(page);
	await page.locator('[data-name="choice"] label').first().click();
	// on a phone each question has the screen to itself
	await turnPage(page);
	await expect(page.locator('[data-name="photo"]')).toBeVisible();
	return page;
}

test('a picture chosen without a connection waits with the answers, outlives the tab, and arrives once', async ({
	browser,
}, info) => {
	test.setTimeout(120_000);
	const phone = await device(browser);
	const page = await begin(phone, links[0]!);
	await untilSaved(page);
	await loseNetwork(phone, network);
	const photo = page.locator('[data-name="photo"]');
	await choose(page, 'photo', 'большой.png', Buffer.alloc(6_000_000));
	await expect(photo.getByRole('alert')).toContainText('«большой.png» больше 5 МБ');
	await choose(page, 'photo', 'ролик.mp4', Buffer.alloc(1_000), 'video/mp4');
	await expect(photo.getByRole('alert')).toContainText('ролик.mp4');
	await choose(page, 'photo', 'доска.png', pngWithMetadata());
	const note = page.getByRole('status').filter({ hasText: '1 файл пока только на этом устройстве' });
	await expect(note).toContainText('доска.png');
	await expect(photo.getByRole('alert')).toHaveCount(0);
	await expect(page.getByText(/сохранено на этом устройстве/)).toBeVisible();
	expect(await judgeBoth(page, 'waiting-file', info)).toEqual([]);
	await page.close();

	// the picture is still there, and seen, when the page is opened anew without a connection
	const again = await phone.newPage();
	await again.goto(`${network.address}/my`);
	await again.locator(`a[href$="/${FORM}"]`).click();
	await expect(again.getByText('1 файл пока только на этом устройстве')).toBeVisible();
	const picture = again.locator('[data-name="photo"] img').first();
	await expect
		.poll(() => picture.evaluate((each) => (each as HTMLImageElement).naturalWidth))
		.toBeGreaterThan(0);
	await send(again);
	await expect(again.getByText(/Нет связи\. Ответы сохранены на этом устройстве/)).toBeVisible();
	await again.close();
	expect(await stored(FORM)).toEqual({ responses: [], files: [] });

	await findNetwork(phone, network);
	const back = await phone.newPage();
	await back.goto(`${network.address}/my`);
	await expect(back.getByText(/ответы приняты/).first()).toBeVisible();
	const { responses, files } = await stored(FORM);
	expect(responses).toHaveLength(1);
	expect(files.map(({ name, question }) => [name, question])).toEqual([['доска.png', 'photo']]);
	expect(JSON.parse(responses[0]!.answers)).toEqual({
		choice: 'a',
		photo: [{ name: 'доска.png', type: 'image/png', content: `file/${files[0]!.id}` }],
	});
	expect(Buffer.from(files[0]!.content).includes(SECRET)).toBe(false);
	// nothing is left on the device
	await expect.poll(() => keptOn(back, 'opora-files', 'files')).toEqual({});
});

test('the reply to a picture is lost: it is sent again under its id, and is there once', async ({
	browser,
}) => {
	test.setTimeout(120_000);
	const phone = await device(browser);
	const page = await begin(phone, links[1]!);
	let cuts = 0;
	await phone.route('**/files?*', async (route) => {
		if (cuts > 0) return route.continue();
		cuts += 1;
		// it arrives, and the answer to it does not
		await route.fetch();
		return route.abort('connectionreset');
	});
	await choose(page, 'photo', 'доска.png', pngWithMetadata());
	await untilSaved(page);
	await expect(page.getByText('пока только на этом устройстве')).toHaveCount(0);
	expect(cuts).toBe(1);
	await send(page);
	await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible();
	const { responses, files } = await stored(FORM);
	expect(responses).toHaveLength(2);
	expect(files).toHaveLength(2);
});

test('what turns out to be no picture is said at its question when it is sent, and can be replaced', async ({
	browser,
}) => {
	test.setTimeout(120_000);
	const phone = await device(browser);
	const page = await begin(phone, links[2]!);
	await untilSaved(page);
	await loseNetwork(phone, network);
	await choose(page, 'photo', 'вирус.png', Buffer.from('<html>'));
	await expect(page.getByText('1 файл пока только на этом устройстве')).toBeVisible();
	await send(page);
	await expect(page.getByText(/Нет связи\. Ответы сохранены на этом устройстве/)).toBeVisible();
	await findNetwork(phone, network);
	const photo = page.locator('[data-name="photo"]');
	await expect(photo.getByRole('alert')).toContainText('вирус.png', { timeout: 30_000 });
	await choose(page, 'photo', 'доска.png', pngWithMetadata());
	await expect(photo.getByRole('alert')).toHaveCount(0);
	await send(page);
	await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible();
	const { responses, files } = await stored(FORM);
	expect(responses).toHaveLength(3);
	expect(files.map(({ name }) => name)).toEqual(['доска.png', 'доска.png', 'доска.png']);
});

test('a lesson is observed where the form was never opened before: from the list on the device, sent later', async ({
	browser,
}, info) => {
	test.setTimeout(180_000);
	const { campaign, links: invited } = await openCampaign(server, observers.request, {
		title: 'Уроки школы',
		instruments: [{ instrument: 'lesson-observation', version: 2 }],
	});
	for (const { url } of invited.slice(0, 2)) {
		const teacher = await (await device(browser)).newPage();
		await teacher.goto(url);
		await teacher.locator('a[href$="/lesson-observation"]').click();
		await teacher.getByRole('checkbox', { name: /согласен, я согласна/ }).check();
		await teacher.getByRole('button', { name: 'Перейти к вопросам' }).click();
		await expect(teacher.getByText('Согласие получено')).toBeVisible();
	}
	await campaignDesk(server, observers.request);
	const page = await observers.newPage();
	await page.goto(`${network.address}/observations`);
	const person = (of: Page, at: number) =>
		of.locator(`a[href*="/observations/${campaign}/"]`).filter({ hasText: invited[at]!.full_name! });
	await expect(person(page, 1)).toBeVisible();
	// until the device has all: the files of these pages, and what the forms ask
	await expect
		.poll(() => page.evaluate(async () => Boolean(await caches.match('/kept/observer'))))
		.toBe(true);
	await expect
		.poll(async () => Object.keys(await keptOn(page, 'opora', 'replies')).join())
		.toContain('/api/observations/surveys');
	const kept = await page.evaluate(async () => {
		const shelves = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
		return (await Promise.all(shelves.map((shelf) => shelf.keys()))).flat().map(({ url }) => url);
	});
	await page.close();

	await loseNetwork(observers, network);
	const offline = await observers.newPage();
	await offline.goto(`${network.address}/observations`);
	await person(offline, 1).click();
	await expect(offline.getByRole('heading', { name: invited[1]!.full_name! })).toBeVisible();
	await toLastPage(offline, () => answerPage(offline, 3));
	await choose(offline, 'materials', 'работы учеников.png', pngWithMetadata());
	await expect(offline.getByText('1 файл пока только на этом устройстве')).toBeVisible();
	await shot(offline, 'observing', info);
	// what the browser happens to hold besides does not count: all that was needed must have been kept on purpose
	const needed = await offline.evaluate(() =>
		performance.getEntriesByType('resource').map(({ name }) => name.replace(/[?#].*$/, '')),
	);
	const files = needed.filter((name) => new URL(name).pathname.startsWith('/assets/'));
	expect(files.length).toBeGreaterThan(10);
	expect(files.filter((name) => !kept.includes(name))).toEqual([]);
	await send(offline);
	await expect(offline.getByText(/Нет связи\. Ответы сохранены на этом устройстве/)).toBeVisible();
	await offline.close();

	await findNetwork(observers, network);
	const back = await observers.newPage();
	await back.goto(`${network.address}/observations`);
	await expect(person(back, 1)).toContainText('1 наблюдение');
	const { seen, attached } = await inRecords(async ({ db }) => ({
		seen: await db.selectFrom('observation').selectAll().where('campaign_id', '=', campaign).execute(),
		attached: await db
			.selectFrom('answer_file')
			.selectAll()
			.where('instrument', '=', 'lesson-observation')
			.execute(),
	}));
	expect(seen).toHaveLength(1);
	expect(attached.map(({ observation_id, name }) => [observation_id, name])).toEqual([
		[seen[0]!.id, 'работы учеников.png'],
	]);
	expect(JSON.parse(seen[0]!.answers).materials[0].content).toBe(`file/${attached[0]!.id}`);

	// the next observation of the same teacher without a connection is another one
	const keptList = async () =>
		Object.entries(await keptOn(back, 'opora', 'replies')).find(([key]) =>
			key.endsWith(' /api/observations'),
		)?.[1] as ObservationCampaign[] | undefined;
	await expect
		.poll(async () =>
			(await keptList())
				?.find(({ campaign_id }) => campaign_id === campaign)
				?.teachers.find(({ full_name }) => full_name === invited[1]!.full_name),
		)
		.toMatchObject({ observations: 1 });
	await loseNetwork(observers, network);
	await person(back, 1).click();
	await expect(back.getByText(/^0 из \d+/)).toBeVisible();
	await findNetwork(observers, network);
});

test('a page that the device does not keep says so without a connection, and leads to what opens', async ({
	browser,
}, info) => {
	const context = await device(browser, 360, { serviceWorkers: 'block' });
	await campaignDesk(server, context.request);
	const page = await context.newPage();
	await page.goto(`${network.address}/observations`);
	await expect(page.getByText('Уроки школы')).toBeVisible();
	await loseNetwork(context, network);
	await page.getByRole('button', { name: 'Открыть разделы' }).click();
	await page.getByRole('link', { name: 'Мастерская' }).click();
	await expect(page.getByRole('heading', { name: 'Нет связи' })).toBeVisible();
	expect(await judgeBoth(page, 'no-connection', info)).toEqual([]);
	await page.locator('main').getByRole('link', { name: 'Наблюдения' }).click();
	await expect(page.getByText('Уроки школы')).toBeVisible();
});
