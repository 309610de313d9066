import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ConfirmDialog.module.css';
import { ProblemNote } from './ProblemNote.tsx';

/** Says what an act will do before it is done: its children are the preview, the button carries the verb. */
export function ConfirmDialog(props: {
	isOpen: boolean;
	title: string;
	/** the verb on the button: «Пригласить 320 человек», never «Да» */
	confirm: string;
	onConfirm: () => void;
	onClose: () => void;
	isPending?: boolean;
	problem?: unknown;
	/** it takes something away */
	isGrave?: boolean;
	isDisabled?: boolean;
	children: ReactNode;
}) {
	const { t } = useTranslation('common');
	return (
		<Modal
			opened={props.isOpen}
			onClose={props.onClose}
			title={<span className={styles.title}>{props.title}</span>}
			closeButtonProps={{ 'aria-label': t('chart.close') }}
			centered
			size="lg"
		>
			<div className={styles.body}>
				{props.children}
				{Boolean(props.problem) && <ProblemNote problem={props.problem} />}
				<div className={styles.foot}>
					<Button
						onClick={props.onConfirm}
						loading={props.isPending}
						disabled={props.isDisabled}
						color={props.isGrave ? 'var(--danger)' : undefined}
						variant={props.isGrave ? 'outline' : 'filled'}
					>
						{props.confirm}
					</Button>
					<Button variant="subtle" onClick={props.onClose} data-autofocus>
						{t('back')}
					</Button>
				</div>
			</div>
		</Modal>
	);
}
