import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { SchoolDetail, SchoolItem } from '#server/contract/registry.ts';
import { rowsOf, useModule, useReply } from '../api.ts';
import { useSession } from '../session.tsx';
import { latestYear, readEvidence, readLowResults } from '../ui/evidence.ts';
import { Loading } from '../ui/Loading.tsx';
import { MissingPage } from '../ui/MissingPage.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { PlanForm } from './PlanForm.tsx';
import type { EvidenceModule } from './plan-start.ts';
import { readRatedFactor } from './risk-evidence.ts';
import { SchoolChoice } from './SchoolChoice.tsx';

const modules: EvidenceModule[] = ['result-objectivity', 'low-results', 'risk-profile'];

/** A new plan: for the school of the address, or for one that is chosen first. */
export function PlanNewPage() {
	const { t } = useTranslation('plans');
	const { session } = useSession();
	const [params, setParams] = useSearchParams();
	const school = params.get('school');
	const schools = useReply<SchoolItem[]>(school ? null : '/api/schools');
	if (!session?.acts.includes('draft-plan')) return <MissingPage />;
	return (
		<Page title={t('form.page')} above={<Link to="/plans">{t('list.title')}</Link>} lead={t('form.lead')}>
			{school ? (
				<OfSchool
					key={school}
					id={school}
					module={modules.find((name) => name === params.get('module')) ?? null}
					year={Number(params.get('year')) || null}
				/>
			) : schools.error ? (
				<ProblemNote problem={schools.error} retry={() => void schools.refetch()} />
			) : schools.data ? (
				<SchoolChoice schools={schools.data} onChoose={(id) => setParams({ school: id })} />
			) : (
				<Loading rows={3} />
			)}
		</Page>
	);
}

/** The form waits for the evidence: its numbers are where goals begin. */
function OfSchool(props: { id: string; module: EvidenceModule | null; year: number | null }) {
	const school = useReply<SchoolDetail>(`/api/schools/${props.id}`);
	const filters = { school: props.id };
	const signs = useModule('result-objectivity', filters);
	const results = useModule('low-results', filters);
	const risks = useModule('risk-profile', filters);
	const failed = [school, signs, results, risks].find((query) => query.error);
	if (failed) return <ProblemNote problem={failed.error} retry={() => void failed.refetch()} />;
	if (!school.data || !signs.data || !results.data || !risks.data) return <Loading shape="page" />;
	const evidence = rowsOf(signs.data).map(readEvidence);
	const low = rowsOf(results.data).map(readLowResults);
	const years = [...new Set([...evidence, ...low].map(({ year }) => year))].sort((a, b) => b - a);
	const factors = rowsOf(risks.data).map(readRatedFactor);
	const hasFactors = props.module === 'risk-profile' && factors.some(({ year }) => year === props.year);
	const year = hasFactors || years.includes(props.year ?? 0) ? props.year : latestYear([...evidence, ...low]);
	const isLowAlone =
		low.some((row) => row.year === year && row.flag) &&
		!evidence.some((row) => row.year === year && ['watch', 'sign', 'persistent'].includes(row.level));
	const usual = years.length === 0 ? '' : isLowAlone ? 'low-results' : 'result-objectivity';
	const asked = props.module === 'risk-profile' && !hasFactors ? null : props.module;
	return (
		<PlanForm
			school={school.data}
			answers={{ 'result-objectivity': signs.data, 'low-results': results.data, 'risk-profile': risks.data }}
			evidence={evidence}
			low={low}
			factors={factors}
			years={years}
			start={{ module: years.length === 0 && asked !== 'risk-profile' ? '' : (asked ?? usual), year }}
		/>
	);
}
