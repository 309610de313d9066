import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultField, ResultRow } from '../api.ts';
import { useLanguage } from '../i18n.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { DeficitLevel } from '../ui/DeficitLevel.tsx';
import { EvidenceLevel, evidenceOf } from '../ui/EvidenceLevel.tsx';
import { HiddenCell, type HiddenReason } from '../ui/HiddenCell.tsx';
import { boundOf, cellText, isReadable } from './cells.ts';
import { labelOf } from './specification.ts';

/** The same rows as the picture, as a table that sorts: the twin of every chart. */
export function ChartTable(props: {
	fields: ResultField[];
	rows: ResultRow[];
	caption: string;
	onSelect?: (row: ResultRow) => void;
}) {
	const { t } = useTranslation('common');
	const language = useLanguage();
	const columns = useMemo<Column<ResultRow>[]>(
		() =>
			props.fields.filter(isReadable).map((field, index) => ({
				id: field.name,
				label: labelOf(field),
				value: (row) => row[field.name],
				align: field.type === 'double' || field.type === 'integer' ? 'end' : 'start',
				isHeading: index === 0,
				render: (row) => {
					const value = row[field.name] ?? null;
					if (value === null) return <HiddenCell reason={reasonOf(row)} compact />;
					if (field.format === 'flag') return <EvidenceLevel level={evidenceOf(String(value))} />;
					if (field.format === 'deficit_level' && (value === 'low' || value === 'medium' || value === 'high'))
						return <DeficitLevel level={value} />;
					return boundOf(row, field) + cellText(value, field, language, t);
				},
			})),
		[props.fields, language, t],
	);
	return (
		<DataTable
			caption={props.caption}
			hideCaption
			rows={props.rows}
			columns={columns}
			rowKey={(_row, index) => String(index)}
			onRow={props.onSelect}
		/>
	);
}

const reasons: Record<string, HiddenReason> = {
	suppressed: 'suppressed',
	'suppressed-complement': 'protected',
	'suppressed-differencing': 'protected',
	'suppressed-dominance': 'protected',
	'suppressed-few-schools': 'protected',
	'not-released': 'no-data',
	'too-few-respondents': 'too-few',
	'not-asked': 'not-asked',
	'not-converged': 'failed',
};

/** A row's note says why its cells are empty. */
export function reasonOf(row: ResultRow): HiddenReason {
	const codes = String(row.note ?? '').split(',');
	// beside a share told as a bound its counts are kept back
	if (Object.keys(row).some((name) => name.endsWith('_coded') && row[name] !== null)) return 'protected';
	return codes.map((code) => reasons[code]).find((reason) => reason !== undefined) ?? 'no-data';
}
