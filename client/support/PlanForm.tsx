import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { SchoolDetail } from '#server/contract/registry.ts';
import type { RiskProfile } from '#server/contract/risks.ts';
import type { PlanDetail } from '#server/contract/support.ts';
import { type ModuleResult, post, useReply } from '../api.ts';
import { dayIn } from '../days.ts';
import { useLocalText } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import type { LowResults, SchoolEvidence } from '../ui/evidence.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { EvidenceSummary } from './EvidenceSummary.tsx';
import { MeasureRows } from './MeasureRows.tsx';
import styles from './Plans.module.css';
import {
	type EvidenceModule,
	endOfSchoolYear,
	isInDoubt,
	measuresForRisks,
	type PlanDraft,
	readPlan,
	renewSuggestion,
	type Suggestion,
	startGoal,
	suggestedMeasures,
} from './plan-start.ts';
import type { RatedFactor } from './risk-evidence.ts';

/** All of a plan on one page: why, the evidence that will be frozen, what is to change, and by what measures. */
export function PlanForm(props: {
	school: SchoolDetail;
	answers: Record<EvidenceModule, ModuleResult>;
	evidence: SchoolEvidence[];
	low: LowResults[];
	factors: RatedFactor[];
	years: number[];
	start: { module: EvidenceModule | ''; year: number | null };
}) {
	const { t } = useTranslation('plans');
	const { session } = useSession();
	const navigate = useNavigate();
	const client = useQueryClient();
	const text = useLocalText();
	const { school } = props;
	const me = session?.name ?? '';

	/** Words and numbers that the choice of evidence suggests. */
	const suggest = (module: EvidenceModule | '', year: number | null): Suggestion => {
		const of = <Row extends { year: number }>(rows: Row[]) => rows.find((row) => row.year === year) ?? null;
		const word = (what: string) => (module === '' ? '' : t(`suggest.${module}.${what}`));
		return {
			title: t(`suggest.${module || 'request'}.title`, { school: school.name }),
			goal: word('goal'),
			indicator: word('indicator'),
			// a count of families needs no unit
			unit: module === 'low-results' ? '%' : '',
			...(module === ''
				? { baseline: null, target: null }
				: startGoal(
						module,
						of(props.evidence),
						of(props.low),
						props.factors.filter((row) => row.year === year),
					)),
			measures:
				module === ''
					? []
					: suggestedMeasures[module].map(([owner, from, to], index) => ({
							key: crypto.randomUUID(),
							title: t(`suggest.${module}.measure_${index + 1}`),
							owner: owner === 'service' ? me : t('suggest.school_owner'),
							starts_on: dayIn(from),
							due_on: dayIn(to),
						})),
		};
	};
	const [draft, setDraft] = useState<PlanDraft>(() => ({
		school_id: school.school_id,
		basis: props.start.module === '' ? 'request' : 'flag',
		...props.start,
		...suggest(props.start.module, props.start.year),
		due_on: endOfSchoolYear(),
		curator: me,
	}));
	const change = (part: Partial<PlanDraft>) => setDraft((old) => ({ ...old, ...part }));
	const rest = (module: EvidenceModule | '', year: number | null) =>
		setDraft((old) => ({
			...old,
			module,
			year,
			...renewSuggestion(old, suggest(old.module, old.year), suggest(module, year)),
		}));
	const risks = useReply<RiskProfile>(`/api/schools/${school.school_id}/risk-profile`, { year: draft.year });
	const chosen = (risks.data?.factors ?? [])
		.filter(({ rating }) => rating?.verification?.is_chosen)
		.map(({ title }) => t('form.risk_measure', { factor: text(title) }))
		.filter((title) => draft.measures.every((measure) => measure.title !== title));
	const riskYears = [...new Set(props.factors.map((row) => row.year))].sort((a, b) => b - a);
	const yearsOf = (module: EvidenceModule | '') => (module === 'risk-profile' ? riskYears : props.years);
	const years = yearsOf(draft.module);
	const evidence = props.evidence.find((row) => row.year === draft.year) ?? null;
	const body = readPlan(draft);
	const create = useMutation({
		mutationFn: () => post<PlanDetail>('/api/plans', body),
		onSuccess: async (plan) => {
			await client.invalidateQueries({ queryKey: ['reply', '/api/plans'] });
			void navigate(`/plans/${plan.plan_id}`, { state: { created: true } });
		},
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (body) create.mutate();
	};
	const field = (name: 'title' | 'goal' | 'indicator' | 'unit' | 'due_on' | 'curator') => ({
		label: t(`form.${name}`),
		value: draft[name],
		onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
		required: name !== 'unit',
	});
	const number = (name: 'baseline' | 'target') => ({
		label: t(`form.${name}`),
		value: draft[name] ?? '',
		onChange: (value: string | number) => change({ [name]: typeof value === 'number' ? value : null }),
		decimalSeparator: ',',
		hideControls: true,
	});
	return (
		<form onSubmit={submit} className={styles.form}>
			<Card title={t('form.why')}>
				<div className={styles.fields}>
					<p>
						<Link to={`/schools/${school.school_id}`}>{school.name}</Link>
						<span className={styles.aside}> · {school.municipality_name}</span>
					</p>
					<ChoiceRow
						label={t('form.basis')}
						options={(['flag', 'request', 'federal_list'] as const).map((value) => ({
							value,
							label: t(`basis.${value}`),
						}))}
						value={draft.basis}
						onChange={(basis) => change({ basis: basis as PlanDraft['basis'] })}
					/>
					<ChoiceRow
						label={t('form.evidence')}
						options={(['result-objectivity', 'low-results', 'risk-profile', ''] as const)
							.filter((value) => value === '' || yearsOf(value).length > 0)
							.map((value) => ({ value, label: t(`module.${value || 'none'}`) }))}
						value={draft.module}
						onChange={(value) => {
							const module = value as PlanDraft['module'];
							const known = yearsOf(module);
							const year = module === '' || known.includes(draft.year ?? 0) ? draft.year : (known[0] ?? null);
							rest(module, year);
						}}
					/>
					{draft.module !== '' && years.length > 1 && (
						<ChoiceRow
							label={t('form.year')}
							options={years.map((value) => ({ value: String(value), label: String(value) }))}
							value={String(draft.year)}
							onChange={(value) => rest(draft.module, Number(value))}
						/>
					)}
				</div>
			</Card>
			{draft.module !== '' && (
				<Card
					title={t('evidence.title')}
					aside={<span className={styles.aside}>{t('evidence.to_freeze')}</span>}
				>
					<EvidenceSummary result={props.answers[draft.module]} school={school.school_id} year={draft.year} />
				</Card>
			)}
			<Card title={t('form.what')}>
				<div className={styles.fields}>
					<TextInput {...field('title')} maxLength={300} />
					<Textarea {...field('goal')} maxLength={4000} autosize minRows={2} />
					<TextInput {...field('indicator')} maxLength={300} />
					<div className={styles.numbers}>
						<NumberInput {...number('baseline')} />
						<NumberInput {...number('target')} />
						<TextInput {...field('unit')} maxLength={60} />
					</div>
					{draft.module === 'low-results' && isInDoubt(evidence) && (
						<p className={styles.aside}>{t('form.in_doubt')}</p>
					)}
					{draft.module === 'risk-profile' && suggest(draft.module, draft.year).baseline === null && (
						<p className={styles.aside}>{t('form.unanswered')}</p>
					)}
					<div className={styles.numbers}>
						<TextInput {...field('due_on')} type="date" />
						<TextInput {...field('curator')} maxLength={300} />
					</div>
				</div>
			</Card>
			<Card title={t('form.measures')}>
				<p className={styles.aside}>{t('form.measures_hint')}</p>
				<MeasureRows rows={draft.measures} onChange={(measures) => change({ measures })} />
				{chosen.length > 0 && (
					<Button
						variant="default"
						className={styles.fromRisks}
						onClick={() =>
							change({
								measures: [...draft.measures, ...measuresForRisks(chosen, t('suggest.school_owner'))],
							})
						}
					>
						{t('form.from_risks', { count: chosen.length })}
					</Button>
				)}
			</Card>
			{create.error && <ProblemNote problem={create.error} />}
			<div className={styles.foot}>
				<Button type="submit" loading={create.isPending} disabled={!body}>
					{t('form.create')}
				</Button>
				<Button component={Link} to={`/schools/${school.school_id}`} variant="subtle">
					{t('form.cancel')}
				</Button>
				<span className={styles.aside}>{t(body ? 'form.draft_only' : 'form.incomplete')}</span>
			</div>
		</form>
	);
}
