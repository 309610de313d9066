import { build, type Plugin, type Rolldown } from 'vite';

/** Parts of the client that somebody who answers must have without a connection; the library for rare types comes when it is needed. */
const isNeeded =
	/\/client\/(?:diagnostics|session|offline|ui)\/|\/client\/locales\/(?:ru|en)\/(?:common|diagnostics|my-data|profile|session)\.json$/;

/** What else an observer must have: the staff's frame, the two pages, and the library that a form with pictures of the lesson needs. */
const isObservers =
	/\/client\/(?:StaffArea\.tsx|observations\/|diagnostics\/SurveyPage\.tsx\?rare|locales\/(?:ru|en)\/observations\.json)/;

/**
 * Builds the service worker beside the client, with the list of files it keeps: the page, all that it loads at once, and
 * the lazy parts on the way to answering.
 */
export function offlineFiles(): Plugin {
	let root = '';
	return {
		name: 'offline-files',
		apply: 'build',
		// after the bundler has dropped the parts that were style sheets only: a name without a file would spoil the whole shelf
		enforce: 'post',
		configResolved(config) {
			root = config.root;
		},
		async generateBundle(_options, bundle) {
			const always = listFiles(bundle, (id) => isNeeded.test(id) && !id.endsWith('?rare'));
			const files = ['/index.html', '/manifest.webmanifest', '/favicon.svg', ...always.toSorted()];
			const observer_files = listFiles(bundle, (id) => isObservers.test(id))
				.filter((file) => !files.includes(file))
				.toSorted();
			const digest = await crypto.subtle.digest(
				'SHA-256',
				new TextEncoder().encode([...files, ...observer_files].join('\n')),
			);
			const version = Array.from(new Uint8Array(digest).slice(0, 6), (byte) =>
				byte.toString(16).padStart(2, '0'),
			).join('');
			const built = (await build({
				configFile: false,
				root,
				logLevel: 'warn',
				publicDir: false,
				define: { BUILT: JSON.stringify({ version, files, observer_files }) },
				build: {
					write: false,
					rolldownOptions: {
						input: `${root}/offline/service-worker.ts`,
						output: { format: 'iife', entryFileNames: 'service-worker.js' },
					},
				},
			})) as Rolldown.RolldownOutput;
			this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: built.output[0].code });
		},
	};
}

/** The parts chosen by where they come from, with all that they and the page load at once. */
function listFiles(bundle: Rolldown.OutputBundle, isChosen: (id: string) => boolean): string[] {
	const chunks = Object.values(bundle).filter((part) => part.type === 'chunk');
	const found = new Set<string>();
	const add = (fileName: string) => {
		const chunk = bundle[fileName];
		if (chunk?.type !== 'chunk' || found.has(`/${fileName}`)) return;
		found.add(`/${fileName}`);
		const sheets = (chunk as { viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } })
			.viteMetadata;
		for (const file of [...(sheets?.importedCss ?? []), ...(sheets?.importedAssets ?? [])])
			found.add(`/${file}`);
		for (const next of chunk.imports) add(next);
	};
	for (const chunk of chunks) {
		const id = chunk.facadeModuleId ?? '';
		if (chunk.isEntry || isChosen(id)) add(chunk.fileName);
	}
	// letters of the page: the sheets name them, the chunks do not
	for (const { fileName } of Object.values(bundle))
		if (/\.woff2$/.test(fileName) && /cyrillic-wght|latin-wght/.test(fileName) && !/ext/.test(fileName))
			found.add(`/${fileName}`);
	return [...found];
}
