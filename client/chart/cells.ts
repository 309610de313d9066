import type { TFunction } from 'i18next';
import type { Cell, ResultField } from '../api.ts';
import { formatCell } from '../format.ts';
import type { Language } from '../i18n.ts';
import { evidenceOf } from '../ui/EvidenceLevel.tsx';

/** A cell of a result as words: levels by name, numbers by the format of their field. */
export function cellText(
	value: Cell,
	field: ResultField,
	language: Language,
	t: TFunction<'common'>,
): string {
	if (value === null) return '—';
	if (field.format === 'flag') return t(`evidence.${evidenceOf(String(value))}`);
	if (field.format === 'deficit_level') return t(`deficit.${value}`);
	return formatCell(value, field.format, language);
}
