import { type Browser, expect, type Page, test } from '@playwright/test';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { judge } from './axe.ts';

/** Papers of a school with signs are marked again: the record, its correction, its withdrawal, and what the verdict becomes. */

let server: TestServer;
let page: Page;
/** a school of the demo at level 2 in its year */
let school: { id: string; year: number };

async function signedIn(browser: Browser, login: string, width = 1440): Promise<Page> {
	const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'ru-RU' });
	const opened = await context.newPage();
	const data = { login, password: 'opora-demo-2026' };
	expect((await opened.request.post(`${server.address}/api/session`, { data })).ok()).toBe(true);
	return opened;
}

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
	test.setTimeout(180_000);
	server = await startTestServer();
	page = await signedIn(browser, 'methodist');
	const { columns } = await (
		await page.request.get(`${server.address}/api/analytics/result-objectivity`)
	).json();
	const levels = columns.level as string[];
	const at = levels.lastIndexOf('2') >= 0 ? levels.lastIndexOf('2') : levels.lastIndexOf('3');
	school = { id: columns.school_id[at], year: columns.year[at] };
});
test.afterAll(() => server?.stop());

const card = (of: Page = page) => of.getByRole('region', { name: /^Перепроверка работ/ });
const signs = () => page.getByRole('region', { name: /^Признаки необъективности/ });

async function fill(numbers: Record<string, string>): Promise<void> {
	for (const [label, value] of Object.entries(numbers))
		await card().getByLabel(label, { exact: false }).first().fill(value);
}

test('numbers that do not add up are refused in words, and nothing is stored', async () => {
	await page.goto(`${server.address}/schools/${school.id}?year=${school.year}`);
	await expect(card().getByText('Работы этого года не перепроверяли')).toBeVisible();
	await expect(signs().getByText(/Перепроверка выборки работ муниципальной комиссией/)).toBeVisible();
	await card().getByRole('button', { name: 'Внести перепроверку' }).click();
	await fill({ 'Отобрано работ': '12', Перепроверено: '12', 'Отметка не изменилась': '6' });
	await fill({
		'Отметка повышена': '0',
		'Отметка понижена': '5',
		'Кто перепроверил': 'Муниципальная комиссия',
	});
	expect(await judge(page)).toEqual([]);
	await card().getByRole('button', { name: 'Сохранить' }).click();
	await expect(card().getByText(/Повышенные и понижённые отметки вместе/)).toBeVisible();
	const stored = await page.request.get(`${server.address}/api/schools/${school.id}/remarkings`);
	const records: { year: number }[] = await stored.json();
	expect(records.filter(({ year }) => year === school.year)).toEqual([]);
});

test('a share below the target stands beside the signs and makes them persistent', async () => {
	await fill({ 'Отметка понижена': '6', 'Номер документа': 'Акт № 3' });
	await card().getByRole('button', { name: 'Сохранить' }).click();
	await expect(card().getByText('50 % [25–75]')).toBeVisible();
	await expect(card().getByText('меньше целевых 90 %: расхождения есть')).toBeVisible();
	await expect(card().getByText(/Акт № 3/)).toBeVisible();
	await expect(signs().getByText('устойчивые признаки')).toBeVisible();
	await expect(signs().getByText(/перепроверка выявила расхождения: .*в 6 из 12 работ/)).toBeVisible();
	await expect(signs().getByText(/программа объективности/)).toBeVisible();
	expect(await judge(page)).toEqual([]);
});

test('a correction that reaches the target confirms objectivity, and the history keeps both', async () => {
	await card().getByRole('button', { name: 'Исправить' }).click();
	await fill({ 'Отметка не изменилась': '11', 'Отметка понижена': '1' });
	await card().getByRole('button', { name: 'Сохранить' }).click();
	await expect(card().getByText('перепроверка подтвердила объективность')).toBeVisible();
	await expect(
		signs()
			.getByText(/перепроверка подтвердила объективность/)
			.first(),
	).toBeVisible();
	await card().getByText('История записи').click();
	await expect(card().getByText('Отметка не изменилась: 6 → 11')).toBeVisible();
});

test('the school reads the record and has no button to write it', async ({ browser }) => {
	const coordinator = await signedIn(browser, 'school', 360);
	const { session } = await (await coordinator.request.get(`${server.address}/api/session`)).json();
	expect(session.acts).toContain('see-remarkings');
	await coordinator.goto(`${server.address}${session.landing}`);
	await expect(card(coordinator)).toBeVisible();
	await expect(card(coordinator).getByRole('button', { name: 'Внести перепроверку' })).toHaveCount(0);
	expect(await judge(coordinator)).toEqual([]);
	await coordinator.context().close();
});

test('a withdrawn record stays to be read and no longer counts', async () => {
	await card().getByRole('button', { name: 'Отозвать' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('button', { name: 'Отозвать запись' })).toBeDisabled();
	await dialog.getByLabel('Причина').fill('Внесено по ошибке');
	await dialog.getByRole('button', { name: 'Отозвать запись' }).click();
	await expect(card().getByText('запись отозвана, в расчёт не входит')).toBeVisible();
	await expect(signs().getByText(/Перепроверка выборки работ муниципальной комиссией/)).toBeVisible();
	await expect(card().getByText(/Внесено по ошибке/)).toBeVisible();
});
