import { expect, type Locator } from '@playwright/test';
import { pngWithMetadata } from '../support/pictures.ts';

/** How a person answers each kind of question, with mouse and keys; and what is stored of it. */
export interface Act {
	act(question: Locator): Promise<void>;
	stored: unknown;
}

const reference = expect.stringMatching(/^file\//);

/** A field as the browser itself fills it: text, day, time, colour. */
export const fill = (text: string, stored: unknown = text): Act => ({
	stored,
	act: (question) => question.locator('input, textarea').first().fill(text),
});

/** Letter by letter, as a mask wants it. */
export const type = (keys: string, stored: unknown = keys): Act => ({
	stored,
	act: (question) => question.locator('input').first().pressSequentially(keys),
});

/** Clicks what stands around these inputs, and once more where nothing came of it, as anybody would. */
export const pick = (values: readonly unknown[], stored: unknown): Act => ({
	stored,
	async act(question) {
		for (const value of values) {
			const input = question.locator(`input[value="${String(value)}"]`).first();
			await expect(async () => {
				if (!(await input.isChecked())) await input.locator('xpath=ancestor::label').click();
				await expect(input).toBeChecked({ timeout: 2_000 });
			}).toPass();
		}
	},
});

/** Opens a list and chooses by its words; a list that takes several stays open. */
export const choose = (words: readonly string[], stored: unknown): Act => ({
	stored,
	async act(question) {
		const options = question.locator('li[role=option]');
		// a list closes when the page scrolls: it gets room before it opens
		await question.evaluate((element) => element.scrollIntoView({ block: 'center' }));
		await question.locator('.sd-dropdown, .sd-tagbox').first().click();
		for (const word of words) await options.filter({ hasText: word }).click();
		if (words.length > 1) await question.page().keyboard.press('Escape');
		await expect(options.first()).toBeHidden();
	},
});

export const press = (target: string, keys: readonly string[], stored: unknown): Act => ({
	stored,
	async act(question) {
		await question.locator(target).first().focus();
		for (const key of keys) await question.page().keyboard.press(key);
	},
});

export const click = (targets: readonly string[], stored: unknown): Act => ({
	stored,
	async act(question) {
		for (const target of targets) await question.locator(target).first().click();
	},
});

export const each = (acts: Readonly<Record<string, Act>>, stored: unknown): Act => ({
	stored,
	async act(question) {
		for (const [place, { act }] of Object.entries(acts)) await act(question.locator(place));
	},
});

export const upload: Act = {
	stored: [{ name: 'доска.png', type: 'image/png', content: reference }],
	async act(question) {
		const chooser = question.page().waitForEvent('filechooser');
		await question.locator('label[for]').last().click();
		await (await chooser).setFiles({ name: 'доска.png', mimeType: 'image/png', buffer: pngWithMetadata() });
		await expect(question.getByText('доска.png').first()).toBeVisible();
	},
};

export const sign: Act = {
	stored: reference,
	async act(question) {
		const page = question.page();
		const canvas = question.locator('canvas');
		await canvas.scrollIntoViewIfNeeded();
		const { x, y } = (await canvas.boundingBox())!;
		const sent = page.waitForResponse((reply) => reply.url().includes('/files?'));
		await page.mouse.move(x + 30, y + 30);
		await page.mouse.down();
		for (let step = 1; step <= 5; step += 1)
			await page.mouse.move(x + 30 + 20 * step, y + 30 + (step % 2) * 40);
		await page.mouse.up();
		expect((await sent).status()).toBe(201);
	},
};

/** Only shown: there is nothing to do, and nothing of it is stored. */
export const look: Act = { stored: undefined, act: (question) => expect(question).toBeVisible() };
