import { useTranslation } from 'react-i18next';
import styles from './ComparedWith.module.css';
import type { Sign } from './evidence.ts';

/** In the order of choice. */
const kinds = ['given', 'without-flagged', 'leave-one-out'] as const;

/** What the checks of a school were held against, and how many schools were left out of it or had to stay. */
export function ComparedWith(props: { signs: Sign[] }) {
	const { t } = useTranslation('school');
	// answers frozen before the reference was stored with each check say nothing of it
	const ofKind = (kind: string) => props.signs.filter(({ inputs }) => inputs?.reference === kind);
	const parts = kinds.flatMap((kind) => {
		const compared = ofKind(kind);
		if (compared.length === 0) return [];
		const most = (name: string) => Math.max(...compared.map(({ inputs }) => Number(inputs[name] ?? 0)));
		const count = most(kind === 'without-flagged' ? 'left_out' : 'in_doubt');
		// where nobody is in doubt, all others are the schools that are not
		if (kind === 'leave-one-out' && count === 0 && ofKind('without-flagged').length > 0) return [];
		const name = kind === 'leave-one-out' && count > 0 ? 'with-flagged' : kind;
		return [t(`compared.${name}`, { count })];
	});
	if (parts.length === 0) return null;
	return (
		<p className={styles.compared}>
			{t('compared.title')}: {parts.join('; ')}.
		</p>
	);
}
