import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export interface CachedBody {
	type: string;
	plain: Uint8Array;
	gzip: Buffer | null;
	brotli: Buffer | null;
	etag: string;
}

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);
const WORTH_COMPRESSING = 1024;

/**
 * Bodies that are the same for everybody who asks the same with the same rights while the data stand still.
 * The key carries the watermark, so nothing is ever invalidated: old entries fall out by size. Two who ask at once
 * share one computation.
 */
export function createAnswerCache(limitBytes = 64 * 1024 * 1024) {
	const bodies = new Map<string, CachedBody>();
	const running = new Map<string, Promise<CachedBody>>();
	let bytes = 0;

	function keep(key: string, body: CachedBody): void {
		bodies.set(key, body);
		bytes += sizeOf(body);
		for (const [oldKey, old] of bodies) {
			if (bytes <= limitBytes) break;
			bodies.delete(oldKey);
			bytes -= sizeOf(old);
		}
	}

	return {
		async find(key: string, make: () => Promise<{ type: string; plain: Uint8Array }>): Promise<CachedBody> {
			const known = bodies.get(key);
			if (known) {
				// Moved to the end: what is asked often is dropped last.
				bodies.delete(key);
				bodies.set(key, known);
				return known;
			}
			const others = running.get(key);
			if (others) return others;
			const mine = make()
				.then(compressBody)
				.then((body) => {
					keep(key, body);
					return body;
				})
				.finally(() => running.delete(key));
			running.set(key, mine);
			return mine;
		},
	};
}

const sizeOf = ({ plain, gzip, brotli }: CachedBody): number =>
	plain.length + (gzip?.length ?? 0) + (brotli?.length ?? 0);

async function compressBody({ type, plain }: { type: string; plain: Uint8Array }): Promise<CachedBody> {
	const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`;
	if (plain.length < WORTH_COMPRESSING) return { type, plain, gzip: null, brotli: null, etag };
	const [zipped, brotli] = await Promise.all([
		compressGzip(plain, { level: 6 }),
		compressBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
	]);
	return { type, plain, gzip: zipped, brotli, etag };
}
