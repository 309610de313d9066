import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { type ModuleResult, type ResultRow, rowsOf, useModule } from '../api.ts';
import { useFilterValues } from '../chart/catalogue.ts';
import { answersPicture } from '../chart/feedback-picture.ts';
import { keepRows } from '../chart/keep-rows.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { QualityChoice } from '../chart/QualityChoice.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useNarrow } from '../ui/narrow.ts';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Explore.module.css';
import { FilterSelect } from './FilterSelect.tsx';

const marks = (result: ModuleResult) => keepRows(result, 'kind', (kind) => kind === 'rating');
const isChoice = (kind: unknown) => kind === 'choice' || kind === 'list';

/** What participants thought of an event: marks, pace and follow-up, and their words. */
export function FeedbackPage() {
	const { t } = useTranslation('feedback');
	const isNarrow = useNarrow();
	const [params, setParams] = useSearchParams();
	const values = useFilterValues('event-feedback');
	const [campaign, municipality] = [params.get('campaign'), params.get('municipality')];
	const quality = params.get('quality') === 'unflagged' ? 'unflagged' : null;
	const filters = useMemo(() => ({ campaign, municipality, quality }), [campaign, municipality, quality]);
	const answer = useModule('event-feedback', filters);
	const rows = useMemo(() => (answer.data ? rowsOf(answer.data) : []), [answer.data]);
	const texts = useMemo(() => countTexts(rows), [rows]);
	const choices = useCallback(
		(result: ModuleResult): ModuleResult => ({
			...keepRows(result, 'kind', isChoice),
			finding: { title: t('choices_title'), subtitle: t('choices_subtitle'), summary: t('choices_title') },
		}),
		[t],
	);
	const picture = useMemo(
		() =>
			answersPicture(
				rows.filter(({ kind }) => isChoice(kind)),
				isNarrow,
			),
		[rows, isNarrow],
	);
	const set = useCallback(
		(name: string, value: string | null) =>
			setParams((before) => {
				const next = new URLSearchParams(before);
				if (value) next.set(name, value);
				else next.delete(name);
				return next;
			}),
		[setParams],
	);
	const select = (name: 'campaign' | 'municipality', any: string) => (
		<FilterSelect
			module="event-feedback"
			filter={name}
			label={t(name)}
			any={any}
			value={params.get(name)}
			onChange={(value) => set(name, value)}
		/>
	);
	const isEmpty = answer.data !== undefined && rows.length === 0;
	return (
		<Page title={t('title')} lead={t('lead')} above={<Link to="/modules">{t('all')}</Link>}>
			{values.error && <ProblemNote problem={values.error} retry={() => void values.refetch()} />}
			<div className={`${styles.controls} no-print`}>
				{select('campaign', t('latest'))}
				{select('municipality', t('all_municipalities'))}
			</div>
			<QualityChoice
				value={quality}
				onChange={(value) => set('quality', value)}
				result={answer.data}
				campaign={campaign}
			/>
			<Card title={t('marks')}>
				<ModulePicture module="event-feedback" filters={filters} keep={marks} empty={t('empty')} />
			</Card>
			{!isEmpty && !answer.error && (
				<>
					<Card title={t('choices')}>
						<ModulePicture
							module="event-feedback"
							filters={filters}
							specification={picture}
							keep={choices}
							empty={t('empty')}
						/>
					</Card>
					<Card title={t('words')}>
						{texts.length > 0 ? (
							<>
								<p className={styles.hint}>{t('words_why')}</p>
								<ul className={styles.words}>
									{texts.map(([words, count]) => (
										<li key={words}>
											{words}
											{count > 1 && ` × ${count}`}
										</li>
									))}
								</ul>
							</>
						) : (
							answer.data && <EmptyState title={t('no_words')}>{t('no_words_why')}</EmptyState>
						)}
					</Card>
				</>
			)}
		</Page>
	);
}

/** The same words of several people stand once, with how many wrote them. */
function countTexts(rows: ResultRow[]): [string, number][] {
	const counts = new Map<string, number>();
	for (const { kind, answer_title } of rows)
		if (kind === 'text') counts.set(String(answer_title), (counts.get(String(answer_title)) ?? 0) + 1);
	return [...counts];
}
