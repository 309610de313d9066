import type { Browser, BrowserContext, BrowserContextOptions, Page, TestInfo } from '@playwright/test';
import type { BreakableNetwork } from '../support/breakable-network.ts';
import { judge } from './axe.ts';

/** Devices of people who answer: each a browser of its own, with a storage and a service worker of its own. */

const devices = new Set<BrowserContext>();

/** A phone, or a wider screen; `closeDevices` ends it with the others. */
export async function device(
	browser: Browser,
	width = 360,
	options: BrowserContextOptions = {},
): Promise<BrowserContext> {
	const context = await browser.newContext({
		viewport: { width, height: 740 },
		locale: 'ru-RU',
		...options,
	});
	devices.add(context);
	return context;
}

export async function closeDevices(): Promise<void> {
	for (const context of devices) await context.close();
	devices.clear();
}

/** Page and service worker of a device that came through this network lose it, and the browser knows it. */
export async function loseNetwork(context: BrowserContext, network: BreakableNetwork): Promise<void> {
	await network.cut();
	await context.setOffline(true);
}

export async function findNetwork(context: BrowserContext, network: BreakableNetwork): Promise<void> {
	await network.mend();
	await context.setOffline(false);
}

/** What a device keeps in a shelf of one of its databases (client/offline/device-store.ts), by key. */
export function keptOn(page: Page, database: 'opora' | 'opora-files', shelf: string) {
	return page.evaluate(
		async ([name, store]) => {
			// opening one that is not there would make it, without its shelves
			if (!(await indexedDB.databases()).some((each) => each.name === name)) return {};
			const ask = <Result>(request: IDBRequest<Result>) =>
				new Promise<Result>((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error);
				});
			const opened = await ask(indexedDB.open(name));
			const kept = opened.transaction(store).objectStore(store);
			const [keys, values] = await Promise.all([ask(kept.getAllKeys()), ask(kept.getAll())]);
			opened.close();
			return Object.fromEntries(keys.map((key, at) => [String(key), values[at]]));
		},
		[database, shelf] as const,
	);
}

/** A picture of a screen for those who ask for them (`OPORA_SHOTS`). */
export async function shot(page: Page, name: string, info: TestInfo): Promise<void> {
	if (process.env.OPORA_SHOTS)
		await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
}

/** What axe finds serious on a screen in either scheme. */
export async function judgeBoth(page: Page, name: string, info: TestInfo): Promise<string[]> {
	const found: string[] = [];
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme });
		found.push(...(await judge(page)).map((fault) => `${colorScheme}: ${fault}`));
		await shot(page, `${name}-${colorScheme}`, info);
	}
	return found;
}
