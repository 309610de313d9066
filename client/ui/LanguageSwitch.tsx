import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language, useLanguage } from '../i18n.ts';
import styles from './Switch.module.css';

const names: Record<Language, string> = { ru: 'Русский', en: 'English' };

/** Two languages, each by its own name. */
export function LanguageSwitch() {
	const { t } = useTranslation('common');
	const language = useLanguage();
	return (
		<fieldset className={styles.switch}>
			<legend className="visually-hidden">{t('language')}</legend>
			{(['ru', 'en'] as const).map((code) => (
				<button
					key={code}
					type="button"
					lang={code}
					title={names[code]}
					aria-pressed={language === code}
					onClick={() => void chooseLanguage(code)}
				>
					{code === 'ru' ? 'Рус' : 'Eng'}
				</button>
			))}
		</fieldset>
	);
}
