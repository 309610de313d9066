import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from 'node:zlib';

/** How bytes may travel. */
export type Coding = 'br' | 'gzip' | 'identity';

/** An answer that many ask for, kept as it travels. */
export interface PackedBody {
	type: string;
	etag: string;
	/** bytes of memory that it takes now */
	size(): number;
	/** Its bytes in a coding, or plain ones where packing is not worth it: `coding` says which. */
	as(wanted: Coding): Promise<{ bytes: Uint8Array; coding: Coding }>;
}

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);
const unpackGzip = promisify(gunzip);
const unpackBrotli = promisify(brotliDecompress);
const WORTH_COMPRESSING = 1024;

/**
 * Keeps an answer in the codings that somebody has asked for, each made once: browsers ask for one. Plain bytes, ten times
 * as many, are let go with the first and made again from it for the few who want them or another coding.
 */
export function packBody({ type, plain }: { type: string; plain: Uint8Array }): PackedBody {
	const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`;
	if (plain.length < WORTH_COMPRESSING) {
		return { type, etag, size: () => plain.length, as: async () => ({ bytes: plain, coding: 'identity' }) };
	}
	let source: Uint8Array | undefined = plain;
	const packed = new Map<Coding, Buffer>();
	const packing = new Map<Coding, Promise<Buffer>>();

	async function unpack(): Promise<Uint8Array> {
		if (source) return source;
		const brotli = packed.get('br');
		return brotli ? unpackBrotli(brotli) : unpackGzip(packed.get('gzip')!);
	}

	async function pack(coding: Exclude<Coding, 'identity'>): Promise<Buffer> {
		const bytes = await unpack();
		const made = await (coding === 'gzip'
			? compressGzip(bytes, { level: 6 })
			: compressBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }));
		packed.set(coding, made);
		source = undefined;
		return made;
	}

	return {
		type,
		etag,
		size: () => (source?.length ?? 0) + [...packed.values()].reduce((sum, { length }) => sum + length, 0),
		async as(coding) {
			if (coding === 'identity') return { bytes: await unpack(), coding };
			const known = packing.get(coding) ?? pack(coding);
			packing.set(coding, known);
			return { bytes: await known, coding };
		},
	};
}
