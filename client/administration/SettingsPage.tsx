import { useTranslation } from 'react-i18next';
import type { SettingsReply } from '#server/contract/administration.ts';
import { useReply } from '../api.ts';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { AccountList } from './AccountList.tsx';
import styles from './Administration.module.css';

/** Who may come in and as what, and how this installation is. */
export function SettingsPage() {
	const { t } = useTranslation('administration');
	return (
		<Page title={t('settings.title')} lead={t('settings.lead')}>
			<AccountList />
			<Installation />
		</Page>
	);
}

function Installation() {
	const { t } = useTranslation('administration');
	const language = useLanguage();
	const settings = useReply<SettingsReply>('/api/settings');
	if (settings.error) return <ProblemNote problem={settings.error} retry={() => void settings.refetch()} />;
	if (!settings.data) return <Loading rows={3} />;
	const { installation, store, projector, demo, version } = settings.data;
	const lines: [string, string][] = [
		['name', installation.name],
		['version', version],
		['store', t(`store.${store}`)],
		[
			'projector',
			projector.caught_up
				? t('projector.caught_up')
				: t('projector.behind', { seconds: formatNumber(projector.lag_seconds, language) }),
		],
		['watermark', formatNumber(projector.watermark, language)],
		['demo', t(demo ? 'demo.yes' : 'demo.no')],
	];
	return (
		<Card title={t('installation.title')}>
			<dl className={styles.terms}>
				{lines.map(([name, value]) => (
					<div key={name}>
						<dt>{t(`installation.${name}`)}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
			<p className={styles.aside}>{t('installation.how')}</p>
		</Card>
	);
}
