import { type Browser, expect, type Page, test } from '@playwright/test';
import { QuestionFactory, settings } from 'survey-core';
import { CHECKED_TYPES } from '#surveys/answer-rules/question.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { consent } from './answering.ts';
import { judge } from './axe.ts';
import { openOwnCampaign, versionOf } from './own-campaign.ts';
import type { Act } from './type-acts.ts';
import { toChosen, toTables, toWritten } from './type-answers.ts';
import { chosen, logic, quiz, tables, written } from './type-forms.ts';
import { namesOf } from './type-names.ts';
import { explained, exported, landing } from './type-records.ts';
import { exportOf, landedAnswers, storedAnswers } from './what-is-kept.ts';

/** Every question type in Chromium, answered by a teacher with mouse and keys: how it is named, what axe finds, and what is stored, counted and exported. */

const wide = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };

let server: TestServer;
let links: string[] = [];

// what was sent is looked for in the warehouse and in the export afterwards
test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ playwright }) => {
	test.setTimeout(180_000);
	server = await startTestServer();
	const request = await playwright.request.newContext();
	const versions = Object.entries({ written, chosen, tables, logic, quiz }).map(([name, survey]) =>
		versionOf(name, survey),
	);
	({ links } = await openOwnCampaign(server, request, versions));
	await request.dispose();
});
test.afterAll(() => server?.stop());

/** A teacher before the first question of one form, with all that the page complains of. */
async function open(browser: Browser, form: string, link: string) {
	const context = await browser.newContext({ viewport: wide, locale: 'ru-RU', colorScheme: 'light' });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('console', (message) => {
		if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
	});
	await page.goto(link);
	await page.locator(`a[href$="/${form}"]`).click();
	await consent(page);
	return { page, complaints };
}

async function review(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Проверить и отправить' }).click();
	await expect(page.getByRole('heading', { name: 'Проверьте перед отправкой' })).toBeVisible();
}

async function send(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Отправить ответы' }).click();
	await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible();
}

/** Both themes, judged by axe; the second one for its colours, which alone are others. */
async function lookAt(page: Page, where: string, into: string[]): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		const faults = await judge(page, colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {});
		into.push(...faults.map((fault) => `${where} ${colorScheme}: ${fault}`));
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

/** Question by question from the last to the first, as a phone shows them; gives their names. */
async function walkOnPhone(page: Page, into: string[]): Promise<string[]> {
	await page.setViewportSize(phone);
	const question = page.locator('.sd-row [data-name]').first();
	const back = page.locator('.sd-navigation__prev-btn');
	const seen: string[] = [];
	for (;;) {
		const name = String(await question.getAttribute('data-name'));
		if (seen.includes(name)) throw new Error(`${name} comes a second time`);
		seen.unshift(name);
		await lookAt(page, `${name} on a phone`, into);
		const width = await page.evaluate(() => document.documentElement.scrollWidth);
		if (width > phone.width) into.push(`${name} on a phone scrolls sideways, ${width} px wide`);
		if (!(await back.isVisible())) return seen;
		await back.click();
		await expect(question).not.toHaveAttribute('data-name', name);
	}
}

const forms: [string, Readonly<Record<string, Act>>][] = [
	['written', toWritten],
	['chosen', toChosen],
	['tables', toTables],
];

/** What the form gives beside the questions that are named. */
const besides: Readonly<Record<string, object>> = {
	chosen: { 'radiogroup-Comment': 'Прогулка', 'remarked-Comment': 'И родителям' },
	tables: { sum: 17 },
};

test('the forms ask every question type of survey-core, and every kind of text field', () => {
	const together = JSON.stringify([written, chosen, tables]);
	const said = (name: string) =>
		new Set([...together.matchAll(new RegExp(`"${name}":"([^"]+)"`, 'g'))].map(([, value]) => value));
	const types = new Set([...QuestionFactory.Instance.getAllTypes(), ...CHECKED_TYPES]);
	// neither is a question
	for (const type of ['panel', 'empty']) types.delete(type);
	expect([...types].filter((type) => !said('type').has(type))).toEqual([]);
	const kinds = settings.questions.inputTypes.filter((kind) => kind !== 'text');
	expect(kinds.filter((kind) => !said('inputType').has(kind))).toEqual([]);
});

for (const [index, [form, acts]] of forms.entries())
	test(`${form}: each type has its names, is answered, holds before axe in both themes and on a phone, and is stored`, async ({
		browser,
	}) => {
		test.setTimeout(240_000);
		const { page, complaints } = await open(browser, form, links[index]!);
		const found: string[] = [];
		await lookAt(page, `${form} before it is answered`, found);
		const unnamed: string[] = [];
		for (const [name, { act }] of Object.entries(acts))
			await test.step(name, async () => {
				const question = page.locator(`[data-name="${name}"]`);
				await act(question);
				// the question itself may be what has the name
				const around = question.locator('xpath=..');
				for (const [role, words] of namesOf[name] ?? [])
					if ((await around.getByRole(role, { name: words, exact: true }).count()) === 0)
						unnamed.push(`${name}: no ${role} «${words}»`);
			});
		await lookAt(page, form, found);
		expect(await walkOnPhone(page, found)).toEqual(Object.keys(acts));
		await page.setViewportSize(wide);
		await review(page);
		await send(page);
		await page.context().close();
		expect(unnamed).toEqual([]);
		expect(found).toEqual([]);
		expect(complaints).toEqual([]);
		const given = Object.fromEntries(
			Object.entries(acts).flatMap(([name, { stored }]) => (stored === undefined ? [] : [[name, stored]])),
		);
		expect(await storedAnswers(server.folder, form)).toEqual({ ...given, ...besides[form] });
	});

test('conditions, validators, triggers and calculated values hold on the screen and in what is stored', async ({
	browser,
}) => {
	test.setTimeout(180_000);
	const { page, complaints } = await open(browser, 'logic', links[3]!);
	const question = (name: string) => page.locator(`[data-name="${name}"]`);
	const choose = (name: string, value: string) =>
		question(name).locator(`label:has(input[value="${value}"])`).click();
	const offered = (name: string) =>
		question(name)
			.locator('input')
			.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
	const fill = async (texts: Record<string, string>) => {
		for (const [name, text] of Object.entries(texts))
			await question(name).locator('input, textarea').fill(text);
	};
	const next = page.getByRole('button', { name: 'Далее' });

	const shuffled = await offered('start');
	expect([...shuffled].sort()).toEqual(['a', 'b', 'd', 'e', 'f', 'g', 'h', 'i']);
	expect(shuffled).not.toEqual([...shuffled].sort());
	await expect(question('shown')).toHaveCount(0);
	await expect(question('block')).toHaveCount(0);
	await expect(question('enabled').locator('input')).not.toBeEditable();
	await choose('start', 'b');
	await expect(page.getByText('Баллов: 10')).toBeVisible();
	await expect(question('twice')).toContainText('20');
	await fill({ shown: 'Так вышло', enabled: 'Можно' });
	await next.click();
	await expect(question('needed').getByRole('alert')).toBeVisible();
	await fill({ needed: 'Нужно' });
	// the order stays over a reload, and so does all that was answered
	await expect(page.getByText(/сохранено в/)).toBeVisible();
	await page.reload();
	await expect(question('shown').locator('input')).toHaveValue('Так вышло');
	await expect(question('needed').locator('input')).toHaveValue('Нужно');
	expect(await offered('start')).toEqual(shuffled);
	await next.click();

	await expect(question('known')).toBeVisible();
	await expect(question('best').locator('input')).toHaveCount(0);
	await choose('known', 'a');
	await choose('known', 'c');
	await expect.poll(() => offered('best')).toEqual(['a', 'c']);
	await expect.poll(() => offered('rest')).toEqual(['b']);
	await expect.poll(() => offered('taught')).toEqual(['a', 'c']);
	await expect.poll(() => offered('limited')).toEqual(['x', 'y']);
	for (const [name, value] of Object.entries({ best: 'c', rest: 'b', taught: 'a', limited: 'x' }))
		await choose(name, value);
	await next.click();

	await fill({ code: '12', even: '3', hours: '41', address: 'почта', words: 'Мало' });
	await choose('several', 'a');
	await next.click();
	const messages = {
		code: 'Нужны три цифры',
		even: 'Нужно чётное',
		hours: 'От одного до сорока',
		address: 'Нужен адрес почты',
		words: 'Хотя бы десять знаков',
		several: 'Отметьте хотя бы два',
	};
	for (const [name, message] of Object.entries(messages))
		await expect(question(name).getByRole('alert')).toContainText(message);
	const found: string[] = [];
	await lookAt(page, 'what is refused', found);
	expect(found).toEqual([]);
	await fill({ code: '123', even: '4', hours: '40', address: 'a@example.org', words: 'Вполне достаточно' });
	await choose('several', 'c');
	await expect(question('copied').locator('input')).toHaveValue('123');
	await expect(page.getByRole('alert')).toHaveCount(0);
	await question('enough').getByText('Да', { exact: true }).click();
	// the trigger ends the form before its last page
	await review(page);
	await send(page);
	await page.context().close();
	expect(complaints).toEqual([]);
	expect(await storedAnswers(server.folder, 'logic')).toEqual({
		start: 'b',
		shown: 'Так вышло',
		needed: 'Нужно',
		enabled: 'Можно',
		twice: 20,
		known: ['a', 'c'],
		best: 'c',
		rest: 'b',
		taught: 'a',
		limited: 'x',
		code: '123',
		even: 4,
		hours: 40,
		address: 'a@example.org',
		words: 'Вполне достаточно',
		several: ['a', 'c'],
		copied: '123',
		put: 'само',
		ran: 11,
		enough: true,
		points: 10,
	});
});

test('a quiz turns its pages itself and comes to the look before sending', async ({ browser }) => {
	const { page, complaints } = await open(browser, 'quiz', links[4]!);
	for (const name of ['choice', 'other']) await page.locator(`[data-name="${name}"] label`).nth(1).click();
	await expect(page.getByRole('heading', { name: 'Проверьте перед отправкой' })).toBeVisible();
	await send(page);
	await page.context().close();
	expect(complaints).toEqual([]);
	expect(await storedAnswers(server.folder, 'quiz')).toEqual({ choice: 'b', other: 'b' });
});

test('every answer is in the warehouse: closed ones with their type, open ones apart', async () => {
	test.setTimeout(120_000);
	const names = forms.map(([form]) => form);
	expect(await landedAnswers(server.folder, names)).toEqual(landing);
});

for (const [form, acts] of forms)
	test(`${form}: the export holds each answer but what few have written, and its codebook each question`, () => {
		test.setTimeout(60_000);
		const { row, codebook } = exportOf(server.folder, form);
		const { participant_code, campaign, submitted_on, duration_seconds, ...answers } = row;
		expect(answers).toEqual(exported[form]);
		const described = new Set(codebook.map(({ column }) => column));
		expect(Object.keys(row).filter((column) => !described.has(column))).toEqual([]);
		const items = new Set(codebook.map(({ item }) => item?.split('.')[0]));
		const kept = Object.keys(acts).filter((name) => acts[name]!.stored !== undefined);
		expect(kept.filter((name) => !items.has(name))).toEqual([]);
		for (const [column, question, value, label] of explained[form]!)
			expect(codebook).toContainEqual(
				expect.objectContaining({ column, question_ru: question, value, label_ru: label }),
			);
	});
