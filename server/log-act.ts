import { appendAudit } from '#data/records/audit.ts';
import type { Records, Trx } from '#data/records/store.ts';
import { type Asker, whoOf } from './session.ts';

/** A line of the chained log in the name of the asker; in a transaction it stands or falls with the act. */
export function logAct(
	target: Trx | Records,
	asker: Asker,
	action: string,
	object: string,
	purpose = '',
): Promise<void> {
	return appendAudit(target, { who: whoOf(asker), role: asker.role, action, object, purpose });
}
