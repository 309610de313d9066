import type { Warehouse, Writer } from '../warehouse.ts';

/** One change of the records, as a mark of how far one has read. */
export interface ChangeMark {
	seq: number;
	kind: string;
	subject: string;
}

/** The last change of the records that the warehouse reflects. */
export interface Watermark extends ChangeMark {
	/** false while a rebuild runs, or after one that did not end */
	complete: boolean;
}

export async function readWatermark(warehouse: Warehouse): Promise<Watermark> {
	const { columns } = await warehouse.ask('select seq::double, kind, subject, complete from watermark');
	const [seq, kind, subject, complete] = columns.map((column) => column[0]);
	return { seq: Number(seq), kind: String(kind), subject: String(subject), complete: complete === true };
}

export async function markWatermark(writer: Writer, change: ChangeMark, complete: boolean): Promise<void> {
	await writer.run(
		'update watermark set seq = $seq, kind = $kind, subject = $subject, complete = $complete',
		{
			seq: change.seq,
			kind: change.kind,
			subject: change.subject,
			complete,
		},
	);
}
