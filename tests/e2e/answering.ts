import { expect, type Page } from '@playwright/test';

const next = /Далее|Вперёд|Next/;
const finish = /Проверить и отправить|Review and send/;
const send = /Отправить ответы|Send the answers/;

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

/** Answers page after page with touch or mouse; stops before page `until`, else sends. */
export async function answerAll(
	page: Page,
	value: (page: number) => number,
	until = Infinity,
): Promise<void> {
	for (let number = 0; number < 30; number += 1) {
		if (number === until) return;
		await answerPage(page, value(number));
		const last = page.getByRole('button', { name: finish });
		if (await last.isVisible()) {
			await last.click();
			await page.getByRole('button', { name: send }).click();
			await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible();
			return;
		}
		await page.getByRole('button', { name: next }).click();
		await page.waitForTimeout(150);
	}
	throw new Error('the instrument does not end');
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
		} else if (send.test(focused.button)) {
			await page.keyboard.press('Enter');
			await expect(page.getByRole('heading', { name: /Спасибо, ответы приняты/ })).toBeVisible();
			return;
		} else if (next.test(focused.button)) {
			await page.keyboard.press('Enter');
			await page.waitForTimeout(250);
			await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
		}
	}
	throw new Error('the keyboard never reached the end');
}
