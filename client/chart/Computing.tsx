import { Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerProgress } from '#server/contract/analytics.ts';
import { get, moduleKey, type Query } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import styles from './Computing.module.css';

/** What takes less is not worth a word. */
const SILENT_MILLISECONDS = 1000;
const MILLISECONDS_BETWEEN = 700;

/** An answer that is being worked out: grey shapes at first; when it takes longer, what is being done, how far it is, and a way to stop. */
export function Computing(props: { module: string; filters: Query; hasPrevious: boolean }) {
	const { t } = useTranslation('common');
	const queries = useQueryClient();
	const isLong = useLong(SILENT_MILLISECONDS);
	const progress = useQuery({
		queryKey: ['progress', ...moduleKey(props.module, props.filters)],
		queryFn: ({ signal }) =>
			get<AnswerProgress>(`/api/analytics/${props.module}/progress`, props.filters, signal),
		enabled: isLong,
		refetchInterval: MILLISECONDS_BETWEEN,
		gcTime: 0,
		retry: false,
	});
	const known = progress.data?.is_waiting ? progress.data : undefined;
	const stop = () => void queries.cancelQueries({ queryKey: moduleKey(props.module, props.filters) });
	if (!isLong) return props.hasPrevious ? null : <Loading shape="chart" rows={7} />;
	const words = known?.text ?? t('chart.computing');
	return (
		<>
			<div className={`${styles.strip} no-print`} role="status">
				<div className={styles.words}>
					<span>{words}</span>
					<Progress
						value={Math.max(3, (known?.share ?? 0) * 100)}
						animated={!known || known.share === 0}
						aria-label={words}
						classNames={{ root: styles.track }}
						transitionDuration={200}
						radius="sm"
					/>
				</div>
				<Button onClick={stop}>{t('chart.stop')}</Button>
			</div>
			{!props.hasPrevious && <Loading shape="chart" rows={7} />}
		</>
	);
}

/** A computation that was stopped, with the way to begin it again. */
export function Stopped(props: { retry: () => void }) {
	const { t } = useTranslation('common');
	return (
		<div className={styles.stopped}>
			<EmptyState
				title={t('chart.stopped')}
				action={<Button onClick={props.retry}>{t('chart.compute')}</Button>}
			>
				{t('chart.stopped_hint')}
			</EmptyState>
		</div>
	);
}

function useLong(milliseconds: number): boolean {
	const [isLong, setLong] = useState(false);
	useEffect(() => {
		const timer = setTimeout(() => setLong(true), milliseconds);
		return () => clearTimeout(timer);
	}, [milliseconds]);
	return isLong;
}
