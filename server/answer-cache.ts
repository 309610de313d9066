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

/** Makes a body; the signal is aborted when nobody waits for it any more. */
type Make = (stop: AbortSignal) => Promise<{ type: string; plain: Uint8Array }>;

interface Running {
	body: Promise<CachedBody>;
	/** how many wait for it */
	waiting: number;
	stop: AbortController;
}

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);
const WORTH_COMPRESSING = 1024;

/**
 * Bodies that are the same for everybody who asks the same with the same rights while the data stand still.
 * The key carries the watermark, so nothing is ever invalidated: old entries fall out by size. Two who ask at once
 * share one computation, which stops when the last of them has left.
 */
export function createAnswerCache(limitBytes = 64 * 1024 * 1024) {
	const bodies = new Map<string, CachedBody>();
	const running = new Map<string, Running>();
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

	function begin(key: string, make: Make): Running {
		const stop = new AbortController();
		const body = make(stop.signal).then(compressBody);
		const work: Running = { body, waiting: 0, stop };
		running.set(key, work);
		const end = (): void => void (running.get(key) === work && running.delete(key));
		body.then((made) => keep(key, made)).then(end, end);
		return work;
	}

	function join(key: string, work: Running, leaving?: AbortSignal): Promise<CachedBody> {
		work.waiting++;
		if (!leaving) return work.body;
		return new Promise((resolve, reject) => {
			const leave = (): void => {
				reject(leaving.reason);
				work.waiting--;
				if (work.waiting > 0) return;
				// At once: whoever asks now begins anew and does not wait for what is being stopped.
				if (running.get(key) === work) running.delete(key);
				work.stop.abort(leaving.reason);
			};
			if (leaving.aborted) return leave();
			leaving.addEventListener('abort', leave, { once: true });
			const stay = (): void => leaving.removeEventListener('abort', leave);
			work.body.finally(stay).then(resolve, reject);
		});
	}

	return {
		/** `leaving` is aborted when the one who asks goes: only they are refused, with its reason. */
		async find(key: string, make: Make, leaving?: AbortSignal): Promise<CachedBody> {
			const known = bodies.get(key);
			if (known) {
				// Moved to the end: what is asked often is dropped last.
				bodies.delete(key);
				bodies.set(key, known);
				return known;
			}
			return join(key, running.get(key) ?? begin(key, make), leaving);
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
