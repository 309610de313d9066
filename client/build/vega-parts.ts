import type { Plugin } from 'vite';

/** Families of Vega transforms that no picture of ours uses: maps, forces, trees, regressions and the like. */
export const unused: Record<string, string> = {
	geo: 'vega-geo',
	force: 'vega-force',
	tree: 'vega-hierarchy',
	label: 'vega-label',
	reg: 'vega-regression',
	voronoi: 'vega-voronoi',
	wordcloud: 'vega-wordcloud',
	xf: 'vega-crossfilter',
};

const noMaps = '\0virtual:no-maps';

/** Leaves them out of the bundle, though Vega registers all of them when it is loaded. A test holds every picture to what is left. */
export function vegaParts(): Plugin {
	return {
		name: 'vega-parts',
		apply: 'build',
		enforce: 'pre',
		resolveId(source, importer) {
			return source === 'd3-geo' && importer?.includes('/vega-functions/') ? noMaps : null;
		},
		load: {
			filter: { id: /^\0virtual:no-maps$/ },
			handler: () =>
				['geoArea', 'geoBounds', 'geoCentroid']
					.map(
						(name) => `export function ${name}() { throw new Error('${name}: maps are not in this build'); }`,
					)
					.join('\n'),
		},
		transform: {
			filter: { id: /\/vega\/build\/vega\.module\.js$/ },
			handler(code) {
				let kept = drop(code, `export { projection } from 'vega-projection';\n`);
				for (const [name, from] of Object.entries(unused)) {
					kept = drop(kept, `import * as ${name} from '${from}';\n`);
					kept = drop(kept, `, ${name}`);
				}
				return { code: kept, map: null };
			},
		},
	};
}

function drop(code: string, part: string): string {
	if (!code.includes(part)) throw new Error(`vega.module.js changed, it has no longer: ${part}`);
	return code.replace(part, '');
}
