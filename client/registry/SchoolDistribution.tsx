import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilterValues } from '../chart/catalogue.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { scoresPicture } from '../chart/pictures.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import type { LowResults, SchoolEvidence } from '../ui/evidence.ts';
import { Card } from '../ui/Page.tsx';
import styles from './School.module.css';

const mostTelling = ['O3', 'O4', 'O1', 'O10'];

/** The procedure whose picture says most: where a border or a mean stands out, else the first of the year. */
function tellingProcedure(evidence: SchoolEvidence | null, known: string[]): string | undefined {
	for (const id of mostTelling) {
		const sign = evidence?.signs.find((each) => each.id === id && each.flagged);
		const procedure = sign?.procedures.find((each) => known.includes(each));
		if (procedure) return procedure;
	}
	return known[0];
}

/** The school's own distribution over the outline of the other schools, one procedure at a time. */
export function SchoolDistribution(props: {
	school: string;
	year: number;
	evidence: SchoolEvidence | null;
	low: LowResults | null;
}) {
	const { t } = useTranslation('school');
	const values = useFilterValues('score-distribution');
	const [chosen, setChosen] = useState<string | null>(null);
	const procedures = useMemo(() => {
		const titles = new Map((values.data?.procedure ?? []).map(({ value, label }) => [String(value), label]));
		for (const { procedure, title } of props.low?.procedures ?? []) titles.set(procedure, title);
		const ids = new Set((props.low?.procedures ?? []).map(({ procedure }) => procedure));
		for (const sign of props.evidence?.signs ?? [])
			if (sign.procedures.length === 1 && sign.n > 0) ids.add(sign.procedures[0]!);
		return [...ids]
			.map((id) => ({ value: id, label: titles.get(id) ?? id }))
			.sort((left, right) => left.label.localeCompare(right.label, 'ru', { numeric: true }));
	}, [values.data, props.low, props.evidence]);
	const known = procedures.map(({ value }) => value);
	const procedure = chosen && known.includes(chosen) ? chosen : tellingProcedure(props.evidence, known);
	const filters = useMemo(
		() => ({ school: props.school, procedure: procedure ?? null }),
		[props.school, procedure],
	);
	return (
		<Card title={t('distribution.title')}>
			{procedure ? (
				<>
					<NativeSelect
						className={`${styles.select} no-print`}
						label={t('distribution.procedure')}
						data={procedures}
						value={procedure}
						onChange={(event) => setChosen(event.currentTarget.value)}
					/>
					<ModulePicture
						module="score-distribution"
						filters={filters}
						specification={scoresPicture}
						empty={t('distribution.none')}
					/>
					<p className={styles.legend}>{t('distribution.legend')}</p>
				</>
			) : (
				<EmptyState title={t('distribution.none')} />
			)}
		</Card>
	);
}
