import type { Warehouse } from '#data/warehouse/warehouse.ts';
import type { AnalyticsModule, Viewer } from './module.ts';

const file = new URL('./partial-release-stages.sql', import.meta.url);

/** True while some campaign of the installation is released to a part of those who may ask. */
export async function hasPartialRelease(warehouse: Warehouse): Promise<boolean> {
	const { columns } = await warehouse.query(file);
	return columns[0]![0] !== 0;
}

/**
 * Finds the places of a viewer that decide what a module answers, in a fixed order: two viewers of the same ones read the
 * same rows. A stage of release counts only while some campaign stands at one, and never for results of procedures.
 * Ask with these places, not with the viewer's: then an answer kept for many holds nothing that only one may see.
 * The warehouse is asked once per watermark.
 */
export function createDecidingPlaces(
	askPartialRelease: () => Promise<boolean>,
	watermark: () => number,
): (module: AnalyticsModule, viewer: Viewer) => Promise<string[]> {
	let known: { watermark: number; partial: boolean } | undefined;
	return async ({ reads }, { places }) => {
		const stages = places.filter((place) => place.startsWith('stage/'));
		const others = places.filter((place) => !place.startsWith('stage/')).toSorted();
		if (reads === 'results' || stages.length === 0) return others;
		const now = watermark();
		if (known?.watermark !== now) known = { watermark: now, partial: await askPartialRelease() };
		return known.partial ? [...others, ...stages] : others;
	};
}
