import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * A colour on its way from one scheme to the other is neither. What inherits a colour may set out when the other arrives,
 * so that only several frames without a movement are an end; what moves for ever is not waited for.
 */
const untilStill = (page: Page) =>
	page.evaluate(async () => {
		const isMoving = () =>
			document
				.getAnimations()
				.some(
					({ playState, effect }) =>
						playState === 'running' && effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY,
				);
		for (let still = 0; still < 4; still = isMoving() ? 0 : still + 1)
			await new Promise((resolve) => requestAnimationFrame(resolve));
	});

/** What axe holds to be serious or critical, one line for each rule with the first places. */
export async function judge(page: Page, options: RunOptions = {}): Promise<string[]> {
	await untilStill(page);
	// the page's policy admits no foreign script: the source is evaluated from outside
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
	const { violations } = await page.evaluate<AxeResults, RunOptions>(
		(given) => (window as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(given),
		{ resultTypes: ['violations'], ...options },
	);
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(({ id, nodes }) => {
			const places = nodes
				.slice(0, 3)
				.map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? ''})`);
			return `${id} × ${nodes.length}: ${places.join('; ')}`;
		});
}
