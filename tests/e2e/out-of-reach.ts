import type { Page } from '@playwright/test';

/**
 * What of a page cannot be read or reached in its window, one line for each: the page scrolls sideways, words stand
 * outside the window or are cut off, words run out of a button, a control is covered by something else.
 */
export async function findOutOfReach(page: Page): Promise<string[]> {
	// what is still being loaded would take the place of what is judged
	await page.waitForLoadState('networkidle');
	const found = await page.evaluate(() => {
		const found: string[] = [];
		const width = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth > width)
			found.push(`scrolls sideways: ${document.documentElement.scrollWidth} px wide`);
		const isForReadersOnly = (element: Element): boolean => {
			const { clip, clipPath, position } = getComputedStyle(element);
			return position === 'absolute' && (clip !== 'auto' || clipPath !== 'none');
		};
		const isShown = (element: Element): boolean => {
			if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
			for (let at: Element | null = element; at; at = at.parentElement)
				if (isForReadersOnly(at)) return false;
			return true;
		};
		const scrollsAlone = (element: Element): boolean =>
			['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
			element !== document.documentElement;
		const words = (text: string) => `«${text.trim().replaceAll(/\s+/g, ' ').slice(0, 40)}»`;

		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const text = node.textContent ?? '';
			const parent = node.parentElement;
			if (!parent || text.trim() === '' || ['STYLE', 'SCRIPT', 'TITLE', 'OPTION'].includes(parent.tagName))
				continue;
			if (!isShown(parent)) continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			// a letter's box is taller than the letter, and a line ends with the space that follows it
			const slack = Number.parseFloat(getComputedStyle(parent).fontSize) / 4;
			for (const { left, right, top, bottom } of range.getClientRects()) {
				if (right - left < 1) continue;
				let isInside = true;
				for (let at: Element | null = parent; at && at !== document.body; at = at.parentElement) {
					if (scrollsAlone(at)) {
						isInside = false;
						break;
					}
					const style = getComputedStyle(at);
					const box = at.getBoundingClientRect();
					const cutsAcross =
						style.overflowX !== 'visible' && (left < box.left - slack || right > box.right + slack);
					const cutsDown =
						style.overflowY !== 'visible' && (top < box.top - slack || bottom > box.bottom + slack);
					const isFilled = style.backgroundColor !== 'rgba(0, 0, 0, 0)' || style.borderTopWidth !== '0px';
					const runsOut =
						isFilled &&
						at.matches('button, a, label, [role=button]') &&
						(bottom > box.bottom + slack || right > box.right + 1);
					if (cutsAcross || cutsDown) found.push(`cut off: ${words(text)}`);
					if (runsOut) found.push(`runs out of its button: ${words(text)}`);
				}
				if (isInside && (left < -1 || right > width + 1)) found.push(`outside the window: ${words(text)}`);
			}
		}
		// a field shows what is written in it and what it proposes
		for (const field of document.querySelectorAll<HTMLInputElement>('input[type=text], input:not([type])'))
			if (isShown(field) && field.scrollWidth > field.clientWidth + 1)
				found.push(`cut off in a field: ${words(field.value || field.placeholder)}`);
		return [...new Set(found)];
	});
	for (const control of await page.locator('button:visible, a:visible, [role=button]:visible').all()) {
		const fault = await control.evaluate((element: HTMLElement) => {
			if (element.closest('[aria-hidden=true], [inert]') || element.matches(':disabled')) return null;
			element.scrollIntoView({ block: 'center' });
			const box = element.getClientRects()[0];
			if (!box || box.width < 2 || getComputedStyle(element).clipPath !== 'none') return null;
			// a link that waits above the window until it has the focus
			if (box.bottom < 0) return null;
			const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
			const name = element.innerText.trim() || element.getAttribute('aria-label') || element.title;
			if (x < 0 || x > innerWidth || y < 0 || y > innerHeight) return `out of reach: «${name}»`;
			const top = document.elementFromPoint(x, y);
			return top && (element.contains(top) || top.contains(element)) ? null : `covered: «${name}»`;
		});
		if (fault) found.push(fault);
	}
	await page.evaluate(() => window.scrollTo(0, 0));
	return found;
}
