/**
 * The same picture without what a camera or a program wrote into it: place, time, device, author, thumbnails. Only how it
 * stands upright is kept. Kinds other than pictures come back as they are.
 * @throws RangeError for a picture that is broken
 */
export function stripMetadata(bytes: Buffer, type: string): Buffer {
	switch (type) {
		case 'image/jpeg':
			return stripJpeg(bytes);
		case 'image/png':
			return stripPng(bytes);
		case 'image/webp':
			return stripWebp(bytes);
		case 'image/gif':
			return stripGif(bytes);
		default:
			return bytes;
	}
}

/** Segments of a JPEG that draw the picture: all but APP1…APP13, APP15 and comments; APP0 and APP14 say how to read colours. */
function stripJpeg(bytes: Buffer): Buffer {
	const kept: Buffer[] = [bytes.subarray(0, 2)];
	let at = 2;
	let orientation = 1;
	while (at + 4 <= bytes.length) {
		if (bytes[at] !== 0xff) throw new RangeError('broken JPEG');
		const marker = bytes[at + 1] as number;
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		const length = bytes.readUInt16BE(at + 2);
		const end = at + 2 + length;
		if (length < 2 || end > bytes.length) throw new RangeError('broken JPEG');
		const segment = bytes.subarray(at, end);
		if (marker === 0xe1) orientation = readOrientation(segment) ?? orientation;
		const isMetadata = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;
		if (!isMetadata) kept.push(segment);
		at = end;
		if (marker !== 0xda) continue;
		// What follows the end of the picture is not the picture.
		const last = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
		const body = bytes.subarray(at, last < at ? bytes.length : endOfScan(bytes, at));
		const upright = orientation > 1 && orientation <= 8 ? [writeOrientation(orientation)] : [];
		return Buffer.concat([kept[0] as Buffer, ...upright, ...kept.slice(1), body]);
	}
	throw new RangeError('broken JPEG');
}

/** The place after the mark that ends the picture; scans of a progressive picture and tables between them are walked over. */
function endOfScan(bytes: Buffer, from: number): number {
	for (let at = from; at + 1 < bytes.length; at += 1) {
		if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return at + 2;
	}
	return bytes.length;
}

/** The orientation (1…8) of an EXIF segment. */
function readOrientation(segment: Buffer): number | undefined {
	if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return undefined;
	const tiff = segment.subarray(10);
	if (tiff.length < 8) return undefined;
	const isLittle = tiff.toString('latin1', 0, 2) === 'II';
	const short = (at: number): number => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
	const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
	if (first + 2 > tiff.length) return undefined;
	const count = short(first);
	for (let index = 0; index < count && first + 14 + index * 12 <= tiff.length; index += 1) {
		const entry = first + 2 + index * 12;
		if (short(entry) === 0x0112) return short(entry + 8);
	}
	return undefined;
}

/** An EXIF segment that holds the orientation and nothing else. */
function writeOrientation(orientation: number): Buffer {
	const tiff = Buffer.alloc(26);
	tiff.write('MM\0*', 0, 'latin1');
	tiff.writeUInt32BE(8, 4);
	tiff.writeUInt16BE(1, 8);
	tiff.writeUInt16BE(0x0112, 10);
	tiff.writeUInt16BE(3, 12);
	tiff.writeUInt32BE(1, 14);
	tiff.writeUInt16BE(orientation, 18);
	const head = Buffer.from([0xff, 0xe1, 0, 0]);
	head.writeUInt16BE(2 + 6 + tiff.length, 2);
	return Buffer.concat([head, Buffer.from('Exif\0\0', 'latin1'), tiff]);
}

const PNG_DRAWING = new Set([
	'IHDR',
	'PLTE',
	'IDAT',
	'IEND',
	'tRNS',
	'gAMA',
	'cHRM',
	'sRGB',
	'sBIT',
	'bKGD',
	'pHYs',
	'acTL',
	'fcTL',
	'fdAT',
]);

/** Chunks of a PNG that draw the picture; texts, times and EXIF go. */
function stripPng(bytes: Buffer): Buffer {
	const kept: Buffer[] = [bytes.subarray(0, 8)];
	let at = 8;
	while (at + 12 <= bytes.length) {
		const end = at + 12 + bytes.readUInt32BE(at);
		if (end > bytes.length) throw new RangeError('broken PNG');
		const name = bytes.toString('latin1', at + 4, at + 8);
		if (PNG_DRAWING.has(name)) kept.push(bytes.subarray(at, end));
		at = end;
		if (name === 'IEND') return Buffer.concat(kept);
	}
	throw new RangeError('broken PNG');
}

/** Chunks of a WebP but EXIF, XMP and colour profile, and the flags that announced them. */
function stripWebp(bytes: Buffer): Buffer {
	const kept: Buffer[] = [];
	let at = 12;
	while (at + 8 <= bytes.length) {
		const name = bytes.toString('latin1', at, at + 4);
		const size = bytes.readUInt32LE(at + 4);
		const end = at + 8 + size + (size % 2);
		if (at + 8 + size > bytes.length) throw new RangeError('broken WebP');
		const chunk = Buffer.from(bytes.subarray(at, end));
		if (name === 'VP8X') chunk[8] = (chunk[8] as number) & ~0x2c;
		if (['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF'].includes(name)) kept.push(chunk);
		at = end;
	}
	if (kept.length === 0) throw new RangeError('broken WebP');
	const body = Buffer.concat(kept);
	const head = Buffer.from(bytes.subarray(0, 12));
	head.writeUInt32LE(body.length + 4, 4);
	return Buffer.concat([head, body]);
}

/** Blocks of a GIF but comments and what programs added; the one that says how often to repeat stays. */
function stripGif(bytes: Buffer): Buffer {
	if (bytes.length < 13) throw new RangeError('broken GIF');
	const tableSize = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
	let at = 13 + tableSize(bytes[10] as number);
	const kept: Buffer[] = [bytes.subarray(0, at)];
	while (at < bytes.length) {
		const start = at;
		const kind = bytes[at];
		if (kind === 0x3b) return Buffer.concat([...kept, bytes.subarray(at, at + 1)]);
		let isKept = true;
		if (kind === 0x2c && at + 10 < bytes.length) at += 11 + tableSize(bytes[at + 9] as number);
		else if (kind === 0x21) {
			const label = bytes[at + 1];
			const name = bytes.toString('latin1', at + 3, at + 14);
			isKept = label === 0xf9 || (label === 0xff && name === 'NETSCAPE2.0');
			at += 2;
		} else throw new RangeError('broken GIF');
		for (;;) {
			const size = bytes[at];
			if (size === undefined) throw new RangeError('broken GIF');
			at += 1 + size;
			if (size === 0) break;
		}
		if (isKept) kept.push(bytes.subarray(start, at));
	}
	throw new RangeError('broken GIF');
}
