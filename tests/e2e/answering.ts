import { expect, type Page } from '@playwright/test';

const next = /Далее|Вперёд|Next/;
const finish = /Проверить и отправить|Review and send/;
const sendAnswers = /Отправить ответы|Send the answers/;

/** Consents and stands before the first question. */
export async function consent(page: Page, options: { letMethodist?: boolean } = {}): Promise<void> {
	await page.getByRole('checkbox', { name: /согласен, я согласна/ }).check();
	if (options.letMethodist) await page.getByRole('checkbox', { name: /методист/i }).check();
	await page.getByRole('button', { name: 'Перейти к вопросам' }).click();
	await expect(page.getByText(/^0 из \d+/)).toBeVisible();
}

/** Chooses in each question on this page; `value` counts from 0. */
export async function answerPage(page: Page, value: number): Promise<void> {
	const names = await page
		.locator('input[type=radio]')
		.evaluateAll((inputs) => [...new Set(inputs.map((input) => (input as HTMLInputElement).name))]);
	for (const name of names) {
		const options = page.locator(`input[type=radio][name="${name}"]`);
		const option = options.nth(Math.min(value, (await options.count()) - 1));
		await option.locator('xpath=ancestor::label').click();
	}
}

/** Tells one screen of questions from another. */
const firstQuestion = (page: Page) => page.locator('.sd-row [data-name]').first();

/** Turns to the next screen and waits until it is there: a slow machine would turn twice, and leave one unanswered. */
export async function turnPage(page: Page): Promise<void> {
	const name = String(await firstQuestion(page).getAttribute('data-name'));
	await page.getByRole('button', { name: next }).click();
	await expect(firstQuestion(page)).not.toHaveAttribute('data-name', name);
}

/** Goes to the last screen; does this on each, the last one too. */
export async function toLastPage(
	page: Page,
	each: (number: number) => Promise<void> = async () => undefined,
): Promise<void> {
	for (let number = 0; number < 60; number += 1) {
		await each(number);
		if (await page.getByRole('button', { name: finish }).isVisible()) return;
		await turnPage(page);
	}
	throw new Error('the instrument does not end');
}

/** Looks through on the last screen and sends. */
export async function send(page: Page): Promise<void> {
	await page.getByRole('button', { name: finish }).click();
	await page.getByRole('button', { name: sendAnswers }).click();
}

/** Answers screen after screen with touch or mouse, and sends. */
export async function answerAll(page: Page, value: (number: number) => number): Promise<void> {
	await toLastPage(page, (number) => answerPage(page, value(number)));
	await send(page);
	await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible();
}

/** Waits until the server has all that was answered: the words alone may still tell of an earlier save. */
export async function untilSaved(page: Page): Promise<void> {
	const unsent = () =>
		page.evaluate(
			() =>
				Object.entries(localStorage).filter(
					([key, text]) => key.startsWith('opora-answers:') && JSON.parse(text).is_unsent,
				).length,
		);
	await expect.poll(unsent).toBe(0);
	await expect(page.getByText(/сохранено в \d/)).toBeVisible();
}

/** The same with nothing but the keyboard: Tab, arrows, Space and Enter. */
export async function answerAllByKeyboard(page: Page): Promise<void> {
	for (let step = 0; step < 900; step += 1) {
		await page.keyboard.press('Tab');
		const focused = await page.evaluate(() => {
			const element = document.activeElement as HTMLElement | null;
			const input = element instanceof HTMLInputElement ? element : null;
			return {
				isRadio: input?.type === 'radio',
				isChosen: input?.checked ?? false,
				button:
					element?.tagName === 'BUTTON' || input?.type === 'button'
						? element?.innerText || input?.value || ''
						: '',
			};
		});
		if (focused.isRadio && !focused.isChosen) await page.keyboard.press('Space');
		else if (finish.test(focused.button)) {
			await page.keyboard.press('Enter');
			await expect(page.getByRole('heading', { name: 'Проверьте перед отправкой' })).toBeFocused();
		} else if (sendAnswers.test(focused.button)) {
			await page.keyboard.press('Enter');
			await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible();
			return;
		} else if (next.test(focused.button)) {
			const name = String(await firstQuestion(page).getAttribute('data-name'));
			await page.keyboard.press('Enter');
			await expect(firstQuestion(page)).not.toHaveAttribute('data-name', name);
			await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
		}
	}
	throw new Error('the keyboard never reached the end');
}
