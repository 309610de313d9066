import { type Browser, expect, type Page, test } from '@playwright/test';
import { recordGrant } from '#data/records/registry/grants.ts';
import { recordMunicipalities } from '#data/records/registry/municipalities.ts';
import { openRecords } from '#data/records/store.ts';
import { keySchema } from '#surveys/key.ts';
import { startTestServer, type TestServer } from '../support/running-server.ts';

/** A methodist of two municipalities makes a survey of needs and says by clicking which of its questions the demand index counts. */

const password = 'opora-demo-2026';
const place = 'Заречный округ';
let server: TestServer;

test.beforeAll(async () => {
	test.setTimeout(180_000);
	server = await startTestServer();
	const records = await openRecords({ folder: server.folder });
	const [region] = await records.db.selectFrom('region').select('id').execute();
	await records.transaction((trx) =>
		recordMunicipalities(trx, [{ id: 'mun-second', region_id: region!.id, name: place }]),
	);
	const grants = await records.db
		.selectFrom('role_grant')
		.select(['account_id', 'role'])
		.where('role', 'in', ['methodist', 'leader'])
		.execute();
	for (const grant of grants) await recordGrant(records.db, { ...grant, place: 'municipality/mun-second' });
	await records.close();
});
test.afterAll(() => server?.stop());

async function signIn(browser: Browser, login: string): Promise<Page> {
	const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
	const reply = await page.request.post(`${server.address}/api/session`, { data: { login, password } });
	expect(reply.ok()).toBe(true);
	return page;
}

test('whose the instrument is, what its questions count for, and who publishes it', async ({
	browser,
}, info) => {
	test.setTimeout(180_000);
	const shot = async (page: Page, name: string) =>
		process.env.OPORA_SHOTS
			? void (await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true }))
			: undefined;
	const author = await signIn(browser, 'methodist');
	await author.goto(`${server.address}/workshop/new`);
	const needs = author.getByRole('listitem').filter({ hasText: 'Потребности: новый опрос' });
	await expect(needs.getByRole('button')).toBeDisabled();
	await author.getByLabel('Муниципалитет').selectOption({ label: place });
	await shot(author, 'new');
	await needs.getByRole('button').click();
	await expect(author).toHaveURL(/\/workshop\/drafts\//);
	await expect(author.getByText(place)).toBeVisible();
	const draft = author.url();

	await author.getByRole('button', { name: /Какой вид помощи вам подходит/ }).click();
	const item = author.getByRole('region', { name: 'Вопрос form' });
	await item.getByLabel('Куда идут ответы').selectOption({ label: 'Темы профессиональных запросов' });
	await shot(author, 'role');
	await author.getByRole('button', { name: /Критериальное оценивание/ }).click();
	await expect(author.getByRole('region', { name: 'Вопрос n1' }).getByLabel('Куда идут ответы')).toHaveCount(
		0,
	);
	await author.getByRole('tab', { name: 'Настройки' }).click();
	await expect(author.getByRole('listitem').filter({ hasText: 'Мастер-класс' })).toContainText(
		'Темы профессиональных запросов',
	);
	await shot(author, 'settings');
	await expect(author.getByText(/сохранено в/)).toBeVisible();
	await expect(author.getByRole('tab', { name: 'Проверка', exact: true })).toBeVisible();
	await author.getByRole('tab', { name: 'Публикация' }).click();
	await author.getByRole('button', { name: 'Отправить на проверку' }).click();
	await expect(author.getByText('на проверке у коллеги')).toBeVisible();

	const reviewer = await signIn(browser, 'leader');
	await reviewer.goto(`${server.address}/workshop`);
	const row = reviewer.getByRole('listitem').filter({ hasText: 'Потребности: новый опрос' });
	await expect(row).toContainText(place);
	await shot(reviewer, 'overview');
	await reviewer.goto(draft);
	await reviewer.getByRole('tab', { name: 'Публикация' }).click();
	await reviewer.getByRole('button', { name: 'Опубликовать версию' }).click();
	await expect(reviewer.getByText(/Опубликована версия 1/)).toBeVisible();

	const records = await openRecords({ folder: server.folder });
	try {
		const { instrument, municipality_id } = await records.db
			.selectFrom('instrument_draft')
			.select(['instrument', 'municipality_id'])
			.where('published_version', '=', 1)
			.where('municipality_id', '=', 'mun-second')
			.executeTakeFirstOrThrow();
		expect(municipality_id).toBe('mun-second');
		const { key } = await records.db
			.selectFrom('instrument_version')
			.select('key')
			.where('instrument', '=', instrument)
			.executeTakeFirstOrThrow();
		const { items, scales } = keySchema.parse(JSON.parse(key));
		expect(items.map(({ item, rule }) => [item, rule.kind])).toEqual([['form', 'demand']]);
		expect(scales.map(({ kind, title }) => [kind, title?.ru])).toEqual(
			['Наставник', 'Мастер-класс', 'Курс', 'Материалы для самостоятельной работы'].map((words) => [
				'professional_theme',
				words,
			]),
		);
	} finally {
		await records.close();
	}

	// what ships with the program belongs to nobody yet: a further version of it asks whose it will be
	await author.goto(`${server.address}/workshop`);
	const shipped = author.getByRole('listitem').filter({ hasText: 'из поставки' }).first();
	await shipped.getByRole('link', { name: 'Новая версия' }).click();
	await expect(author.getByRole('button', { name: 'Сделать копию' })).toBeDisabled();
	await author.getByLabel('Муниципалитет').selectOption({ label: place });
	await shot(author, 'version');
	await author.getByRole('button', { name: 'Сделать копию' }).click();
	await expect(author).toHaveURL(/\/workshop\/drafts\//);
	await expect(author.getByText(place)).toBeVisible();
});
