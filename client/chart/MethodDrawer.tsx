import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './MethodButton.module.css';

/** The sheet beside the picture; it travels only when someone asks how a number is computed. */
export function MethodDrawer(props: {
	title: string;
	version: string;
	onClose: () => void;
	children: ReactNode;
}) {
	const { t } = useTranslation('common');
	return (
		<Drawer
			opened
			onClose={props.onClose}
			position="right"
			size="xl"
			title={<span className={styles.title}>{props.title}</span>}
			closeButtonProps={{ 'aria-label': t('chart.close') }}
		>
			<p className={styles.version}>{t('chart.method_version', { version: props.version })}</p>
			{props.children}
		</Drawer>
	);
}
