import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcedureItem } from '#server/contract/results.ts';
import { useReply } from '../api.ts';
import { formatNumber, formatPValue } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { medalSign, type SchoolEvidence, type Sign, speaks } from '../ui/evidence.ts';
import styles from './School.module.css';

const familyOf: Record<string, string> = {
	O1: 'mean',
	O2: 'mean',
	O3: 'border',
	O4: 'border',
	O6: 'journal',
	O7: 'journal',
	O8: 'pattern',
	O9: 'pattern',
	O10: 'pattern',
	O11: 'mean',
	O12: 'journal',
	O13: 'beside',
};

/** They look from one result to a later one of the same school. */
const successive = ['O2', 'O11', 'OF-change'];

/** It counts years, not papers. */
const persistence = 'O15';

/** Every check with its numbers: those that stand out at first, all of them one button away; official signs apart. */
export function SchoolSignsTable(props: { evidence: SchoolEvidence }) {
	const { t } = useTranslation('school');
	const [isWhole, setWhole] = useState(false);
	const { own, official } = useMemo(() => {
		const isOfficial = (sign: Sign) => sign.id.startsWith('OF-');
		return {
			own: props.evidence.signs.filter((sign) => !isOfficial(sign)),
			official: props.evidence.signs.filter(isOfficial),
		};
	}, [props.evidence]);
	const flagged = own.filter((sign) => speaks(sign, own));
	const columns = useSignColumns(false, own);
	const officialColumns = useSignColumns(true, official);
	const officialFlagged = official.filter((sign) => sign.flagged);
	const shownOfficial = isWhole ? official : officialFlagged;
	return (
		<div className={styles.checks}>
			{(isWhole || flagged.length > 0) && (
				<DataTable
					key={String(isWhole)}
					caption={t('signs.table')}
					rows={isWhole ? own : flagged}
					columns={columns}
					rowKey={(sign, index) => `${sign.id}${sign.procedures.join()}${index}`}
					limit={40}
				/>
			)}
			<section className={styles.official} aria-label={t('signs.official')}>
				<h3>{t('signs.official')}</h3>
				<p className={styles.aside}>{t('signs.official_hint')}</p>
				{shownOfficial.length > 0 ? (
					<DataTable
						key={String(isWhole)}
						caption={t('signs.official')}
						hideCaption
						rows={shownOfficial}
						columns={officialColumns}
						rowKey={(sign, index) => `${sign.id}${sign.procedures.join()}${index}`}
					/>
				) : (
					<p>{t('signs.official_none')}</p>
				)}
			</section>
			{own.length + official.length > 0 && (
				<button type="button" className={`${styles.more} no-print`} onClick={() => setWhole(!isWhole)}>
					{isWhole ? t('signs.only_flagged') : t('signs.show_all', { count: own.length + official.length })}
				</button>
			)}
		</div>
	);
}

function useSignColumns(isOfficial: boolean, signs: Sign[]): Column<Sign>[] {
	const { t } = useTranslation('school');
	const language = useLanguage();
	const { session } = useSession();
	const { data } = useReply<ProcedureItem[]>(
		session?.acts.includes('see-procedures') ? '/api/procedures' : null,
	);
	return useMemo(() => {
		const titles = new Map((data ?? []).map((item) => [item.procedure_id, item.title]));
		const where = ({ id, procedures, n }: Sign) =>
			id === persistence
				? t('signs.years', { count: n })
				: id === medalSign
					? t('signs.candidates')
					: procedures.length === 1 || successive.includes(id)
						? procedures.map((procedure) => titles.get(procedure) ?? procedure).join(' → ')
						: t('signs.several', { count: procedures.length });
		const name = ({ id, inputs }: Sign) =>
			t(`sign.${id === 'O11' && inputs.form === 'linked' ? 'O11-linked' : id}`, { defaultValue: id });
		const standsOut = (sign: Sign) => (isOfficial ? sign.flagged : speaks(sign, signs));
		const verdict = (sign: Sign) =>
			sign.id === medalSign && sign.n > 0
				? t(sign.flagged ? 'signs.missed' : 'signs.reached')
				: sign.id === 'O2'
					? t(sign.flagged ? 'signs.unconfirmed' : 'signs.confirmed')
					: standsOut(sign)
						? t(isOfficial ? 'signs.holds' : 'signs.flagged')
						: sign.note
							? t(`sign_note.${sign.note}`, { defaultValue: sign.note })
							: t(isOfficial ? 'signs.fails' : 'signs.ordinary');
		const columns: Column<Sign>[] = [
			{
				id: 'sign',
				label: t('signs.col_sign'),
				value: name,
				isHeading: true,
				render: (sign) => (
					<>
						{name(sign)}
						{familyOf[sign.id] && <span className={styles.family}>{t(`family.${familyOf[sign.id]}`)}</span>}
					</>
				),
			},
			{ id: 'procedure', label: t('signs.col_procedure'), value: where },
			{
				id: 'n',
				label: t('signs.col_n'),
				value: (sign) => sign.n,
				render: (sign) => (sign.id === persistence ? '—' : formatNumber(sign.n, language)),
				align: 'end',
			},
			{
				id: 'verdict',
				label: t('signs.col_verdict'),
				value: verdict,
				render: (sign) =>
					standsOut(sign) ? (
						<strong>{verdict(sign)}</strong>
					) : (
						<span className={styles.aside}>{verdict(sign)}</span>
					),
			},
		];
		if (isOfficial) return columns;
		const chance = (id: 'p' | 'q'): Column<Sign> => ({
			id,
			label: t(`signs.col_${id}`),
			value: (sign) => sign[id],
			render: (sign) => {
				const value = sign[id];
				return value === null ? '—' : formatPValue(value, language);
			},
			align: 'end',
		});
		columns.splice(3, 0, chance('p'), chance('q'));
		return columns;
	}, [t, language, data, isOfficial, signs]);
}
