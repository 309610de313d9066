import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { CampaignDetail, LinkItem } from '#server/contract/diagnostics.ts';
import { formatDate } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { QrCode } from '../ui/QrCode.tsx';
import styles from './LinkSlips.module.css';

/** Slips to print and cut, one for each person; on the screen there is nothing of them. */
export function LinkSlips(props: { links: LinkItem[]; campaign: CampaignDetail; onDrawn: () => void }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const text = useLocalText();
	const { campaign, onDrawn } = props;
	// biome-ignore lint/correctness/useExhaustiveDependencies: said once, when the slips first stand there
	useEffect(onDrawn, []);
	// beside the application and not inside it, so that print shows slips and nothing else
	return createPortal(
		<div className={`${styles.slips} slips-to-print`}>
			{props.links.map((link) => (
				<section key={link.participant_code} className={styles.slip}>
					<div>
						<strong>{link.full_name || t('links.unnamed', { code: link.participant_code })}</strong>
						<p>{link.school_name}</p>
						<p>{campaign.instruments.map(({ title }) => text(title)).join('; ')}</p>
						<p>
							{t('window', {
								from: formatDate(campaign.opens_on, language),
								to: formatDate(campaign.closes_on, language),
							})}
						</p>
						<p className={styles.hint}>{t('links.slip')}</p>
						<p className={styles.url}>{link.url}</p>
						<p>
							{t('links.slip_code', { address: link.url.split('#')[0] })}:{' '}
							<strong>
								{link.code.slice(0, 5)}-{link.code.slice(5)}
							</strong>
						</p>
					</div>
					<QrCode text={link.url} label={t('links.qr')} />
				</section>
			))}
		</div>,
		document.body,
	);
}
