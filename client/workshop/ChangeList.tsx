import { useTranslation } from 'react-i18next';
import type { ChangeLine } from '#server/contract/workshop.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './Workshop.module.css';

/** Differences of two versions in words, gathered at their places. */
export function ChangeList(props: { changes: ChangeLine[] }) {
	const { t } = useTranslation('workshop');
	if (props.changes.length === 0) return <EmptyState title={t('changes.none')} />;
	const places = [...Map.groupBy(props.changes, ({ place }) => place)];
	return (
		<dl className={styles.changes}>
			{places.map(([place, changes]) => (
				<div key={place}>
					<dt>{place || t('changes.whole')}</dt>
					{changes.map(({ code, text }) => (
						<dd key={`${code}${text}`}>{text}</dd>
					))}
				</div>
			))}
		</dl>
	);
}
