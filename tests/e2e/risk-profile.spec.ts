import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { startTestServer, type TestServer } from '../support/running-server.ts';
import { judge } from './axe.ts';

/** The risk profile from hand to hand: the methodist changes the list and proposes, the school answers on a phone. */

let server: TestServer;
let methodist: Page;
let school: Page;
/** the card of the coordinator's school, as the service sees it */
let card: string;
const contexts: BrowserContext[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
	test.setTimeout(180_000);
	server = await startTestServer();
	methodist = await signIn(browser, 'Орлова Наталья Юрьевна', 1440);
	school = await signIn(browser, 'Беляева Ирина Викторовна', 360);
	card = school.url().replace('/school/', '/schools/');
});

test.afterAll(async () => {
	for (const context of contexts) await context.close();
	await server?.stop();
});

async function signIn(browser: Browser, name: string, width: number): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width, height: width < 500 ? 740 : 900 },
		locale: 'ru-RU',
	});
	contexts.push(context);
	const page = await context.newPage();
	page.on('pageerror', (error) => {
		throw error;
	});
	await page.goto(`${server.address}/sign-in`);
	await page.getByText(name).click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	return page;
}

const factor = (page: Page, name: string) => page.locator('details', { hasText: name });

test('the methodist adds a factor to the list and renames one', async () => {
	await methodist.goto(card);
	await methodist
		.getByRole('region', { name: 'Рисковый профиль' })
		.getByRole('link', { name: 'Предложить оценку' })
		.click();
	await methodist.getByRole('link', { name: 'Изменить перечень факторов' }).click();
	await methodist.getByRole('button', { name: 'Изменить: Дефицит педагогических кадров' }).click();
	await methodist.getByLabel('Название фактора').fill('Не хватает учителей');
	await methodist.getByRole('button', { name: 'Сохранить фактор' }).click();
	await expect(methodist.getByText('Не хватает учителей')).toBeVisible();
	await methodist.getByRole('button', { name: 'Добавить фактор' }).click();
	await methodist.getByLabel('Название фактора').fill('Далёкий подвоз');
	await methodist.getByRole('button', { name: 'Добавить показатель' }).click();
	await methodist.getByRole('textbox', { name: 'Показатель 1' }).fill('Минут в пути');
	await methodist.getByLabel('Хорошо').fill('15');
	await methodist.getByLabel('Плохо').fill('15');
	await expect(methodist.getByRole('button', { name: 'Сохранить фактор' })).toBeDisabled();
	await methodist.getByLabel('Плохо').fill('60');
	await methodist.getByRole('button', { name: 'Сохранить фактор' }).click();
	await expect(methodist.getByText('добавлен муниципалитетом')).toBeVisible();
});

test('the methodist proposes with what the data suggest', async () => {
	await methodist.goBack();
	const skills = factor(methodist, 'компетентность педагогов');
	await skills.locator('summary').click();
	await skills
		.getByRole('button', { name: /Взять из данных/ })
		.last()
		.click();
	// the results of this school are in doubt: they suggest nothing
	const results = factor(methodist, 'рисками учебной неуспешности');
	await results.locator('summary').click();
	await expect(results.getByLabel('Работы ниже порога в процедурах года, %')).toBeVisible();
	await expect(results.getByRole('button', { name: /Взять из данных/ })).toHaveCount(0);
	const own = factor(methodist, 'Далёкий подвоз');
	await own.locator('summary').click();
	await own.getByLabel('Минут в пути').fill('37,5');
	const teachers = factor(methodist, 'Не хватает учителей');
	await teachers.locator('summary').click();
	await teachers.getByLabel('Значимость').selectOption('высокая значимость');
	await teachers.getByLabel('Пояснение для школы').fill('Две вакансии математиков с августа');
	await expect(methodist.getByText('Изменены 3 фактора')).toBeVisible();
	await methodist.getByRole('button', { name: 'Предложить школе' }).click();
	await expect(methodist.getByText('Изменений нет.')).toBeVisible();
	await expect(own.locator('summary')).toContainText('средняя значимость');
	await expect(teachers.locator('summary')).toContainText('ждём ответа школы');
});

test('the school agrees with one factor, objects to another and picks one, on a phone', async () => {
	await school.reload();
	await school.getByRole('link', { name: 'Проверить факторы' }).click();
	const answers = school.getByRole('region', { name: /Проверка факторов/ });
	const of = (name: string) => answers.locator('section', { hasText: name });
	await of('Не хватает учителей').getByText('Не согласны').click();
	await of('Далёкий подвоз').getByText('Согласны', { exact: true }).click();
	await of('Далёкий подвоз').getByLabel('Берём в программу школы').check();
	await expect(school.getByRole('button', { name: 'Отправить ответ' })).toBeDisabled();
	await of('Не хватает учителей')
		.getByLabel(/Почему школа не согласна/)
		.fill('Вакансии закрыты в сентябре');
	expect(await judge(school)).toEqual([]);
	const width = await school.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(360);
	await school.getByRole('button', { name: 'Отправить ответ' }).click();
	const history = school.getByRole('region', { name: /Что предложено/ });
	await expect(history).toContainText('Вакансии закрыты в сентябре');
	await school.reload();
	await expect(of('Далёкий подвоз').getByLabel('Берём в программу школы')).toBeChecked();
});

test('the card of the school shows both sides', async () => {
	await methodist.goto(card);
	const risks = methodist.getByRole('region', { name: 'Рисковый профиль' });
	await expect(risks.getByRole('listitem').filter({ hasText: 'Не хватает учителей' })).toContainText(
		'школа не согласна',
	);
	await expect(risks.getByRole('listitem').filter({ hasText: 'Далёкий подвоз' })).toContainText(
		'в программе школы',
	);
	expect(await judge(methodist)).toEqual([]);
});

test('the plan of the school takes up the factor that the school chose', async () => {
	await methodist.goto(card);
	await methodist.getByRole('link', { name: 'Составить план поддержки' }).click();
	await methodist.getByRole('button', { name: /Добавить меру по 1 фактору/ }).click();
	const titles = methodist.getByRole('textbox', { name: 'Что сделать' });
	await expect(titles.last()).toHaveValue('Антирисковая программа: Далёкий подвоз');
	await expect(methodist.getByRole('button', { name: /Добавить меру по/ })).toBeHidden();
});

test('a plan rests on the verified profile, and keeps it when the profile is changed later', async () => {
	await methodist.goto(card);
	await methodist
		.getByRole('region', { name: 'Рисковый профиль' })
		.getByRole('link', { name: 'Открыть профиль' })
		.click();
	await methodist.getByRole('link', { name: 'Составить план на этом профиле' }).click();
	const evidence = methodist.getByRole('region', { name: 'Обоснование', exact: true });
	const isVerified = async () => {
		const teachers = evidence.getByRole('listitem').filter({ hasText: 'Не хватает учителей' });
		await expect(teachers).toContainText('высокая значимость');
		await expect(teachers).toContainText('школа не согласна');
		await expect(teachers).toContainText('Школа: Вакансии закрыты в сентябре');
		const way = evidence.getByRole('listitem').filter({ hasText: 'Далёкий подвоз' });
		await expect(way).toContainText('средняя значимость · индекс 50 из 100');
		await expect(way).toContainText('Минут в пути: 37,5 (хорошо — 15, плохо — 60)');
		await expect(way).toContainText('в программе школы');
		await expect(evidence).toContainText('школа ещё не ответила: 1 фактор — пока предложение службы');
	};
	await isVerified();
	expect(await judge(methodist)).toEqual([]);
	await expect(methodist.getByLabel('Название плана')).toHaveValue(/^Антирисковая поддержка/);
	await methodist.getByRole('button', { name: 'Сохранить план' }).click();
	await expect(methodist.getByText('План сохранён черновиком.')).toBeVisible();
	const plan = methodist.url();
	await isVerified();

	await methodist.goto(`${card}/risks`);
	const own = factor(methodist, 'Далёкий подвоз');
	await own.locator('summary').click();
	await own.getByLabel('Минут в пути').fill('60');
	await methodist.getByRole('button', { name: 'Предложить школе' }).click();
	await expect(own.locator('summary')).toContainText('высокая значимость');
	await expect(own.locator('summary')).toContainText('ждём ответа школы');
	await methodist.goto(plan);
	await isVerified();
});

test('the numbers of a plan follow the year that is chosen, and what was written stays', async () => {
	await methodist.goto(`${server.address}/plans/new?school=sch900010&module=low-results&year=2026`);
	const [start, goal, aim] = ['Сейчас', 'Цель', 'Должно стать'].map((name) =>
		methodist.getByRole('textbox', { name, exact: true }),
	);
	const year = (name: string) =>
		methodist.getByRole('group', { name: 'Год' }).getByText(name, { exact: true }).click();
	await expect(start!).toHaveValue('40,1');
	await goal!.fill('Своя цель');
	await aim!.fill('25');
	await year('2024');
	await expect(start!).toHaveValue('37,7');
	await expect(goal!).toHaveValue('Своя цель');
	await expect(aim!).toHaveValue('25');
	await start!.fill('33');
	await year('2025');
	await expect(methodist.getByRole('radio', { name: '2025' })).toBeChecked();
	await expect(start!).toHaveValue('33');
});
