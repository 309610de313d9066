/** A full name as it is compared: without case, doubled spaces and the dots of «ё». */
export function nameKey(fullName: string): string {
	return fullName.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase().replaceAll('ё', 'е');
}
