/// <reference types="vitest/config" />
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const compressible = /\.(?:js|css|html|svg|json)$/;

/** Writes .br and .gz beside each text file of the build, so that the server never compresses a static file. */
function precompress(): Plugin {
	let folder = '';
	return {
		name: 'precompress',
		apply: 'build',
		configResolved(config) {
			folder = join(config.root, config.build.outDir);
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

/** Leaves the families of Vega transforms that no picture of ours uses (maps, forces, trees, …) out of the bundle. */
function fewerVegaTransforms(): Plugin {
	const before = 'extend(transforms, tx, vtx, encode, geo, force, label, tree, reg, voronoi, wordcloud, xf)';
	return {
		name: 'fewer-vega-transforms',
		apply: 'build',
		transform: {
			filter: { id: /\/vega\/build\/vega\.module\.js$/ },
			handler(code) {
				if (!code.includes(before)) throw new Error('vega.module.js changed: look at its list of transforms');
				return { code: code.replace(before, 'extend(transforms, tx, vtx, encode)'), map: null };
			},
		},
	};
}

/**
 * SurveyJS carries its 1,600 base style variables as a script and writes them into the page as a style element. They
 * are made a style sheet here: less script on a teacher's phone, and one inline style less.
 */
function surveyVariablesAsStyles(): Plugin {
	const sheet = 'virtual:survey-variables.css';
	let rules = '';
	return {
		name: 'survey-variables-as-styles',
		apply: 'build',
		resolveId: { filter: { id: /^virtual:survey-variables\.css$/ }, handler: (id) => `\0${id}` },
		load: { filter: { id: /^\0virtual:survey-variables\.css$/ }, handler: () => rules },
		transform: {
			filter: { id: /\/survey-core\/fesm\/survey-core\.mjs$/ },
			handler(code) {
				const start = code.indexOf('var baseTheme = {');
				const end = code.indexOf('\n};', start);
				if (start < 0 || end < 0) throw new Error('survey-core changed: look at its base theme');
				const variables = [...code.slice(start, end).matchAll(/^\s+"(--[\w-]+)": "(.*)",?$/gm)];
				if (variables.length < 1000) throw new Error('survey-core changed: its variables were not found');
				rules = `:where(.sd-theme-root){${variables.map(([, name, value]) => `${name}:${value}`).join(';')}}`;
				return {
					code: `import '${sheet}';\n${code.slice(0, start)}var baseTheme = { cssVariables: {}${code.slice(end)}`,
					map: null,
				};
			},
		},
	};
}

export default defineConfig({
	root: 'client',
	publicDir: 'public',
	plugins: [react(), fewerVegaTransforms(), surveyVariablesAsStyles(), precompress()],
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
		globalSetup: ['tests/support/postgres.ts'],
		environment: 'node',
		testTimeout: 30_000,
	},
});
