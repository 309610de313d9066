import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The folder where files should go has some already. */
export class FolderNotEmpty extends Error {}

/**
 * Fills a folder through `write` and gives it its name when it is whole: a failure leaves nothing behind.
 * @throws FolderNotEmpty
 */
export async function makeFolder(folder: string, write: (folder: string) => Promise<void>): Promise<void> {
	const present = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return null;
		throw error;
	});
	if (present && present.length > 0) throw new FolderNotEmpty(folder);
	await mkdir(dirname(folder), { recursive: true });
	const half = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
	try {
		await write(half);
		if (present) await rmdir(folder);
		await rename(half, folder);
	} catch (error) {
		await rm(half, { recursive: true, force: true });
		throw error;
	}
}

/** Chunks of lines as files that grow together: each chunk holds the text for every file, and only one is in memory. */
export async function writeTogether(
	folder: string,
	names: readonly string[],
	chunks: Iterable<readonly string[]>,
): Promise<void> {
	const source = chunks[Symbol.iterator]();
	const sinks = names.map((name) => createWriteStream(join(folder, name)));
	try {
		for (let next = source.next(); !next.done; next = source.next())
			await Promise.all(sinks.map((sink, index) => send(sink, next.value[index] as string)));
		await Promise.all(sinks.map((sink) => pipeline(Readable.from([]), sink)));
	} catch (error) {
		for (const sink of sinks) sink.destroy();
		throw error;
	}
}

function send(sink: NodeJS.WritableStream, text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		sink.write(text, (error) => (error ? reject(error) : resolve()));
	});
}

export async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
	await writeFile(join(folder, name), `${JSON.stringify(value, null, '\t')}\n`);
}

/** The truth with the seed that was used, last: written again it gives the same bytes. */
export function seeded<Truth extends { seed?: number | undefined }>(
	{ seed: _, ...truth }: Truth,
	seed: number,
): Omit<Truth, 'seed'> & { seed: number } {
	return { ...truth, seed };
}
