import type { ModulePresets } from '#analytics/module.ts';
import type { Progress } from '#analytics/progress.ts';
import type { RecordsPlace } from '#data/records/store.ts';
import type { WarehouseOptions } from '#data/warehouse/warehouse.ts';
import type { Analyst } from './analyst.ts';
import type { IssueCode } from './problem.ts';

/** What the thread of the warehouse needs to begin. */
export interface WarehouseThreadSettings {
	records: RecordsPlace;
	warehouse: WarehouseOptions;
	modulePresets: ModulePresets;
}

type Asked = {
	[Name in keyof Analyst]: { ask: Name; parameters: Parameters<Analyst[Name]> };
}[keyof Analyst];

/** The beginning, a question under its number, that nobody waits for it any more, the news of a commit (the how many-th), or the end. */
export type WarehouseRequest =
	| { open: WarehouseThreadSettings }
	| ({ ticket: number } & Asked)
	/** nobody waits for that answer any more */
	| { given_up: number }
	| { changed: number }
	| 'close';

/** Where the projector is, as of having heard of so many commits. */
export interface Position {
	heard: number;
	caught_up: boolean;
	watermark: number;
	results_watermark: number;
}

/** An error as it crosses between threads. */
export interface Fault {
	message: string;
	stack: string | undefined;
	/** of a WarehouseError, or of the system such as `ENOSPC` */
	code: string | undefined;
	problem: { status: number; code: string; values: Record<string, unknown>; issues: IssueCode[] } | undefined;
}

export type WarehouseReply =
	| { ticket: number; result: unknown }
	| { ticket: number; fault: Fault }
	| { ticket: number; progress: Progress }
	/** the warehouse is open */
	| { opened: true }
	| { refused: Fault }
	| { position: Position }
	/** something to be logged: the projector is in trouble, or an error that nobody caught */
	| { trouble: Fault; about: string };
