import type { Plugin } from 'vite';

/** Families of Vega transforms that pictures of ours use; a test holds every picture against them. */
export const keptFamilies = ['tx', 'vtx', 'encode'];

const all = 'extend(transforms, tx, vtx, encode, geo, force, label, tree, reg, voronoi, wordcloud, xf)';

/** Leaves the other families (maps, forces, trees, …) out of the bundle: Vega registers them all when it is loaded. */
export function vegaParts(): Plugin {
	return {
		name: 'vega-parts',
		apply: 'build',
		transform: {
			filter: { id: /\/vega\/build\/vega\.module\.js$/ },
			handler(code) {
				if (!code.includes(all)) throw new Error('vega.module.js changed: look at its list of transforms');
				return { code: code.replace(all, `extend(transforms, ${keptFamilies.join(', ')})`), map: null };
			},
		},
	};
}
