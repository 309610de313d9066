import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Measure, NotRun } from './goal.ts';

/** One entry of Vite's manifest, as far as it is read here. */
interface ManifestChunk {
	file: string;
	imports?: string[];
	dynamicImports?: string[];
}

export interface PathSize {
	path: string;
	files: string[];
	/** thousands of bytes */
	gzip: number;
	brotli: number;
	gzip_floor: number;
	brotli_goal: number;
}

const root = join(import.meta.dirname, '../..');
const shipped = join(root, 'dist/client');

/** What a browser loads on the way to a screen: the entry, the lazy pages on that way, the texts of one language. */
const paths = [
	{
		path: 'teacher: first load to answering',
		pages: [
			'diagnostics/MyDiagnostics.tsx',
			'diagnostics/DiagnosticPage.tsx',
			'diagnostics/SurveyPage.tsx',
			'locales/ru/common.json',
			'locales/ru/diagnostics.json',
		],
		gzip_floor: 430,
		brotli_goal: 330,
	},
	{
		path: 'board: first load to pictures',
		pages: [
			'StaffArea.tsx',
			'dashboard/TodayPage.tsx',
			'dashboard/Dashboard.tsx',
			'chart/Chart.tsx',
			'locales/ru/common.json',
			'locales/ru/dashboard.json',
		],
		gzip_floor: 420,
		brotli_goal: 300,
	},
];

/** Sizes of scripts per path (G17); needs a built client. Pages that a build does not have are left out. */
export function measurePaths(built = shipped): PathSize[] {
	const manifest = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8')) as Record<
		string,
		ManifestChunk
	>;
	const collect = (key: string, into: Set<string>) => {
		const chunk = manifest[key];
		if (!chunk || into.has(chunk.file)) return;
		into.add(chunk.file);
		for (const next of chunk.imports ?? []) collect(next, into);
	};
	return paths.map(({ pages, ...about }) => {
		const files = new Set<string>();
		for (const key of ['index.html', ...pages]) collect(key, files);
		let gzip = 0;
		let brotli = 0;
		const scripts = [...files].filter((file) => file.endsWith('.js'));
		for (const file of scripts) {
			const bytes = readFileSync(join(built, file));
			gzip += gzipSync(bytes, { level: 9 }).length;
			brotli += brotliCompressSync(bytes).length;
		}
		return { ...about, files: scripts, gzip: gzip / 1000, brotli: brotli / 1000 };
	});
}

/** G17: sizes of scripts per path of the built client. */
export async function measure(): Promise<(Measure | NotRun)[]> {
	if (!existsSync(shipped))
		return [{ goal: 'G17', measure: 'script per path', reason: 'no built client: npm run build' }];
	return measurePaths().flatMap(({ path, files, gzip, brotli, gzip_floor, brotli_goal }): Measure[] => {
		const common = { goal: 'G17', unit: 'KB', better: 'lower', detail: { files } } as const;
		return [
			{ ...common, measure: `${path}, gzip`, value: gzip, floor: gzip_floor, target: null },
			{ ...common, measure: `${path}, brotli`, value: brotli, floor: gzip_floor, target: brotli_goal },
		];
	});
}

if (import.meta.main) {
	if (!existsSync(shipped)) throw new Error('build the client first: npx vite build');
	for (const { path, gzip, brotli, gzip_floor, brotli_goal, files } of measurePaths()) {
		console.log(
			`${path}: ${gzip.toFixed(1)} KB gzip (floor ${gzip_floor}), ${brotli.toFixed(1)} KB brotli (goal ${brotli_goal}), ${files.length} files`,
		);
	}
}
