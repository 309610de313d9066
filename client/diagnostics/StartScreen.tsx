import { useTranslation } from 'react-i18next';
import type { MyDiagnostic } from '#server/contract/my.ts';
import { useLocalText } from '../i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import styles from './ConsentScreen.module.css';
import { PurposeAndTime } from './PurposeAndTime.tsx';

/** What for and how long, before the first question of an instrument whose campaign has the consent already. */
export function StartScreen(props: { diagnostic: MyDiagnostic; onStart: () => void }) {
	const { t } = useTranslation('diagnostics');
	const text = useLocalText();
	return (
		<Page title={text(props.diagnostic.instrument_title)} above={props.diagnostic.title} narrow>
			<PurposeAndTime diagnostic={props.diagnostic} />
			<div className={styles.actions}>
				<Button look="primary" onClick={props.onStart}>
					{t('consent.go')}
				</Button>
			</div>
		</Page>
	);
}
