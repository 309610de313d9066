import { forget, forgetAll, keep, listKept, readKept } from './device-store.ts';

/** A file that was chosen without a connection: its answer already refers to it, and its bytes wait on this device. */
export interface WaitingFile {
	/** made here; the server knows the file under it too, so that a repeat makes no second one */
	id: string;
	holder: string;
	/** the answers that refer to it */
	response_id: string;
	/** where it is posted to, with its name and question */
	address: string;
	question: string;
	name: string;
	type: string;
	bytes: ArrayBuffer;
}

/** What all waiting files of this device may take together: browsers take the storage away from those who fill it. */
const mostBytes = 100 * 1024 * 1024;

const keyOf = ({ holder, response_id, id }: Pick<WaitingFile, 'holder' | 'response_id' | 'id'>) =>
	`${holder} ${response_id} ${id}`;

const listeners = new Set<() => void>();

/** Told after every change that this page makes. */
export function onWaitingFiles(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

function changed(): void {
	for (const listener of listeners) listener();
}

/** False when the device has no room for it. */
export async function keepWaitingFile(file: WaitingFile): Promise<boolean> {
	const waiting = await listKept<WaitingFile>('files');
	const taken = waiting.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
	if (taken + file.bytes.byteLength > mostBytes) return false;
	const isKept = await keep('files', keyOf(file), file);
	changed();
	return isKept;
}

/** Those of one form, whether the answers still refer to them or not. */
export const listWaitingFiles = (holder: string, responseId: string) =>
	listKept<WaitingFile>('files', `${holder} ${responseId} `);

export const findWaitingFile = (holder: string, responseId: string, id: string) =>
	readKept<WaitingFile>('files', keyOf({ holder, response_id: responseId, id }));

export async function dropWaitingFile(file: WaitingFile): Promise<void> {
	await forget('files', keyOf(file));
	changed();
}

export async function dropWaitingFiles(holder: string, responseId: string): Promise<void> {
	await forgetAll('files', `${holder} ${responseId} `);
	changed();
}

/** Whether these answers, as they are sent, refer to the file: one that was taken out again is not sent. */
export const refersTo = (answers: unknown, id: string) => JSON.stringify(answers).includes(`"file/${id}"`);
