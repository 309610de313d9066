/**
 * What this device keeps in IndexedDB: `replies` of the server for reading without a connection, the `outbox` of finished
 * answers, which the service worker sends even when no page is open, and `files` that such answers refer to. Keys begin
 * with the holder, so that one person's copies are never another's. A browser without storage simply keeps nothing.
 */
type Shelf = 'replies' | 'outbox' | 'files';

interface Place {
	name: string;
	shelves: readonly Shelf[];
	opening?: Promise<IDBDatabase>;
}

// files have a database of their own: a further shelf in the first would wait for all open pages of an earlier release
const answers: Place = { name: 'opora', shelves: ['replies', 'outbox'] };
const files: Place = { name: 'opora-files', shelves: ['files'] };

function openStore(place: Place): Promise<IDBDatabase> {
	place.opening ??= new Promise((resolve, reject) => {
		const asked = indexedDB.open(place.name, 1);
		asked.onupgradeneeded = () => {
			for (const shelf of place.shelves) asked.result.createObjectStore(shelf);
		};
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error);
	});
	return place.opening;
}

async function ask<Value>(
	shelf: Shelf,
	mode: IDBTransactionMode,
	work: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value | undefined> {
	try {
		const database = await openStore(shelf === 'files' ? files : answers);
		const transaction = database.transaction(shelf, mode);
		return await new Promise<Value>((resolve, reject) => {
			const request = work(transaction.objectStore(shelf));
			// what is written is there when the transaction is over, not when it was asked for
			transaction.oncomplete = () => resolve(request.result);
			transaction.onabort = () => reject(transaction.error);
			transaction.onerror = () => reject(transaction.error);
		});
	} catch {
		// private windows of some browsers have no storage, and a full one takes no more: then it is not kept
		return undefined;
	}
}

/** Everything whose key begins so. */
const allFrom = (start: string) => IDBKeyRange.bound(start, `${start}\uffff`);

export const readKept = <Value>(shelf: Shelf, key: string) =>
	ask<Value>(shelf, 'readonly', (store) => store.get(key));

export const listKept = async <Value>(shelf: Shelf, start = '') =>
	(await ask<Value[]>(shelf, 'readonly', (store) => store.getAll(allFrom(start)))) ?? [];

/** True when it is on the device. */
export const keep = async (shelf: Shelf, key: string, value: unknown) =>
	(await ask(shelf, 'readwrite', (store) => store.put(value, key))) !== undefined;

export const forget = (shelf: Shelf, key: string) => ask(shelf, 'readwrite', (store) => store.delete(key));

export const forgetAll = (shelf: Shelf, start: string) =>
	ask(shelf, 'readwrite', (store) => store.delete(allFrom(start)));
