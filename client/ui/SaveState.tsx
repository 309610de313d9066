import { useTranslation } from 'react-i18next';
import { formatTime } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import styles from './SaveState.module.css';

export type Saving =
	| { state: 'clean' }
	| { state: 'saving' }
	| { state: 'saved'; at: string }
	| { state: 'kept'; at: string }
	/** on purpose on this device only: an anonymous draft, or one that waits for a choice between two */
	| { state: 'device'; at: string };

/** Always visible while answering: saved at, being saved, or kept on this device until the connection is back. */
export function SaveState(props: { saving: Saving }) {
	const { t } = useTranslation('common');
	const language = useLanguage();
	const { saving } = props;
	return (
		<span className={`${styles.save} ${styles[saving.state]}`} role="status">
			{saving.state === 'saving' && t('save.saving')}
			{saving.state === 'saved' && t('save.saved', { time: formatTime(saving.at, language) })}
			{saving.state === 'kept' && t('save.kept')}
			{saving.state === 'device' && t('save.device', { time: formatTime(saving.at, language) })}
		</span>
	);
}
