import type { RemarkingBody, RemarkingItem } from '#server/contract/remarkings.ts';

/** What stands in the fields of the form; a number may still be missing. */
export interface RemarkingDraft {
	procedure_id: string;
	class: string;
	remarked_on: string;
	sampled: number | null;
	remarked: number | null;
	unchanged: number | null;
	raised: number | null;
	lowered: number | null;
	commission: string;
	document: string;
	remark: string;
}

/** The fields of a record that stands, or those of a new one for a procedure and a day. */
export function draftOf(
	item: RemarkingItem | null,
	start: { procedure_id: string; day: string },
): RemarkingDraft {
	if (item) return { ...item, class: item.class ?? '' };
	return {
		procedure_id: start.procedure_id,
		class: '',
		remarked_on: start.day,
		...{ sampled: null, remarked: null, unchanged: null, raised: null, lowered: null },
		...{ commission: '', document: '', remark: '' },
	};
}

/** The body to send, or null while a field that must be there is missing; what does not add up the server says. */
export function readRemarking(draft: RemarkingDraft): RemarkingBody | null {
	const { procedure_id, remarked_on, sampled, remarked, unchanged, raised, lowered } = draft;
	const commission = draft.commission.trim();
	if (!procedure_id || !remarked_on || !commission) return null;
	if (sampled === null || remarked === null || unchanged === null) return null;
	return {
		procedure_id,
		class: draft.class.trim() || null,
		remarked_on,
		...{ sampled, remarked, unchanged, raised, lowered },
		commission,
		document: draft.document.trim(),
		remark: draft.remark.trim(),
	};
}
