/** `YYYY-MM-DD` of a day some days from today, here. */
export function dayIn(days: number): string {
	const day = new Date();
	day.setDate(day.getDate() + days);
	return [day.getFullYear(), day.getMonth() + 1, day.getDate()]
		.map((part) => String(part).padStart(2, '0'))
		.join('-');
}
