/** Number and first words of an item, for the axis of a picture; its full text stands in the table. */
export function shortTitle(place: number, title: string): string {
	const words = title.replace(/\s+/g, ' ').trim();
	if (words.length <= 60) return `${place + 1}. ${words}`;
	const cut = words.slice(0, 58);
	return `${place + 1}. ${cut.slice(0, Math.max(30, cut.lastIndexOf(' '))).replace(/[\s,.;:—–-]+$/, '')}…`;
}
