/**
 * What this device keeps in IndexedDB: `replies` of the server for reading without a connection, and the `outbox` of
 * finished answers, which the service worker sends even when no page is open. Keys begin with the holder, so that one
 * person's copies are never another's. A browser without storage simply keeps nothing.
 */
type Shelf = 'replies' | 'outbox';

let opening: Promise<IDBDatabase> | undefined;

function openStore(): Promise<IDBDatabase> {
	opening ??= new Promise((resolve, reject) => {
		const asked = indexedDB.open('opora', 1);
		asked.onupgradeneeded = () => {
			asked.result.createObjectStore('replies');
			asked.result.createObjectStore('outbox');
		};
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error);
	});
	return opening;
}

async function ask<Value>(
	shelf: Shelf,
	mode: IDBTransactionMode,
	work: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value | undefined> {
	try {
		const store = (await openStore()).transaction(shelf, mode).objectStore(shelf);
		return await new Promise<Value>((resolve, reject) => {
			const request = work(store);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	} catch {
		// private windows of some browsers have no storage: then nothing is kept
		return undefined;
	}
}

export const readKept = <Value>(shelf: Shelf, key: string) =>
	ask<Value>(shelf, 'readonly', (store) => store.get(key));

export const listKept = async <Value>(shelf: Shelf) =>
	(await ask<Value[]>(shelf, 'readonly', (store) => store.getAll())) ?? [];

export const keep = (shelf: Shelf, key: string, value: unknown) =>
	ask(shelf, 'readwrite', (store) => store.put(value, key));

export const forget = (shelf: Shelf, key: string) => ask(shelf, 'readwrite', (store) => store.delete(key));

/** Everything whose key begins so. */
export const forgetAll = (shelf: Shelf, start: string) =>
	ask(shelf, 'readwrite', (store) => store.delete(IDBKeyRange.bound(start, `${start}\uffff`)));
