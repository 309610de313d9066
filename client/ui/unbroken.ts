/** Keeps a sign and its number on one line: «p < 0,001», «n = 24», «41 %», «№ 13». */
export function unbroken(text: string): string {
	return text.replace(/([npq№=<≤>≥]) (?=[=<≤>≥\d])/g, '$1\u00a0').replace(/(\d) (?=%|п\. п\.)/g, '$1\u00a0');
}
