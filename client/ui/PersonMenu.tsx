import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionBody } from '#server/contract/session.ts';
import styles from './StaffShell.module.css';

/** Who I am, the other roles I hold, and the way out. */
export function PersonMenu(props: {
	session: SessionBody;
	onRole: (role: string) => void;
	onLeave: () => void;
}) {
	const { t } = useTranslation('common');
	const { session } = props;
	const [isOpen, setOpen] = useState(false);
	const root = useRef<HTMLDivElement>(null);
	const place = session.roles.find((held) => held.role === session.role)?.place_name;

	useEffect(() => {
		if (!isOpen) return;
		const close = (event: Event) => {
			if (
				event instanceof KeyboardEvent
					? event.key === 'Escape'
					: !root.current?.contains(event.target as Node)
			)
				setOpen(false);
		};
		document.addEventListener('keydown', close);
		document.addEventListener('pointerdown', close);
		return () => {
			document.removeEventListener('keydown', close);
			document.removeEventListener('pointerdown', close);
		};
	}, [isOpen]);

	return (
		<div ref={root} className={styles.personRoot}>
			<button type="button" className={styles.person} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
				<span className={styles.name}>{session.name}</span>
				<span className={styles.role}>{t(`role.${session.role}`)}</span>
			</button>
			{isOpen && (
				<div className={styles.sheet}>
					{place && <p>{place}</p>}
					{session.roles
						.filter((held) => held.role !== session.role)
						.map((held) => (
							<button
								key={`${held.role}${held.place}`}
								type="button"
								onClick={() => {
									setOpen(false);
									props.onRole(held.role);
								}}
							>
								{t('menu.as', { role: t(`role.${held.role}`) })}
								<span className={styles.role}>{held.place_name}</span>
							</button>
						))}
					<button type="button" onClick={props.onLeave}>
						{t('menu.sign_out')}
					</button>
				</div>
			)}
		</div>
	);
}
