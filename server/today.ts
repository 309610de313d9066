/** The present day `YYYY-MM-DD` in the time zone of the server. */
export function today(now = new Date()): string {
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** How much of the server's present day is over, 0..1. */
export function shareOfDay(now = new Date()): number {
	const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
	return (now.getTime() - midnight.getTime()) / 86_400_000;
}
