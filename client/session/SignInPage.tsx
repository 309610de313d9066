import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { Persona } from '#server/contract/session.ts';
import { useLocalText } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { Button } from '../ui/Button.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { SchemeSwitch } from '../ui/SchemeSwitch.tsx';
import styles from './SignInPage.module.css';

/** A form; on a demo folder first of all the people one can be, each with a task in one line. */
export function SignInPage() {
	const { t } = useTranslation('session');
	const text = useLocalText();
	const { demo, installation, signIn } = useSession();
	const navigate = useNavigate();
	const { state } = useLocation();
	const [problem, setProblem] = useState<unknown>(null);
	const [isBusy, setBusy] = useState(false);

	const enter = async (login: string, password: string, wanted?: string) => {
		setBusy(true);
		setProblem(null);
		try {
			const session = await signIn(login, password);
			void navigate(wanted ?? session.landing, { replace: true });
		} catch (refusal) {
			setProblem(refusal);
			setBusy(false);
		}
	};
	const submit = (event: FormEvent<HTMLFormElement>) => {
		event.preventDefault();
		const form = new FormData(event.currentTarget);
		void enter(String(form.get('login')), String(form.get('password')), state?.wanted);
	};

	return (
		<div className={styles.screen}>
			<header className={styles.header}>
				<LanguageSwitch />
				<SchemeSwitch />
			</header>
			<main className={demo ? styles.wide : styles.single}>
				<title>{`${t('title')} · Опора`}</title>
				<section className={styles.about}>
					<img src="/favicon.svg" alt="" width={48} height={48} />
					<h1>Опора</h1>
					<p className={styles.installation}>{installation.name}</p>
					<p className={styles.purpose}>{t('purpose')}</p>
				</section>
				{problem !== null && <ProblemNote problem={problem} />}
				{demo && (
					<section aria-labelledby="personas">
						<h2 id="personas">{t('demo.title')}</h2>
						<p className={styles.hint}>{t('demo.hint')}</p>
						<ul className={styles.personas}>
							{demo.personas.map((persona: Persona) => (
								<li key={persona.login}>
									<button
										type="button"
										className={styles.persona}
										disabled={isBusy}
										onClick={() => void enter(persona.login, persona.password)}
									>
										<span className={styles.who}>
											<strong>{persona.name}</strong>
											<span>{text(persona.title)}</span>
										</span>
										<span className={styles.task}>{text(persona.task)}</span>
									</button>
								</li>
							))}
						</ul>
					</section>
				)}
				<details className={styles.own} open={!demo}>
					<summary hidden={!demo}>{t('own')}</summary>
					<form onSubmit={submit} className={styles.form}>
						<label>
							{t('login')}
							<input name="login" autoComplete="username" required autoCapitalize="none" spellCheck={false} />
						</label>
						<label>
							{t('password')}
							<input name="password" type="password" autoComplete="current-password" required />
						</label>
						<Button type="submit" look="primary" disabled={isBusy}>
							{t('enter')}
						</Button>
						<p className={styles.hint}>{t('link_hint')}</p>
					</form>
				</details>
			</main>
		</div>
	);
}
