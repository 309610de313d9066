import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from './EmptyState.tsx';
import { Page } from './Page.tsx';

/** An address without a page, or a page that the active role does not have. */
export function MissingPage() {
	const { t } = useTranslation('common');
	return (
		<Page title={t('missing.title')} narrow>
			<EmptyState title={t('missing.why')} action={<Link to="/">{t('missing.home')}</Link>} />
		</Page>
	);
}
