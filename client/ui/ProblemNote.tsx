import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api.ts';
import styles from './Note.module.css';

/**
 * Why something did not work and what to do: the server's own words where it gave them. A lost connection is no fault and
 * looks like none; nor is what `isCalm` says of.
 */
export function ProblemNote(props: {
	problem: unknown;
	retry?: () => void;
	title?: string;
	isCalm?: boolean;
}) {
	const { t } = useTranslation('common');
	const problem = props.problem instanceof ApiProblem ? props.problem : null;
	if (!problem) console.error(props.problem);
	const known =
		problem && (problem.isOffline || (problem.detail === '' && [403, 404].includes(problem.status)));
	const title =
		props.title ??
		(problem?.isOffline ? t('offline.title') : problem && !known ? problem.message : t('problem.failed'));
	const detail = problem?.isOffline
		? t('problem.offline')
		: problem?.detail ||
			(problem?.status === 403
				? t('problem.forbidden')
				: problem?.status === 404
					? t('problem.missing')
					: problem && problem.status < 500
						? ''
						: t('problem.unknown'));
	const look = props.isCalm || problem?.isOffline ? styles.empty : styles.problem;
	return (
		<div role="alert" className={`${styles.note} ${look}`}>
			<strong>{title}</strong>
			{detail && <p>{detail}</p>}
			{problem && problem.issues.length > 0 && (
				<ul className={styles.issues}>
					{problem.issues.slice(0, 20).map((issue) => (
						<li key={`${issue.path ?? ''}${issue.row ?? ''}${issue.column ?? ''}${issue.code}${issue.text}`}>
							{issue.row !== undefined && `${t('problem.row', { row: issue.row })} `}
							{issue.column && `${issue.column}: `}
							{issue.text}
						</li>
					))}
				</ul>
			)}
			{props.retry && (
				<button type="button" className={styles.action} onClick={props.retry}>
					{t('problem.retry')}
				</button>
			)}
		</div>
	);
}
