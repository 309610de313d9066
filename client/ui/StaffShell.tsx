import { AppShell, Burger, Menu, NavLink, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { useSession } from '../session.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { menuOf } from './menu.ts';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import styles from './StaffShell.module.css';

/** The frame of all staff pages: who I am and as what, where I can go, language and scheme. */
export function StaffShell(props: { children: ReactNode }) {
	const { t } = useTranslation('common');
	const { session, installation, switchRole, signOut } = useSession();
	const { pathname } = useLocation();
	const navigate = useNavigate();
	const [isOpen, setOpen] = useState(false);
	if (!session) return null;
	const place = session.roles.find((held) => held.role === session.role)?.place_name;

	const become = async (role: string) => {
		const changed = await switchRole(role);
		void navigate(changed.landing);
	};
	const leave = async () => {
		await signOut();
		void navigate('/sign-in');
	};

	return (
		<AppShell
			header={{ height: 56 }}
			navbar={{ width: 216, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
			padding={0}
			withBorder
		>
			<a className="skip-link" href="#content">
				{t('skip')}
			</a>
			<AppShell.Header className={styles.header}>
				<Burger
					opened={isOpen}
					onClick={() => setOpen(!isOpen)}
					hiddenFrom="md"
					size="sm"
					aria-label={t('menu.open')}
					aria-expanded={isOpen}
				/>
				<Link to={session.landing} className={styles.brand}>
					<img src="/favicon.svg" alt="" width={26} height={26} />
					<span>Опора</span>
				</Link>
				<span className={styles.installation}>{installation.name}</span>
				<div className={styles.tools}>
					<span className={styles.wide}>
						<LanguageSwitch />
					</span>
					<span className={styles.wide}>
						<SchemeSwitch />
					</span>
					<Menu position="bottom-end" width={280}>
						<Menu.Target>
							<UnstyledButton className={styles.person}>
								<span className={styles.name}>{session.name}</span>
								<span className={styles.role}>{t(`role.${session.role}`)}</span>
							</UnstyledButton>
						</Menu.Target>
						<Menu.Dropdown>
							<Menu.Label>{place}</Menu.Label>
							{session.roles
								.filter((held) => held.role !== session.role)
								.map((held) => (
									<Menu.Item key={`${held.role}${held.place}`} onClick={() => void become(held.role)}>
										{t('menu.as', { role: t(`role.${held.role}`) })}
										<span className={styles.place}>{held.place_name}</span>
									</Menu.Item>
								))}
							{session.roles.length > 1 && <Menu.Divider />}
							<Menu.Item onClick={() => void leave()}>{t('menu.sign_out')}</Menu.Item>
						</Menu.Dropdown>
					</Menu>
				</div>
			</AppShell.Header>
			<AppShell.Navbar className={styles.navbar}>
				<nav aria-label={t('menu.label')} className={styles.entries}>
					{menuOf(session).map(({ entry, to, icon: Icon }) => (
						<NavLink
							key={entry}
							component={Link}
							to={to}
							label={t(`menu.${entry}`)}
							leftSection={<Icon size={20} stroke={1.6} aria-hidden="true" />}
							active={pathname === to || pathname.startsWith(`${to}/`)}
							aria-current={pathname === to ? 'page' : undefined}
							onClick={() => setOpen(false)}
						/>
					))}
				</nav>
				<div className={styles.narrow}>
					<LanguageSwitch />
					<SchemeSwitch />
				</div>
			</AppShell.Navbar>
			<AppShell.Main id="content" tabIndex={-1} className={styles.main}>
				{props.children}
			</AppShell.Main>
		</AppShell>
	);
}
