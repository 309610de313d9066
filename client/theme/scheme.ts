import { useSyncExternalStore } from 'react';

export type SchemeChoice = 'auto' | 'light' | 'dark';
export type Scheme = 'light' | 'dark';

/** The attribute that Mantine's own styles read, so that there is one switch for both. */
const attribute = 'data-mantine-color-scheme';
const key = 'opora-scheme';
const prefersDark = () => window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function stored(): SchemeChoice {
	const value = localStorage.getItem(key);
	return value === 'light' || value === 'dark' ? value : 'auto';
}

/** Paper is light: pictures that hold their colours are drawn anew for it. */
let isPrinting = false;

function resolved(): Scheme {
	if (isPrinting) return 'light';
	const choice = stored();
	if (choice !== 'auto') return choice;
	return prefersDark().matches ? 'dark' : 'light';
}

function apply() {
	document.documentElement.setAttribute(attribute, resolved());
	for (const listener of listeners) listener();
}

/** Called once before the first paint; follows the system while the choice is `auto`. */
export function startScheme(): void {
	apply();
	prefersDark().addEventListener('change', apply);
	const print = (begins: boolean) => () => {
		isPrinting = begins;
		apply();
	};
	window.addEventListener('beforeprint', print(true));
	window.addEventListener('afterprint', print(false));
}

export function chooseScheme(choice: SchemeChoice): void {
	if (choice === 'auto') localStorage.removeItem(key);
	else localStorage.setItem(key, choice);
	apply();
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** The scheme on screen now and what the reader chose. */
export function useScheme(): { scheme: Scheme; choice: SchemeChoice } {
	const scheme = useSyncExternalStore(subscribe, resolved);
	const choice = useSyncExternalStore(subscribe, stored);
	return { scheme, choice };
}
