import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type BreakableNetwork, breakableNetwork } from '../support/breakable-network.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { startTwoReleases } from '../support/two-releases.ts';
import { answerAll, answerPage, consent, send, toLastPage, turnPage, untilSaved } from './answering.ts';
import { closeDevices, device, findNetwork, judgeBoth, loseNetwork } from './devices.ts';

/** A connection that breaks, tabs that close, and two devices: there is always exactly one complete response. */

const password = 'opora-demo-2026';
const kept = 'сохранено на этом устройстве, отправим, когда появится связь';

let server: TestServer;
/** The way of the phones to the server; what is checked beside them has its own. */
let network: BreakableNetwork;
let methodist: BrowserContext;
/** Links of teachers of one school who have not answered the open campaign. */
let links: string[] = [];
let campaign = '';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
	test.setTimeout(180_000);
	server = await startTestServer();
	network = await breakableNetwork(server.address);
	methodist = await device(browser);
	const entered = await methodist.request.post(`${server.address}/api/session`, {
		data: { login: 'methodist', password },
	});
	const { csrf } = await entered.json();
	const campaigns = await (await methodist.request.get(`${server.address}/api/campaigns`)).json();
	campaign = campaigns.find(({ state }: { state: string }) => state === 'open').campaign_id;
	const people = await (
		await methodist.request.get(`${server.address}/api/campaigns/${campaign}/participation?school=sch900018`)
	).json();
	const waiting = new Set(
		people
			.filter((each: { done: boolean }) => !each.done)
			.map((each: { full_name: string }) => each.full_name),
	);
	const made = await methodist.request.post(`${server.address}/api/campaigns/${campaign}/links`, {
		data: { school_id: 'sch900018' },
		headers: { 'x-csrf-token': csrf },
	});
	const all = (await made.json()) as { full_name: string; url: string }[];
	links = all.filter(({ full_name }) => waiting.has(full_name)).map(({ url }) => url);
	expect(links.length).toBeGreaterThan(4);
});

test.afterAll(async () => {
	await closeDevices();
	await network?.cut();
	await server?.stop();
});

async function answeredSoFar(): Promise<number> {
	const reply = await methodist.request.get(`${server.address}/api/campaigns/${campaign}/response-rate`);
	return (await reply.json()).answered;
}

/** Enters by a link and stands before the first question, with everything that is needed offline on the device. */
async function begin(context: BrowserContext, link: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(link);
	await expect(page.getByRole('link', { name: /Начать|Продолжить/ })).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await page.getByRole('link', { name: /Начать|Продолжить/ }).click();
	return page;
}

/** Answers the question on the screen and goes on to the next. */
async function answerAndTurn(page: Page, value: number): Promise<void> {
	await answerPage(page, value);
	await turnPage(page);
}

const progressOf = async (page: Page) =>
	Number((await page.getByText(/^\d+ из \d+$/).innerText()).split(' ')[0]);

test('the network breaks, the tab closes, another device ends it: one complete response', async ({
	browser,
}) => {
	test.setTimeout(90_000);
	const before = await answeredSoFar();
	const phone = await device(browser);
	const first = await begin(phone, network.through(links[0]!));
	await consent(first);
	for (let turn = 0; turn < 3; turn++) await answerAndTurn(first, 1);
	await untilSaved(first);
	const savedThere = await progressOf(first);
	await first.getByText('Продолжить на другом устройстве').click();
	await expect(first.getByRole('img', { name: /камеры/ })).toBeVisible();
	await phone.grantPermissions(['clipboard-read', 'clipboard-write']);
	await first.getByRole('button', { name: 'Скопировать ссылку' }).click();
	await expect(first.getByRole('button', { name: 'Скопировано' })).toBeVisible();
	const address = await first.evaluate(() => navigator.clipboard.readText());

	await loseNetwork(phone, network);
	const [worker] = phone.serviceWorkers();
	const ask = () =>
		fetch('/healthz').then(
			() => 'reached',
			() => 'cut',
		);
	expect(await worker!.evaluate(ask)).toBe('cut');
	await answerAndTurn(first, 2);
	await expect(first.getByText(kept)).toBeVisible();
	const keptHere = await progressOf(first);
	expect(keptHere).toBeGreaterThan(savedThere);
	await first.close();

	// without a connection the page opens from the device, with all that was answered
	const again = await phone.newPage();
	await again.goto(`${network.address}/my`);
	// what is kept is found, not only what the browser happens to hold
	const mark = again.locator('header img');
	await expect
		.poll(() => mark.evaluate((each) => (each as HTMLImageElement).naturalWidth))
		.toBeGreaterThan(0);
	await again.getByRole('link', { name: /Начать|Продолжить/ }).click();
	await expect.poll(() => progressOf(again)).toBe(keptHere);
	await again.close();

	const desk = await device(browser, 1280);
	const second = await desk.newPage();
	await second.goto(address.replace(network.address, server.address));
	await second.getByRole('link', { name: 'Продолжить' }).click();
	await expect(second.getByText(/Вы продолжаете с того места/)).toBeVisible();
	// at least what was acknowledged; a closing tab may have got its last words through
	expect(await progressOf(second)).toBeGreaterThanOrEqual(savedThere);
	await answerAll(second, () => 2);

	await findNetwork(phone, network);
	const back = await phone.newPage();
	await back.goto(`${network.address}/my`);
	await expect(back.getByText(/ответы приняты/)).toBeVisible();
	await expect(back.getByText('Пройденные и закрытые')).toBeVisible();
	expect(await answeredSoFar()).toBe(before + 1);
	const data = await (await back.request.get(`${network.address}/api/my/data`)).json();
	const answers = data.invitations[0].instruments[0].answers as { answer: unknown }[];
	expect(answers.filter(({ answer }) => answer !== null).length).toBeGreaterThan(keptHere);
});

test('finished without a connection, closed, opened with one: sent once', async ({ browser }) => {
	test.setTimeout(90_000);
	const before = await answeredSoFar();
	const phone = await device(browser);
	const page = await begin(phone, network.through(links[1]!));
	await consent(page);
	await answerAndTurn(page, 1);
	await loseNetwork(phone, network);
	await toLastPage(page, () => answerPage(page, 1));
	await send(page);
	await expect(page.getByText(/Нет связи\. Ответы сохранены на этом устройстве/)).toBeVisible();
	await page.close();

	const offline = await phone.newPage();
	await offline.goto(`${network.address}/my`);
	await expect(offline.getByText(/Ответы ждут сети/)).toBeVisible();
	await offline.close();

	await findNetwork(phone, network);
	const online = await phone.newPage();
	await online.goto(`${network.address}/my`);
	await expect(online.getByText(/ответы приняты/)).toBeVisible();
	await expect(online.getByText(/Ответы ждут сети/)).toHaveCount(0);
	await expect.poll(answeredSoFar).toBe(before + 1);
	// a second visit has nothing left to send
	await online.reload();
	await expect(online.getByText(/ответы приняты/)).toBeVisible();
	const left = await online.evaluate(
		() => Object.keys(localStorage).filter((key) => key.startsWith('opora-answers:')).length,
	);
	expect(left).toBe(0);
	expect(await answeredSoFar()).toBe(before + 1);
});

test('two devices change one draft: both are shown, and merging keeps the later of each answer', async ({
	browser,
}, info) => {
	test.setTimeout(90_000);
	const [phone, desk] = [await device(browser), await device(browser, 1280)];
	const first = await begin(phone, links[2]!);
	await consent(first);
	await answerAndTurn(first, 1);
	await answerAndTurn(first, 1);
	await untilSaved(first);
	const common = await progressOf(first);
	const second = await begin(desk, links[2]!);
	await expect(second.getByText(/Вы продолжаете/)).toBeVisible();

	await answerAndTurn(first, 3);
	await untilSaved(first);
	const onPhone = await progressOf(first);
	await first.close();
	// the desk does not know of it, and goes on elsewhere
	await turnPage(second);
	await turnPage(second);
	await answerPage(second, 0);
	await expect(second.getByRole('heading', { name: /заполнялась в двух местах/ })).toBeFocused();
	await expect(second.getByText(/Другое устройство: .*Chrome/)).toBeVisible();
	// it waits for a choice, not for a connection
	await expect(second.getByText(kept)).toHaveCount(0);
	await expect(second.getByRole('button', { name: 'Взять ответы оттуда' })).toBeVisible();
	expect(await judgeBoth(second, 'both', info)).toEqual([]);
	await second.getByRole('button', { name: /^Объединить/ }).click();
	await untilSaved(second);
	expect(await progressOf(second)).toBeGreaterThan(onPhone);
	expect(onPhone).toBeGreaterThan(common);
	const data = await (await second.request.get(`${server.address}/api/my/data`)).json();
	const draft = data.invitations[0].instruments[0].draft as { answer: unknown }[];
	expect(draft.filter(({ answer }) => answer !== null)).toHaveLength(await progressOf(second));
});

test('a draft whose reply is lost is no second place: one goes on, and nothing is asked', async ({
	browser,
}) => {
	test.setTimeout(90_000);
	const phone = await device(browser);
	await phone.addInitScript(() => {
		const send = window.fetch;
		let isLost = false;
		window.fetch = async (address, options) => {
			const reply = await send(address, options);
			if (isLost || options?.method !== 'PUT' || !String(address).endsWith('/draft')) return reply;
			isLost = true;
			throw new TypeError('the connection ended before the reply');
		};
	});
	const page = await begin(phone, links[4]!);
	await consent(page);
	await answerAndTurn(page, 1);
	await expect(page.getByText(kept)).toBeVisible();
	await answerAndTurn(page, 1);
	await untilSaved(page);
	await expect(page.getByRole('heading', { name: /заполнялась в двух местах/ })).toHaveCount(0);
	const data = await (await page.request.get(`${server.address}/api/my/data`)).json();
	const draft = data.invitations[0].instruments[0].draft as { answer: unknown }[];
	expect(draft.filter(({ answer }) => answer !== null)).toHaveLength(await progressOf(page));
});

test('what the server does not take is never thrown away in silence: it stays here, is copied or put away', async ({
	browser,
}, info) => {
	test.setTimeout(90_000);
	const phone = await device(browser);
	const page = await begin(phone, network.through(links[3]!));
	await consent(page);
	await answerAndTurn(page, 1);
	await untilSaved(page);
	await loseNetwork(phone, network);
	await toLastPage(page);
	await send(page);
	await expect(page.getByText(/Нет связи\. Ответы сохранены на этом устройстве/)).toBeVisible();
	await page.close();

	// meanwhile the person takes the consent back at a desk
	const desk = await device(browser, 1280);
	const second = await desk.newPage();
	await second.goto(links[3]!);
	await expect(second.getByRole('link', { name: /^(Начать|Продолжить)$/ })).toBeVisible();
	await second.goto(`${server.address}/my/data`);
	await second.getByRole('button', { name: 'Отозвать согласие и удалить ответы' }).click();
	await second.getByRole('button', { name: 'Да, отозвать' }).click();
	await expect(second.getByText(/отозвано/).first()).toBeVisible();

	await findNetwork(phone, network);
	const back = await phone.newPage();
	await back.goto(`${network.address}/my`);
	const left = back.getByRole('alert').filter({ hasText: 'остались ответы, которые не приняты' });
	await expect(left).toBeVisible();
	expect(await judgeBoth(back, 'refused', info)).toEqual([]);
	const copy = back.waitForEvent('download');
	await left.getByRole('button', { name: 'Сохранить копию' }).click();
	expect((await copy).suggestedFilename()).toBe('opora-answers.json');
	await left.getByRole('button', { name: 'Убрать с устройства' }).click();
	await expect(left).toHaveCount(0);
	await back.reload();
	await expect(back.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(left).toHaveCount(0);
});

test('a new release reaches everybody at the next load, and an open page of the old one finds its way', async ({
	browser,
}) => {
	test.setTimeout(90_000);
	const releases = await startTwoReleases(server.address);
	const way = await breakableNetwork(releases.address);
	const enter = async (serviceWorkers: 'allow' | 'block') => {
		const context = await device(browser, 360, { serviceWorkers });
		const data = { login: 'teacher', password };
		expect((await context.request.post(`${way.address}/api/session`, { data })).ok()).toBe(true);
		const page = await context.newPage();
		await page.goto(`${way.address}/my`);
		await expect(page.getByRole('heading', { name: 'Мои диагностики' })).toBeVisible();
		return page;
	};
	const entryOf = (page: Page) => page.locator('script[type=module][src]').first().getAttribute('src');
	try {
		const [kept, plain] = [await enter('allow'), await enter('block')];
		await kept.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		expect(await entryOf(kept)).not.toContain('laterone');
		releases.release();
		// a page whose parts are gone loads anew, once, where the person wanted to be
		await plain.getByRole('link', { name: 'Мой профиль' }).first().click();
		await expect(plain.getByRole('heading', { name: 'Мой профиль' })).toBeVisible();
		expect(await entryOf(plain)).toContain('laterone');
		// one that keeps its files does so too, and without a connection it has the new ones
		await kept.reload();
		await expect(kept.getByRole('heading', { name: 'Мои диагностики' })).toBeVisible();
		expect(await entryOf(kept)).toContain('laterone');
		await expect
			.poll(() => kept.evaluate(() => caches.match('/assets/MyProfile-laterone.js').then(Boolean)))
			.toBe(true);
		await expect
			.poll(() =>
				kept.evaluate(() =>
					navigator.serviceWorker.getRegistration().then((each) => !each?.installing && !each?.waiting),
				),
			)
			.toBe(true);
		await loseNetwork(kept.context(), way);
		await kept.reload();
		await expect(kept.getByRole('heading', { name: 'Мои диагностики' })).toBeVisible();
		expect(await entryOf(kept)).toContain('laterone');
	} finally {
		await way.cut();
		await releases.stop();
	}
});
