import type { Plugin } from 'vite';

/** Families of Vega transforms that no picture of ours uses: maps, forces, trees, regressions and the like. */
const unused: Record<string, string> = {
	geo: 'vega-geo',
	force: 'vega-force',
	tree: 'vega-hierarchy',
	label: 'vega-label',
	reg: 'vega-regression',
	voronoi: 'vega-voronoi',
	wordcloud: 'vega-wordcloud',
	xf: 'vega-crossfilter',
};

/** Leaves them out of the bundle, though Vega registers all of them when it is loaded. A test draws every picture without. */
export function vegaParts(): Plugin {
	return {
		name: 'vega-parts',
		apply: 'build',
		transform: {
			filter: { id: /\/vega\/build\/vega\.module\.js$/ },
			handler(code) {
				let kept = code;
				for (const [name, from] of Object.entries(unused)) {
					const line = `import * as ${name} from '${from}';\n`;
					if (!kept.includes(line) || !kept.includes(`, ${name}`))
						throw new Error(`vega.module.js changed: look at its transforms (${name})`);
					kept = kept.replace(line, '').replace(`, ${name}`, '');
				}
				return { code: kept, map: null };
			},
		},
	};
}
