import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { type ModuleResult, type ResultRow, rowsOf, useModule, withQuery } from '../api.ts';
import { useCatalogue, useFilterValues } from '../chart/catalogue.ts';
import { keepCompetencies, keepRows } from '../chart/keep-rows.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { heatPicture, heatSides } from '../chart/pictures.ts';
import { QualityChoice } from '../chart/QualityChoice.tsx';
import { withShortNames } from '../chart/schools.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { useScheme } from '../theme/scheme.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useNarrow } from '../ui/narrow.ts';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { AttentionList } from './AttentionList.tsx';
import { IndicatorGrid } from './IndicatorGrid.tsx';
import styles from './Today.module.css';
import { UnderWay } from './UnderWay.tsx';

/** The leader's board: what asks for a decision first, then where results fall out of the usual, indicators, deficits. */
export function TodayPage() {
	const { t } = useTranslation('dashboard');
	const language = useLanguage();
	const { session } = useSession();
	const catalogue = useCatalogue();
	const has = (id: string) => catalogue.data?.some((item) => item.id === id) ?? false;
	const place = session?.roles.find((held) => held.role === session.role)?.place_name;
	const years = useFilterValues(has('low-results') ? 'low-results' : null);
	const [params, setParams] = useSearchParams();
	const known = useMemo(() => yearsOf(years.data?.year), [years.data]);
	const asked = Number(params.get('year'));
	const year = known.includes(asked) ? asked : (known[0] ?? null);
	const isYearKnown =
		catalogue.error !== null || (catalogue.data && !has('low-results')) || years.data || years.error !== null;

	return (
		<Page
			title={t('title')}
			above={place}
			lead={t('lead', { date: formatDate(new Date().toISOString(), language) })}
		>
			{catalogue.error && <ProblemNote problem={catalogue.error} retry={() => void catalogue.refetch()} />}
			{known.length > 1 && (
				<ChoiceRow
					label={t('attention.choose_year')}
					options={known.map((value) => ({ value: String(value), label: String(value) }))}
					value={String(year)}
					onChange={(value) => setParams((before) => withValue(before, 'year', value), { replace: true })}
				/>
			)}
			<div className={styles.pair}>
				{!isYearKnown ? (
					<Card title={t('attention.title')}>
						<Loading rows={8} />
					</Card>
				) : (
					has('result-objectivity') && has('low-results') && <AttentionList year={year} />
				)}
				<div className={styles.side}>
					<UnderWay />
					{!isYearKnown ? (
						<Card title={t('funnel.title')}>
							<Loading shape="chart" rows={7} />
						</Card>
					) : (
						has('low-results') && <FunnelCard year={year} />
					)}
				</div>
			</div>
			<IndicatorGrid />
			{has('deficit-map') && <DeficitCard />}
		</Page>
	);
}

/** The address with one value changed; an empty one is left out. */
function withValue(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
	const next = new URLSearchParams(params);
	if (value) next.set(name, value);
	else next.delete(name);
	return next;
}

/** Years with results, newest first. */
function yearsOf(values: { value: string | number }[] | undefined): number[] {
	const years = (values ?? []).map(({ value }) => Number(value)).filter(Number.isFinite);
	return [...new Set(years)].sort((a, b) => b - a);
}

/** The map of deficits, small: a click leads to the same cell in the exploration. */
function DeficitCard() {
	const { t } = useTranslation('dashboard');
	const navigate = useNavigate();
	const isNarrow = useNarrow();
	const { scheme } = useScheme();
	const values = useFilterValues('deficit-map');
	const channel = values.data?.channel?.[0];
	const [params, setParams] = useSearchParams();
	const quality = params.get('quality') === 'unflagged' ? 'unflagged' : null;
	const filters = useMemo(
		() => ({ channel: channel?.value ?? null, by: 'school_kind', quality }),
		[channel?.value, quality],
	);
	const { data } = useModule('deficit-map', filters);
	const picture = useMemo(
		() => heatPicture({ ...heatSides(data ? rowsOf(data) : []), isNarrow, scheme, legend: false }),
		[data, isNarrow, scheme],
	);
	const open = useCallback(
		(row: ResultRow) =>
			void navigate(
				withQuery('/explore', {
					channel: channel?.value,
					by: 'school_kind',
					competency: String(row.scale),
					quality,
				}),
			),
		[navigate, channel?.value, quality],
	);
	return (
		<Card
			title={t('deficits.title')}
			aside={
				<Link
					to={withQuery('/explore', { channel: channel?.value, by: 'school_kind', quality })}
					className="no-print"
				>
					{t('deficits.explore')}
				</Link>
			}
		>
			<QualityChoice
				value={quality}
				onChange={(value) => setParams((before) => withValue(before, 'quality', value), { replace: true })}
				result={data}
				hasPage
			/>
			<ModulePicture
				module="deficit-map"
				filters={filters}
				specification={picture}
				keep={keepCompetencies}
				onSelect={open}
				empty={t('deficits.empty')}
			/>
		</Card>
	);
}

/** Shares below the threshold against the size of the school: outside the funnel is more than chance. */
function FunnelCard(props: { year: number | null }) {
	const { t } = useTranslation('dashboard');
	const navigate = useNavigate();
	const { year } = props;
	const filters = useMemo(() => ({ year }), [year]);
	const keep = useCallback(
		(result: ModuleResult) =>
			withShortNames(
				// earlier years travel along when a rule looks back
				keepRows(result, 'year', (cell) => year === null || cell === year),
				'school_name',
			),
		[year],
	);
	const open = useCallback(
		(row: ResultRow) => void navigate(withQuery(`/schools/${row.school_id}`, { year: Number(row.year) })),
		[navigate],
	);
	return (
		<Card title={t('funnel.title')} aside={<span className={styles.aside}>{t('funnel.hint')}</span>}>
			<ModulePicture
				module="low-results"
				filters={filters}
				keep={keep}
				onSelect={open}
				empty={t('funnel.empty')}
			/>
		</Card>
	);
}
