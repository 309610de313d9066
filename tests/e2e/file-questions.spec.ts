import { expect, test } from '@playwright/test';
import { openRecords } from '#data/records/store.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { pngWithMetadata, SECRET } from '../support/pictures.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { consent } from './answering.ts';
import { openOwnCampaign, versionOf } from './own-campaign.ts';

/** A form that asks for a file and a signature, in Chromium: what is refused, what is kept, and what is in it. */

const survey: SurveyJson = {
	title: 'Материалы урока',
	elements: [
		{ type: 'radiogroup', name: 'choice', title: 'Что приложите?', choices: ['a', 'b'] },
		{ type: 'file', name: 'photo', title: 'Фотография доски' },
		{ type: 'signaturepad', name: 'sign', title: 'Подпись' },
	],
};

let server: TestServer;
let link = '';
test.beforeAll(async ({ playwright }) => {
	test.setTimeout(180_000);
	server = await startTestServer();
	const request = await playwright.request.newContext();
	const { links } = await openOwnCampaign(server, request, [versionOf('lesson-materials', survey)]);
	link = links[0]!;
	await request.dispose();
});
test.afterAll(() => server?.stop());

async function stored() {
	const records = await openRecords({ folder: server.folder });
	try {
		const { answers } = await records.db
			.selectFrom('response')
			.select('answers')
			.where('instrument', '=', 'lesson-materials')
			.executeTakeFirstOrThrow();
		const files = await records.db.selectFrom('answer_file').selectAll().execute();
		return { answers: JSON.parse(answers), files };
	} finally {
		await records.close();
	}
}

test('a picture loses its metadata, a text in disguise is refused, a signature is kept', async ({
	browser,
}) => {
	test.setTimeout(60_000);
	const page = await (await browser.newContext({ locale: 'ru-RU' })).newPage();
	await page.goto(link);
	await page.locator('a[href$="/lesson-materials"]').click();
	await consent(page);
	await page.locator('[data-name="choice"] label').first().click();
	const photo = page.locator('[data-name="photo"]');
	const choose = async (name: string, buffer: Buffer) => {
		const chooser = page.waitForEvent('filechooser');
		await photo.locator('label[for]').last().click();
		await (await chooser).setFiles({ name, mimeType: 'image/png', buffer });
	};
	await choose('вирус.png', Buffer.from('<html>'));
	await expect(photo.getByRole('alert')).toContainText('вирус.png');
	await choose('доска.png', pngWithMetadata());
	await expect(photo.getByRole('alert')).toHaveCount(0);
	const canvas = page.locator('[data-name="sign"] canvas');
	await canvas.scrollIntoViewIfNeeded();
	const box = (await canvas.boundingBox())!;
	const signed = page.waitForResponse((reply) => reply.url().includes('/files?'));
	await page.mouse.move(box.x + 30, box.y + 30);
	await page.mouse.down();
	for (let step = 1; step <= 5; step += 1)
		await page.mouse.move(box.x + 30 + 20 * step, box.y + 30 + (step % 2) * 40);
	await page.mouse.up();
	expect((await signed).status()).toBe(201);
	await page.getByRole('button', { name: /Проверить и отправить/ }).click();
	await page.getByRole('button', { name: /Отправить ответы/ }).click();
	await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible();
	const { answers, files } = await stored();
	expect(answers).toEqual({
		choice: 'a',
		photo: [{ name: 'доска.png', type: 'image/png', content: expect.stringMatching(/^file\//) }],
		sign: expect.stringMatching(/^file\//),
	});
	expect(files.map(({ question }) => question).sort()).toEqual(['photo', 'sign']);
	for (const { content } of files) expect(Buffer.from(content).includes(SECRET)).toBe(false);
});
