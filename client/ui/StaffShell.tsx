import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { OutgoingNote } from '../diagnostics/OutgoingNote.tsx';
import { useSession } from '../session.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { menuOf } from './menu.ts';
import { PersonMenu } from './PersonMenu.tsx';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import styles from './StaffShell.module.css';

/**
 * The frame of all staff pages: who I am and as what, where I can go, language and scheme. Plain markup and style: a
 * shell from the component library would cost a board 25 KB before its first number.
 */
export function StaffShell(props: { children: ReactNode }) {
	const { t } = useTranslation('common');
	const { session, installation, switchRole, signOut } = useSession();
	const { pathname } = useLocation();
	const navigate = useNavigate();
	const [isOpen, setOpen] = useState(false);
	const opener = useRef<HTMLButtonElement>(null);

	useEffect(() => {
		if (!isOpen) return;
		const close = (event: KeyboardEvent) => {
			if (event.key !== 'Escape') return;
			setOpen(false);
			opener.current?.focus();
		};
		document.addEventListener('keydown', close);
		return () => document.removeEventListener('keydown', close);
	}, [isOpen]);

	if (!session) return null;
	const become = async (role: string) => {
		const changed = await switchRole(role);
		void navigate(changed.landing);
	};
	const leave = async () => {
		await signOut();
		void navigate('/sign-in');
	};
	const lines = menuOf(session);
	// the most exact address wins: /my/profile is not /my
	const active = lines
		.filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
		.sort((left, right) => right.to.length - left.to.length)[0];

	return (
		<div className={styles.shell}>
			<a className="skip-link" href="#content">
				{t('skip')}
			</a>
			<header className={styles.header}>
				<button
					ref={opener}
					type="button"
					className={styles.burger}
					aria-label={t('menu.open')}
					aria-expanded={isOpen}
					aria-controls="sections"
					onClick={() => setOpen(!isOpen)}
				>
					<svg viewBox="0 0 20 20" aria-hidden="true">
						{isOpen ? <path d="M4 4l12 12M16 4L4 16" /> : <path d="M2 5h16M2 10h16M2 15h16" />}
					</svg>
				</button>
				<Link to={session.landing} className={styles.brand}>
					<img src="/favicon.svg" alt="" width={26} height={26} />
					<span>Опора</span>
				</Link>
				<span className={styles.installation}>{installation.name}</span>
				<div className={styles.tools}>
					<span className={styles.wide}>
						<LanguageSwitch />
						<SchemeSwitch />
					</span>
					<PersonMenu session={session} onRole={(role) => void become(role)} onLeave={() => void leave()} />
				</div>
			</header>
			<nav
				id="sections"
				aria-label={t('menu.label')}
				className={isOpen ? `${styles.navbar} ${styles.opened}` : styles.navbar}
			>
				<ul className={styles.entries}>
					{lines.map(({ entry, to, icon: Icon }) => (
						<li key={entry}>
							<Link
								to={to}
								aria-current={active?.entry === entry ? 'page' : undefined}
								onClick={() => setOpen(false)}
							>
								<Icon size={20} stroke={1.6} aria-hidden="true" />
								{t(`menu.${entry}`)}
							</Link>
						</li>
					))}
				</ul>
				<div className={styles.narrow}>
					<LanguageSwitch />
					<SchemeSwitch />
				</div>
			</nav>
			<main id="content" tabIndex={-1} className={styles.main}>
				<OutgoingNote />
				{props.children}
			</main>
		</div>
	);
}
