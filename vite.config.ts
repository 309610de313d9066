/// <reference types="vitest/config" />
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { offlineFiles } from './client/build/offline-files.ts';
import { surveyParts } from './client/build/survey-parts.ts';
import { vegaParts } from './client/build/vega-parts.ts';

const compressible = /\.(?:js|css|html|svg|json)$/;

/** Writes .br and .gz beside each text file of the build, so that the server never compresses a static file. */
function precompress(): Plugin {
	let folder = '';
	return {
		name: 'precompress',
		apply: 'build',
		configResolved(config) {
			folder = resolve(config.root, config.build.outDir);
		},
		closeBundle() {
			for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
				if (!entry.isFile() || !compressible.test(entry.name)) continue;
				const path = join(entry.parentPath, entry.name);
				const bytes = readFileSync(path);
				if (bytes.length < 512) continue;
				writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
				writeFileSync(
					`${path}.br`,
					brotliCompressSync(bytes, {
						params: {
							[constants.BROTLI_PARAM_QUALITY]: 11,
							[constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
						},
					}),
				);
			}
		},
	};
}

export default defineConfig({
	root: 'client',
	publicDir: 'public',
	plugins: [react(), vegaParts(), surveyParts(), offlineFiles(), precompress()],
	build: {
		outDir: '../dist/client',
		emptyOutDir: true,
		manifest: 'manifest.json',
		target: ['chrome111', 'edge111', 'firefox114', 'safari16.4'],
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		chunkSizeWarningLimit: 2000,
		reportCompressedSize: false,
	},
	test: {
		root: '.',
		include: ['tests/**/*.test.ts'],
		exclude: ['tests/e2e/**', 'tests/bench/**'],
		globalSetup: ['tests/support/random-seed.ts', 'tests/support/postgres.ts'],
		environment: 'node',
		// Two at once, whatever the machine: what is slow here waits for processes and files as much as it computes.
		maxWorkers: 2,
		// Bounds of a machine that does something else meanwhile; what must be quick says so in its own test.
		testTimeout: 60_000,
		hookTimeout: 60_000,
	},
});
