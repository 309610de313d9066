import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../session.tsx';
import { MissingPage } from '../ui/MissingPage.tsx';
import { Page } from '../ui/Page.tsx';
import { BatchTable } from './BatchTable.tsx';
import { ImportJobList } from './ImportJobList.tsx';
import { ImportStart } from './ImportStart.tsx';

/** Where data comes in: a file to choose, what is under way, and what was stored before. */
export function ImportsPage() {
	const { t } = useTranslation('imports');
	const { session } = useSession();
	if (!session?.acts.includes('see-imports')) return <MissingPage />;
	return (
		<Page
			title={t('title')}
			lead={t('lead')}
			actions={<Link to="/imports/procedures">{t('procedures.title')}</Link>}
		>
			<ImportStart />
			<ImportJobList />
			<BatchTable />
		</Page>
	);
}
