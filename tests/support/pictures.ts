import { crc32 } from 'node:zlib';

/** What must not survive: a place, as a camera writes it. */
export const SECRET = 'GPS 57.1522 N 65.5272 E';

const segment = (marker: number, body: Buffer): Buffer => {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(body.length + 2, 2);
	return Buffer.concat([head, body]);
};

/** The frame of a JPEG with EXIF (turned: orientation 6), a comment, and bytes after its end. */
export function jpegWithMetadata(): Buffer {
	const tiff = Buffer.alloc(26);
	tiff.write('II*\0', 0, 'latin1');
	tiff.writeUInt32LE(8, 4);
	tiff.writeUInt16LE(1, 8);
	tiff.writeUInt16LE(0x0112, 10);
	tiff.writeUInt16LE(3, 12);
	tiff.writeUInt32LE(1, 14);
	tiff.writeUInt16LE(6, 18);
	return Buffer.concat([
		Buffer.from([0xff, 0xd8]),
		segment(0xe0, Buffer.from('JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0', 'latin1')),
		segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(SECRET)])),
		segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${SECRET}`)),
		segment(0xfe, Buffer.from(SECRET)),
		segment(0xdb, Buffer.alloc(65, 1)),
		segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
		segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
		Buffer.from([0x2a, 0xff, 0x00, 0x7f, 0xff, 0xd9]),
		Buffer.from(SECRET),
	]);
}

const chunk = (name: string, body: Buffer): Buffer => {
	const size = Buffer.alloc(4);
	size.writeUInt32BE(body.length);
	const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(named));
	return Buffer.concat([size, named, sum]);
};

const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

/** A picture of one point, with a text chunk, EXIF and bytes after its end. */
export function pngWithMetadata(): Buffer {
	const end = PIXEL.length - 12;
	return Buffer.concat([
		PIXEL.subarray(0, end),
		chunk('tEXt', Buffer.from(`Comment\0${SECRET}`)),
		chunk('eXIf', Buffer.from(SECRET)),
		PIXEL.subarray(end),
		Buffer.from(SECRET),
	]);
}

/** A picture of one point with a comment, which repeats. */
export function gifWithMetadata(): Buffer {
	const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64');
	const block = (label: number, ...parts: Buffer[]): Buffer =>
		Buffer.concat([
			Buffer.from([0x21, label]),
			...parts.map((part) => Buffer.concat([Buffer.from([part.length]), part])),
			Buffer.from([0]),
		]);
	const at = 13 + 6;
	return Buffer.concat([
		pixel.subarray(0, at),
		block(0xff, Buffer.from('NETSCAPE2.0'), Buffer.from([1, 0, 0])),
		block(0xfe, Buffer.from(SECRET)),
		pixel.subarray(at),
		Buffer.from(SECRET),
	]);
}

/** The frame of a WebP with EXIF and XMP and the flags that announce them. */
export function webpWithMetadata(): Buffer {
	const part = (name: string, body: Buffer): Buffer => {
		const size = Buffer.alloc(4);
		size.writeUInt32LE(body.length);
		const padding = body.length % 2 ? Buffer.from([0]) : Buffer.alloc(0);
		return Buffer.concat([Buffer.from(name, 'latin1'), size, body, padding]);
	};
	const body = Buffer.concat([
		part('VP8X', Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
		part('ICCP', Buffer.from(SECRET)),
		part('VP8L', Buffer.from([0x2f, 0, 0, 0, 0])),
		part('EXIF', Buffer.from(SECRET)),
		part('XMP ', Buffer.from(SECRET)),
	]);
	const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
	head.writeUInt32LE(body.length + 4, 4);
	return Buffer.concat([head, body]);
}
