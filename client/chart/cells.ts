import type { TFunction } from 'i18next';
import type { Cell, ResultField, ResultRow } from '../api.ts';
import { formatCell } from '../format.ts';
import type { Language } from '../i18n.ts';
import { evidenceOf } from '../ui/EvidenceLevel.tsx';

/** A share that is told as a bound (`<=`, `>=`) stands with its sign; the field with the sign has the share's name and `_coded`. */
export function boundOf(row: ResultRow, field: ResultField): string {
	const bound = row[`${field.name}_coded`];
	return bound === '<=' ? '≤\u202f' : bound === '>=' ? '≥\u202f' : '';
}

/** Fields that people read as a cell of their own. */
export function isReadable(field: ResultField): boolean {
	return (
		field.format !== 'json' &&
		field.format !== 'id' &&
		field.name !== 'note' &&
		!field.name.endsWith('_coded')
	);
}

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
	if (field.format === 'channel') return t(`channel.${value}`);
	return formatCell(value, field.format, language);
}
