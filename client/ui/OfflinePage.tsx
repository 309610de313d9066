import { useTranslation } from 'react-i18next';
import { useSession } from '../session.tsx';
import { Button, ButtonLink } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';
import { Page } from './Page.tsx';

/** A page that this device does not keep, met without a connection: what opens all the same stands beside it. */
export function OfflinePage() {
	const { t } = useTranslation('common');
	const { session } = useSession();
	const observes = session?.menu.includes('observations') ?? false;
	return (
		<Page title={t('offline.title')} narrow>
			<EmptyState
				title={t('offline.why')}
				action={
					<>
						{observes && (
							<ButtonLink look="primary" to="/observations">
								{t('menu.observations')}
							</ButtonLink>
						)}
						<Button onClick={() => window.location.reload()}>{t('problem.retry')}</Button>
					</>
				}
			>
				{observes && t('offline.observing')}
			</EmptyState>
		</Page>
	);
}
