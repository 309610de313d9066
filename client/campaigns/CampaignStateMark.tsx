import { useTranslation } from 'react-i18next';
import type { CampaignState } from '#server/contract/diagnostics.ts';
import styles from './Campaigns.module.css';

/** The state in a word; one that takes answers right now stands out by weight and a dot, not by colour alone. */
export function CampaignStateMark(props: { state: CampaignState }) {
	const { t } = useTranslation('campaigns');
	const isOpen = props.state === 'open';
	return (
		<span className={isOpen ? `${styles.state} ${styles.live}` : styles.state}>
			{isOpen && <span aria-hidden="true">● </span>}
			{t(`state.${props.state}`)}
		</span>
	);
}
