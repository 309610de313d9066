import { defineConfig } from '@playwright/test';
import { browserArguments, chromiumPath } from './tests/support/chromium.ts';

export default defineConfig({
	testDir: 'tests/e2e',
	timeout: 120_000,
	expect: { timeout: 15_000 },
	workers: 1,
	fullyParallel: false,
	outputDir: 'test-results',
	use: {
		locale: 'ru-RU',
		launchOptions: {
			executablePath: await chromiumPath(),
			args: browserArguments,
		},
		actionTimeout: 15_000,
		screenshot: 'only-on-failure',
	},
});
