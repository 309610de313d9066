const systems: [RegExp, string][] = [
	[/Android/, 'Android'],
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Windows/, 'Windows'],
	[/Mac OS/, 'Mac'],
	[/CrOS/, 'ChromeOS'],
	[/Linux/, 'Linux'],
];
const browsers: [RegExp, string][] = [
	[/YaBrowser/, 'Яндекс Браузер'],
	[/Edg/, 'Edge'],
	[/OPR/, 'Opera'],
	[/Firefox/, 'Firefox'],
	[/Chrome/, 'Chrome'],
	[/Safari/, 'Safari'],
];

/** How a person would call this device: «Android, Chrome». Nothing that would tell one device of a kind from another. */
export function nameDevice(agent = navigator.userAgent): string {
	const find = (known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(agent))?.[1];
	return [find(systems), find(browsers)].filter(Boolean).join(', ');
}
