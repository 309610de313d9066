import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LocalText } from '../i18n.ts';
import styles from './Workshop.module.css';

/** One text in both languages, side by side; one under the other on a phone. */
export function TextPair(props: {
	label: string;
	value: LocalText;
	onChange: (value: LocalText) => void;
	isReadOnly: boolean;
	autoFocus?: boolean;
}) {
	const { t } = useTranslation('workshop');
	return (
		<div className={styles.pair}>
			{(['ru', 'en'] as const).map((language) => (
				<Textarea
					key={language}
					label={`${props.label}, ${t(`language.${language}`)}`}
					value={props.value[language]}
					onChange={(event) => props.onChange({ ...props.value, [language]: event.currentTarget.value })}
					readOnly={props.isReadOnly}
					autosize
					minRows={1}
					lang={language}
					data-autofocus={props.autoFocus && language === 'ru' ? true : undefined}
				/>
			))}
		</div>
	);
}
