import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { openRecords } from '#data/records/store.ts';
import { type MailServer, readLetter, startMailServer } from '../support/mail.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { answerAll, consent } from './answering.ts';
import { judge } from './axe.ts';
import { openCampaign } from './own-campaign.ts';

/** Who runs a campaign looks who would get a letter, sends it, and a real mail server receives it: those missing, once. */

const FORM = 'event-feedback';
/** Teachers with an address: the first answers, the second refuses, the others are still to come. */
const WITH_ADDRESS = 5;
const address = (index: number) => `t${index}@school.example`;

let mail: MailServer;
let server: TestServer;
let desk: BrowserContext;
let campaign = '';
let people: { full_name: string; url: string }[] = [];
const contexts: BrowserContext[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
	test.setTimeout(240_000);
	mail = await startMailServer();
	server = await startTestServer(undefined, (at) => ({ SMTP_URL: mail.url, PUBLIC_URL: at }));
	desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU' });
	contexts.push(desk);
	const opened = await openCampaign(server, desk.request, {
		title: 'Отзыв о семинаре',
		instruments: [{ instrument: FORM, version: 1 }],
	});
	campaign = opened.campaign;
	people = opened.links.map(({ full_name, url }) => ({ full_name: full_name!, url }));
	expect(people.length).toBeGreaterThan(WITH_ADDRESS + 1);
	const records = await openRecords({ folder: server.folder });
	try {
		await records.db.updateTable('person').set({ email: null }).execute();
		for (const [index, { full_name }] of people.slice(0, WITH_ADDRESS).entries())
			await records.db
				.updateTable('person')
				.set({ email: address(index) })
				.where('full_name', '=', full_name)
				.execute();
	} finally {
		await records.close();
	}
	const answering = await open(browser, people[0]!.url);
	await consent(answering);
	await answerAll(answering, () => 3);
	const refusing = await open(browser, people[1]!.url);
	await refusing.getByRole('button', { name: 'Не участвую' }).click();
	const refused = refusing.waitForResponse((reply) => reply.url().endsWith('/consent') && reply.ok());
	await refusing.getByRole('button', { name: 'Да, не участвую' }).click();
	await refused;
});

test.afterAll(async () => {
	for (const context of contexts) await context.close();
	await server?.stop();
	await mail?.close();
});

/** A teacher before the consent to the form, by a link. */
async function open(browser: Browser, url: string): Promise<Page> {
	const context = await browser.newContext({ locale: 'ru-RU' });
	contexts.push(context);
	const page = await context.newPage();
	await page.goto(url);
	await page.locator(`a[href$="/${FORM}"]`).click();
	return page;
}

test('the letter goes to those whom the preview names, and to nobody else, once', async ({
	browser,
}, info) => {
	test.setTimeout(120_000);
	const page = await desk.newPage();
	await page.goto(`${server.address}/campaigns/${campaign}?tab=reminders`);
	await page.getByRole('button', { name: 'Посмотреть, кому уйдёт' }).click();
	const dialog = page.getByRole('dialog');
	const names = dialog.getByRole('list', { name: 'Кому уйдёт письмо' }).getByRole('listitem');
	await expect(names).toHaveCount(WITH_ADDRESS - 2);
	for (let index = 2; index < WITH_ADDRESS; index += 1) {
		await expect(names.filter({ hasText: address(index) })).toContainText(people[index]!.full_name);
	}
	await expect(dialog.getByText(`Нет адреса почты: ${people.length - WITH_ADDRESS}`)).toBeVisible();
	expect(mail.received).toEqual([]);
	expect(await judge(page)).toEqual([]);
	if (process.env.OPORA_SHOTS) await page.screenshot({ path: info.outputPath('preview.png') });
	await dialog.getByRole('button', { name: 'Отправить 3 письма' }).dblclick();
	await expect(page.getByText('Напоминание поставлено в очередь.')).toBeVisible();
	const expected = [2, 3, 4].map(address);
	await expect
		.poll(() => mail.received.map(({ to }) => to).toSorted(), { timeout: 30_000 })
		.toEqual(expected);

	// who comes by the letter's own link is asked at once
	const text = readLetter(mail.received.find(({ to }) => to === address(2))!);
	expect(text).toContain(people[2]!.full_name);
	expect(text).toMatch(/Последний день — \d+ [а-я]+ \d{4}\.\r?\n/);
	const link = text.match(/http:\/\/127\.0\.0\.1:\d+\/link#[\w-]+/)?.[0];
	const answering = await open(browser, link!);
	await consent(answering);
	await answerAll(answering, () => 2);

	// the next letter leaves that person out; nothing went twice meanwhile
	await page.reload();
	await expect(page.getByText(/Отправлено|отправлено/).first()).toBeVisible();
	await page.getByRole('button', { name: 'Посмотреть, кому уйдёт' }).click();
	await expect(names).toHaveCount(WITH_ADDRESS - 3);
	await expect(names.filter({ hasText: address(2) })).toHaveCount(0);
	expect(mail.received.map(({ to }) => to).toSorted()).toEqual(expected);
});
