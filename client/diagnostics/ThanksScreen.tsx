import { useTranslation } from 'react-i18next';
import type { MyDiagnosticItem } from '#server/contract/my.ts';
import { useReply } from '../api.ts';
import { useSession } from '../session.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import styles from './ConsentScreen.module.css';

/** The answers have arrived; what happens with them, and what is next. */
export function ThanksScreen() {
	const { t } = useTranslation('diagnostics');
	const { session } = useSession();
	const { data } = useReply<MyDiagnosticItem[]>('/api/my/diagnostics');
	const left = data?.filter((item) => ['consent', 'new', 'started'].includes(item.state)).length ?? 0;
	return (
		<Page title={t('thanks.title')} lead={t('thanks.lead')} narrow>
			<section className={styles.plain}>
				<h2>{t('thanks.next')}</h2>
				<ul>
					<li>{t('thanks.own')}</li>
					<li>{t('thanks.group')}</li>
				</ul>
			</section>
			<div className={styles.actions}>
				{session?.menu.includes('my_profile') && (
					<ButtonLink look="primary" to="/my/profile">
						{t('my.profile')}
					</ButtonLink>
				)}
				<ButtonLink to="/my">{left > 0 ? t('thanks.left', { count: left }) : t('survey.back')}</ButtonLink>
			</div>
		</Page>
	);
}
