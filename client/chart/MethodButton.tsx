import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModuleItem } from '#server/contract/analytics.ts';
import { type Language, useLanguage, useLocalText } from '../i18n.ts';
import { Markdown } from '../ui/Markdown.tsx';
import styles from './MethodButton.module.css';

const MethodDrawer = lazy(() =>
	import('./MethodDrawer.tsx').then((file) => ({ default: file.MethodDrawer })),
);

const englishSection = /^## In English\s*$/m;

/** Cards are written in Russian and close with a section in English: each reader begins with the own language. */
function cardFor(card: string, language: Language): string {
	const [russian = '', english = ''] = card.split(englishSection);
	const body = russian.replace(/^# .*$/m, '').trim();
	return language === 'en' && english.trim() ? `${english.trim()}\n\n${body}` : body;
}

/** The method card itself: how the module counts, when it may be used, how to read it. */
export function MethodCard(props: { module: ModuleItem }) {
	return <Markdown source={cardFor(props.module.card, useLanguage())} />;
}

/** «Как это считается»: opens the method card beside the picture. */
export function MethodButton(props: { module: ModuleItem }) {
	const { t } = useTranslation('common');
	const text = useLocalText();
	const [isOpen, setOpen] = useState(false);
	return (
		<>
			<button
				type="button"
				className={`${styles.button} no-print`}
				aria-haspopup="dialog"
				onClick={() => setOpen(true)}
			>
				{t('chart.method')}
			</button>
			{isOpen && (
				<Suspense fallback={null}>
					<MethodDrawer
						title={text(props.module.question)}
						version={props.module.version}
						onClose={() => setOpen(false)}
					>
						<MethodCard module={props.module} />
					</MethodDrawer>
				</Suspense>
			)}
		</>
	);
}
