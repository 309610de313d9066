import { randomUUID } from 'node:crypto';
import { appendChange } from '../changes.ts';
import type { Db, Trx } from '../store.ts';
import { shippedRiskFactors } from './shipped-risk-factors.ts';
import type { RiskFactorRow } from './tables.ts';

export interface LocalText {
	ru: string;
	en: string;
}

/** One number that speaks of a factor, with the values at which it says nothing is wrong (0) and all is wrong (100). */
export interface RiskInput {
	id: string;
	title: LocalText;
	good: number;
	bad: number;
	weight: number;
}

export interface RiskFactor {
	code: string;
	title: LocalText;
	inputs: RiskInput[];
	is_on: boolean;
	is_shipped: boolean;
	/** null while it stands as shipped */
	changed_by: string | null;
	changed_at: string | null;
}

/** What a municipality may say of a factor. */
export interface RiskFactorText {
	title: LocalText;
	inputs: readonly RiskInput[];
	is_on: boolean;
}

/** Factors of a municipality: the shipped list with its changes, then those it added in the order of their making. */
export async function listRiskFactors(db: Db, municipalityId: string): Promise<RiskFactor[]> {
	const rows = await db
		.selectFrom('risk_factor')
		.selectAll()
		.where('municipality_id', '=', municipalityId)
		.orderBy('position')
		.orderBy('code')
		.execute();
	const changed = new Map(rows.map((row) => [row.code, row]));
	const shipped = shippedRiskFactors.map(({ code, title, inputs, is_on }): RiskFactor => {
		const row = changed.get(code);
		changed.delete(code);
		return row
			? toFactor(row, true)
			: { code, title, inputs: [...inputs], is_on, is_shipped: true, changed_by: null, changed_at: null };
	});
	return [...shipped, ...[...changed.values()].map((row) => toFactor(row, false))];
}

/**
 * Changes a factor of a municipality, or adds one when no code is given; returns its code, undefined for a code that the
 * municipality does not know.
 */
export async function recordRiskFactor(
	trx: Trx,
	municipalityId: string,
	code: string | null,
	factor: RiskFactorText,
	act: { by: string; at?: string },
): Promise<string | undefined> {
	const known = await listRiskFactors(trx, municipalityId);
	const index = known.findIndex((each) => each.code === code);
	if (code !== null && index < 0) return undefined;
	const row: RiskFactorRow = {
		municipality_id: municipalityId,
		code: code ?? `own-${randomUUID()}`,
		title: JSON.stringify(factor.title),
		inputs: JSON.stringify(factor.inputs),
		is_on: factor.is_on ? 1 : 0,
		position: index < 0 ? known.length : index,
		changed_by: act.by,
		changed_at: act.at ?? new Date().toISOString(),
	};
	const { municipality_id: _, code: __, position: ___, ...changes } = row;
	await trx
		.insertInto('risk_factor')
		.values(row)
		.onConflict((conflict) => conflict.columns(['municipality_id', 'code']).doUpdateSet(changes))
		.execute();
	appendChange(trx, 'risk-factors', municipalityId);
	return row.code;
}

function toFactor(row: RiskFactorRow, is_shipped: boolean): RiskFactor {
	return {
		code: row.code,
		title: JSON.parse(row.title) as LocalText,
		inputs: JSON.parse(row.inputs) as RiskInput[],
		is_on: row.is_on === 1,
		is_shipped,
		changed_by: row.changed_by,
		changed_at: row.changed_at,
	};
}
