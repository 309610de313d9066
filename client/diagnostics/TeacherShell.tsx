import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useNavigate } from 'react-router';
import { startWorker } from '../offline/start-worker.ts';
import { useSession } from '../session.tsx';
import { Button } from '../ui/Button.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { Loading } from '../ui/Loading.tsx';
import { SchemeSwitch } from '../ui/SchemeSwitch.tsx';
import { OutgoingNote } from './OutgoingNote.tsx';
import styles from './TeacherShell.module.css';

/** The light frame of those who answer: two places to go, language, scheme, the way out. */
export function TeacherShell() {
	const { t } = useTranslation('common');
	const { session, signOut } = useSession();
	const navigate = useNavigate();
	useEffect(startWorker, []);
	const leave = async () => {
		await signOut();
		void navigate('/sign-in');
	};
	return (
		<>
			<a className="skip-link" href="#content">
				{t('skip')}
			</a>
			<header className={`${styles.header} no-print`}>
				<NavLink to="/my" className={styles.brand} aria-label={t('brand')}>
					<img src="/favicon.svg" alt="" width={28} height={28} />
					<span>Опора</span>
				</NavLink>
				<div className={styles.tools}>
					<LanguageSwitch />
					<SchemeSwitch />
					<Button look="quiet" onClick={() => void leave()} className={styles.leave}>
						{t('menu.sign_out')}
					</Button>
				</div>
			</header>
			{session && session.menu.length > 1 && (
				<nav className={`${styles.nav} no-print`} aria-label={t('menu.label')}>
					<NavLink to="/my" end>
						{t('menu.my_diagnostics')}
					</NavLink>
					{session.menu.includes('my_profile') && <NavLink to="/my/profile">{t('menu.my_profile')}</NavLink>}
					{session.menu.includes('my_profile') && <NavLink to="/my/data">{t('menu.my_data')}</NavLink>}
					{!session.landing.startsWith('/my') && <NavLink to={session.landing}>{t('menu.work')}</NavLink>}
				</nav>
			)}
			<main id="content" tabIndex={-1} className={styles.main}>
				<OutgoingNote isNarrow />
				<Suspense fallback={<Loading shape="page" />}>
					<Outlet />
				</Suspense>
			</main>
		</>
	);
}
