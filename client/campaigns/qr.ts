/**
 * QR codes of ISO/IEC 18004, bytes only, error correction M, versions 1 to 10: enough for an address of 213 bytes.
 * Small on purpose: slips are printed where there is no internet, and no other place of the program draws such codes.
 */

/** For each version at level M: bytes of correction per block, then the data bytes of each block. */
const blocksByVersion: { correction: number; blocks: number[] }[] = [
	{ correction: 10, blocks: [16] },
	{ correction: 16, blocks: [28] },
	{ correction: 26, blocks: [44] },
	{ correction: 18, blocks: [32, 32] },
	{ correction: 24, blocks: [43, 43] },
	{ correction: 16, blocks: [27, 27, 27, 27] },
	{ correction: 18, blocks: [31, 31, 31, 31] },
	{ correction: 22, blocks: [38, 38, 39, 39] },
	{ correction: 22, blocks: [36, 36, 36, 37, 37] },
	{ correction: 26, blocks: [43, 43, 43, 43, 44] },
];

const alignmentByVersion: number[][] = [
	[],
	[6, 18],
	[6, 22],
	[6, 26],
	[6, 30],
	[6, 34],
	[6, 22, 38],
	[6, 24, 42],
	[6, 26, 46],
	[6, 28, 50],
];

const sum = (numbers: number[]) => numbers.reduce((total, value) => total + value, 0);

/** Product in the field of 256 elements with the polynomial of the standard. */
function multiply(left: number, right: number): number {
	let product = 0;
	for (let bit = 7; bit >= 0; bit--) {
		product = (product << 1) ^ ((product >>> 7) * 0x11d);
		product ^= ((right >>> bit) & 1) * left;
	}
	return product;
}

/** Bytes of Reed–Solomon correction for one block. */
function correctionOf(data: number[], degree: number): number[] {
	const divisor: number[] = [...Array<number>(degree - 1).fill(0), 1];
	let root = 1;
	for (let index = 0; index < degree; index++) {
		for (let at = 0; at < degree; at++)
			divisor[at] = multiply(divisor[at]!, root) ^ (at + 1 < degree ? divisor[at + 1]! : 0);
		root = multiply(root, 2);
	}
	const rest = Array<number>(degree).fill(0);
	for (const byte of data) {
		const factor = byte ^ rest.shift()!;
		rest.push(0);
		for (let at = 0; at < degree; at++) rest[at]! ^= multiply(divisor[at]!, factor);
	}
	return rest;
}

/** Data and correction of all blocks, interleaved as they are drawn. */
function codewordsOf(bytes: Uint8Array, version: number): number[] {
	const { correction, blocks } = blocksByVersion[version - 1]!;
	const capacity = sum(blocks);
	const bits: number[] = [];
	const push = (value: number, length: number) => {
		for (let bit = length - 1; bit >= 0; bit--) bits.push((value >>> bit) & 1);
	};
	push(4, 4);
	push(bytes.length, version < 10 ? 8 : 16);
	for (const byte of bytes) push(byte, 8);
	push(0, Math.min(4, capacity * 8 - bits.length));
	while (bits.length % 8 !== 0) bits.push(0);
	const data: number[] = [];
	for (let at = 0; at < bits.length; at += 8)
		data.push(bits.slice(at, at + 8).reduce((value, bit) => (value << 1) | bit, 0));
	for (let pad = 0xec; data.length < capacity; pad ^= 0xec ^ 0x11) data.push(pad);
	const parts = blocks.map((length, index) => {
		const from = sum(blocks.slice(0, index));
		return data.slice(from, from + length);
	});
	const checks = parts.map((part) => correctionOf(part, correction));
	const interleave = (lists: number[][]) =>
		Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, at) =>
			lists.flatMap((list) => (at < list.length ? list[at]! : [])),
		).flat();
	return [...interleave(parts), ...interleave(checks)];
}

class Drawing {
	readonly size: number;
	readonly dark: boolean[][];
	/** cells of the fixed patterns, which no mask touches */
	readonly fixed: boolean[][];

	constructor(version: number) {
		this.size = version * 4 + 17;
		const empty = () => Array.from({ length: this.size }, () => Array<boolean>(this.size).fill(false));
		this.dark = empty();
		this.fixed = empty();
		for (let at = 0; at < this.size; at++) {
			this.set(6, at, at % 2 === 0);
			this.set(at, 6, at % 2 === 0);
		}
		const far = this.size - 4;
		for (const [x, y] of [
			[3, 3],
			[far, 3],
			[3, far],
		] as const)
			this.square(x, y, 4, (ring) => ring !== 2 && ring !== 4);
		const places = alignmentByVersion[version - 1]!;
		const last = places.length - 1;
		places.forEach((x, column) => {
			places.forEach((y, row) => {
				const isFinder =
					(column === 0 && row === 0) || (column === 0 && row === last) || (column === last && row === 0);
				if (!isFinder) this.square(x, y, 2, (ring) => ring !== 1);
			});
		});
		this.format(0);
		if (version >= 7) this.versionBits(version);
	}

	set(x: number, y: number, isDark: boolean): void {
		if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
		this.dark[y]![x] = isDark;
		this.fixed[y]![x] = true;
	}

	square(x: number, y: number, radius: number, isDark: (ring: number) => boolean): void {
		for (let dy = -radius; dy <= radius; dy++)
			for (let dx = -radius; dx <= radius; dx++)
				this.set(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
	}

	/** Level M and the mask, twice, with its own correction. */
	format(mask: number): void {
		let rest = mask;
		for (let index = 0; index < 10; index++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
		const bits = ((mask << 10) | rest) ^ 0x5412;
		const bit = (at: number) => ((bits >>> at) & 1) === 1;
		for (let at = 0; at <= 5; at++) this.set(8, at, bit(at));
		this.set(8, 7, bit(6));
		this.set(8, 8, bit(7));
		this.set(7, 8, bit(8));
		for (let at = 9; at < 15; at++) this.set(14 - at, 8, bit(at));
		for (let at = 0; at < 8; at++) this.set(this.size - 1 - at, 8, bit(at));
		for (let at = 8; at < 15; at++) this.set(8, this.size - 15 + at, bit(at));
		this.set(8, this.size - 8, true);
	}

	versionBits(version: number): void {
		let rest = version;
		for (let index = 0; index < 12; index++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
		const bits = (version << 12) | rest;
		for (let at = 0; at < 18; at++) {
			const isDark = ((bits >>> at) & 1) === 1;
			const near = Math.floor(at / 3);
			const far = this.size - 11 + (at % 3);
			this.set(far, near, isDark);
			this.set(near, far, isDark);
		}
	}

	/** Two columns at a time from the right, upwards and downwards by turns. */
	fill(codewords: number[]): void {
		let at = 0;
		for (let right = this.size - 1; right >= 1; right -= 2) {
			if (right === 6) right = 5;
			for (let step = 0; step < this.size; step++) {
				const y = ((right + 1) & 2) === 0 ? this.size - 1 - step : step;
				for (const x of [right, right - 1]) {
					if (this.fixed[y]![x] || at >= codewords.length * 8) continue;
					this.dark[y]![x] = ((codewords[at >>> 3]! >>> (7 - (at & 7))) & 1) === 1;
					at++;
				}
			}
		}
	}

	/** The mask of a chessboard: any of the eight may be chosen, and a reader is told which. */
	mask(): void {
		for (let y = 0; y < this.size; y++)
			for (let x = 0; x < this.size; x++)
				if (!this.fixed[y]![x] && (x + y) % 2 === 0) this.dark[y]![x] = !this.dark[y]![x];
		this.format(0);
	}
}

/**
 * Rows of dark cells of the smallest code that holds the text.
 * @throws RangeError when the text is longer than 213 bytes
 */
export function encodeQr(text: string): boolean[][] {
	const bytes = new TextEncoder().encode(text);
	const version =
		blocksByVersion.findIndex(({ blocks }, index) => sum(blocks) - (index < 9 ? 2 : 3) >= bytes.length) + 1;
	if (version === 0) throw new RangeError('text too long for a code');
	const drawing = new Drawing(version);
	drawing.fill(codewordsOf(bytes, version));
	drawing.mask();
	return drawing.dark;
}
