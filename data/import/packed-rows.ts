/**
 * Rows of a piece: unpacked at once and stored in one transaction, which holds the one writer of SQLite for some
 * milliseconds, so that nobody who hands in answers meanwhile waits longer.
 */
const ROWS_PER_PIECE = 500;

/** Some rows as JSON text; the bytes may change hands between threads. */
export interface PackedPiece {
	bytes: Uint8Array<ArrayBuffer>;
	count: number;
}

/**
 * Rows that wait for their word between the check of a file and its storing. They lie outside the heap of the engine:
 * tens of thousands of objects that stay would hold up everybody whenever they are looked through for garbage.
 */
export class PackedRows implements Iterable<unknown> {
	readonly #pieces: PackedPiece[] = [];
	#length = 0;

	static of(rows: readonly unknown[]): PackedRows {
		const packed = new PackedRows();
		for (const piece of packRows(rows)) packed.add(piece);
		return packed;
	}

	get length(): number {
		return this.#length;
	}

	add(piece: PackedPiece): void {
		this.#pieces.push(piece);
		this.#length += piece.count;
	}

	/** The rows, as many at a time as should be worked on at once. */
	*pieces<Row>(): Generator<Row[]> {
		for (const { bytes } of this.#pieces) yield JSON.parse(new TextDecoder().decode(bytes)) as Row[];
	}

	*[Symbol.iterator](): Iterator<unknown> {
		for (const piece of this.pieces()) yield* piece;
	}
}

export function* packRows(rows: readonly unknown[]): Generator<PackedPiece> {
	for (let start = 0; start < rows.length; start += ROWS_PER_PIECE) {
		const piece = rows.slice(start, start + ROWS_PER_PIECE);
		yield { bytes: new TextEncoder().encode(JSON.stringify(piece)), count: piece.length };
	}
}
