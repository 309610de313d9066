/** The present day `YYYY-MM-DD` in the time zone of the server. */
export function today(now = new Date()): string {
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
