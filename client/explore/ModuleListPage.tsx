import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCatalogue } from '../chart/catalogue.ts';
import { useLocalText } from '../i18n.ts';
import { Loading } from '../ui/Loading.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Explore.module.css';

/** Questions that have a page of their own, with more than one picture. */
const ownPages: Record<string, string> = {
	'response-quality': '/quality',
	'result-sensitivity': '/quality',
	'event-feedback': '/feedback',
	'scale-reliability': '/instrument',
	'item-quality': '/instrument',
	'item-bias': '/instrument',
};

/** Every question that the data can answer to this role. */
export function ModuleListPage() {
	const { t } = useTranslation('explore');
	const text = useLocalText();
	const catalogue = useCatalogue();
	return (
		<Page title={t('modules.title')} lead={t('modules.lead')} above={<Link to="/explore">{t('title')}</Link>}>
			{catalogue.error ? (
				<ProblemNote problem={catalogue.error} retry={() => void catalogue.refetch()} />
			) : !catalogue.data ? (
				<Loading shape="card" />
			) : (
				<ul className={styles.modules}>
					{catalogue.data
						.filter(({ is_individual }) => !is_individual)
						.map((item) => (
							<li key={item.id}>
								<Link to={ownPages[item.id] ?? `/modules/${item.id}`}>{text(item.question)}</Link>
								<p>{text(item.grain)}</p>
							</li>
						))}
				</ul>
			)}
		</Page>
	);
}
