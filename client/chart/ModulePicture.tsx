import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ModuleResult, type Query, type ResultRow, useModule } from '../api.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { Computing, Stopped } from './Computing.tsx';
import { useCatalogue } from './catalogue.ts';
import { MethodButton } from './MethodButton.tsx';
import styles from './ModulePicture.module.css';
import type { Specification } from './specification.ts';

/**
 * One module asked and drawn: its own picture or the one given, its table, its notes, its method card.
 * The previous picture stays, paler, while new filters are being answered.
 */
export function ModulePicture(props: {
	module: string;
	filters: Query;
	specification?: Specification;
	/** what the picture keeps of the answer; must keep its identity while nothing changes */
	keep?: (result: ModuleResult) => ModuleResult;
	onSelect?: (row: ResultRow) => void;
	actions?: ReactNode;
	empty?: string;
	/** draws another side of an answer that stands above it already: what is being computed is said there */
	isEcho?: boolean;
}) {
	const { t } = useTranslation('common');
	const catalogue = useCatalogue();
	const item = catalogue.data?.find((module) => module.id === props.module);
	const answer = useModule(props.module, props.filters);
	const { keep } = props;
	const result = useMemo(() => (answer.data && keep ? keep(answer.data) : answer.data), [answer.data, keep]);
	if (catalogue.error)
		return <ProblemNote problem={catalogue.error} retry={() => void catalogue.refetch()} />;
	if (!catalogue.data) return <Loading shape="chart" rows={7} />;
	if (!item) return <EmptyState title={t('chart.not_for_role')} />;
	const isOld = !answer.data || answer.isPlaceholderData;
	const isRunning = answer.fetchStatus === 'fetching' && isOld;
	const isStopped = answer.fetchStatus === 'idle' && isOld && !answer.error;
	const above = props.isEcho ? null : isRunning ? (
		<Computing
			key={JSON.stringify(props.filters)}
			module={props.module}
			filters={props.filters}
			hasPrevious={answer.isPlaceholderData}
		/>
	) : isStopped ? (
		<Stopped retry={() => void answer.refetch()} />
	) : null;
	if (above && !answer.data) return above;
	return (
		<div className={answer.isPlaceholderData ? styles.stale : undefined} aria-busy={isRunning}>
			{above}
			<ChartFrame
				name={props.module}
				specification={props.specification ?? item.chart}
				result={result}
				problem={answer.error}
				retry={() => void answer.refetch()}
				onSelect={props.onSelect}
				empty={props.empty}
				actions={
					<>
						<MethodButton module={item} />
						{props.actions}
					</>
				}
			/>
		</div>
	);
}
