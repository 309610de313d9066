import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 559px)');

function subscribe(listener: () => void): () => void {
	query.addEventListener('change', listener);
	return () => query.removeEventListener('change', listener);
}

/** Whether the window is as narrow as a phone, where pictures are laid out otherwise. */
export function useNarrow(): boolean {
	return useSyncExternalStore(subscribe, () => query.matches);
}
