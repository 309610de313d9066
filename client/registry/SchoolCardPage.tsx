import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { SchoolDetail } from '#server/contract/registry.ts';
import { rowsOf, useModule, useReply } from '../api.ts';
import { useCatalogue } from '../chart/catalogue.ts';
import { useSession } from '../session.tsx';
import { useSubjectName } from '../subjects.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { readContext, readEvidence, readExpectation, readLowResults } from '../ui/evidence.ts';
import { Loading } from '../ui/Loading.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './School.module.css';
import { SchoolContext } from './SchoolContext.tsx';
import { SchoolDeficits } from './SchoolDeficits.tsx';
import { SchoolDistribution } from './SchoolDistribution.tsx';
import { SchoolItems } from './SchoolItems.tsx';
import { SchoolLowResults } from './SchoolLowResults.tsx';
import { SchoolPlans } from './SchoolPlans.tsx';
import { SchoolRemarkings } from './SchoolRemarkings.tsx';
import { SchoolReplies } from './SchoolReplies.tsx';
import { SchoolRisks } from './SchoolRisks.tsx';
import { SchoolSigns } from './SchoolSigns.tsx';

/** Everything known of one school: signs with reasons, the picture behind them, low results, replies, plans, deficits. */
export function SchoolCardPage() {
	const { id } = useParams();
	// another school is another card: nothing of the former one may linger
	return id ? <SchoolCard key={id} id={id} /> : null;
}

function SchoolCard(props: { id: string }) {
	const { t } = useTranslation('school');
	const { session } = useSession();
	const [params, setParams] = useSearchParams();
	const school = useReply<SchoolDetail>(`/api/schools/${props.id}`);
	const catalogue = useCatalogue();
	const may = (module: string) => catalogue.data?.some((item) => item.id === module) ?? false;
	const filters = useMemo(() => ({ school: props.id }), [props.id]);
	const signs = useModule('result-objectivity', filters);
	const results = useModule('low-results', filters);
	const joint = useModule('joint-picture', filters);
	const items = useModule('item-completion', filters);
	const evidence = useMemo(() => (signs.data ? rowsOf(signs.data).map(readEvidence) : []), [signs.data]);
	const low = useMemo(() => (results.data ? rowsOf(results.data).map(readLowResults) : []), [results.data]);
	const solved = useMemo(() => (items.data ? rowsOf(items.data) : []), [items.data]);
	const expectation = useMemo(
		() => (joint.data ? rowsOf(joint.data).map(readExpectation) : []),
		[joint.data],
	);
	const contexts = useMemo(() => (joint.data ? rowsOf(joint.data).map(readContext) : []), [joint.data]);
	const years = [
		...new Set([...[...evidence, ...low].map((row) => row.year), ...solved.map((row) => Number(row.year))]),
	].sort((a, b) => b - a);
	const asked = Number(params.get('year'));
	const year = years.includes(asked) ? asked : (years[0] ?? null);
	const ofYear = evidence.find((row) => row.year === year) ?? null;
	const context = contexts.find((row) => row?.year === year) ?? null;
	const lowOfYear = low.find((row) => row.year === year) ?? null;

	if (school.error)
		return (
			<Page title={t('card')}>
				<ProblemNote problem={school.error} retry={() => void school.refetch()} />
			</Page>
		);
	if (!school.data) return <Loading shape="page" />;
	const isOwn = session?.role === 'school_coordinator';
	return (
		<Page
			title={school.data.name}
			above={isOwn ? school.data.municipality_name : <Link to="/schools">{t('schools')}</Link>}
			lead={<SchoolFacts school={school.data} />}
		>
			{years.length > 1 && year !== null && (
				<ChoiceRow
					label={t('year')}
					options={years.map((value) => ({ value: String(value), label: String(value) }))}
					value={String(year)}
					onChange={(value) => setParams({ year: value })}
				/>
			)}
			<div className={styles.columns}>
				<div className={styles.main}>
					{(may('result-objectivity') || !catalogue.data) && (
						<SchoolSigns
							evidence={ofYear}
							low={lowOfYear}
							isLoading={!signs.data && !signs.error}
							problem={signs.error}
							retry={() => void signs.refetch()}
						/>
					)}
					{session?.acts.includes('see-remarkings') && year !== null && (
						<SchoolRemarkings key={year} school={props.id} year={year} />
					)}
					{may('score-distribution') && year !== null && (
						<SchoolDistribution school={props.id} year={year} evidence={ofYear} low={lowOfYear} />
					)}
					{may('item-completion') && (
						<SchoolItems school={props.id} rows={solved.filter((row) => Number(row.year) === year)} />
					)}
					{(may('low-results') || !catalogue.data) && (
						<SchoolLowResults
							low={lowOfYear}
							expectation={expectation.find((row) => row?.year === year) ?? null}
							year={year}
							isLoading={!results.data && !results.error}
							problem={results.error}
							retry={() => void results.refetch()}
						/>
					)}
					{context && <SchoolContext context={context} />}
				</div>
				<div className={styles.side}>
					{session?.acts.includes('see-risks') && <SchoolRisks school={props.id} year={year} />}
					{session?.acts.includes('see-plans') && (
						<SchoolPlans school={props.id} year={year} evidence={ofYear} low={lowOfYear} />
					)}
					{session?.acts.includes('see-replies') && year !== null && (
						<SchoolReplies school={props.id} year={year} />
					)}
				</div>
			</div>
			{may('deficit-map') && <SchoolDeficits school={props.id} />}
		</Page>
	);
}

function SchoolFacts(props: { school: SchoolDetail }) {
	const { t } = useTranslation('school');
	const subjectName = useSubjectName();
	const { school } = props;
	const facts = [
		t(`kind.${school.kind}`, { defaultValue: school.kind }),
		school.locality && t(`locality.${school.locality}`, { defaultValue: school.locality }),
		school.pupils === null ? t('facts.pupils_unknown') : t('facts.pupils', { count: school.pupils }),
		(school.teachers ?? school.staff_count) !== null &&
			t('facts.teachers', { count: school.teachers ?? school.staff_count ?? 0 }),
		school.municipality_name,
		school.advanced_subjects &&
			school.advanced_subjects.length > 0 &&
			t('facts.advanced', { subjects: school.advanced_subjects.map(subjectName).join(', ') }),
	].filter(Boolean);
	return facts.join(' · ');
}
