import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { ApiProblem } from '../api.ts';
import { useSession } from '../session.tsx';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { Loading } from '../ui/Loading.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './SignInPage.module.css';

/** Enters one campaign by a personal link, or by the code of a slip when the address carries none; a link that is used up, expired or mistyped says so. */
export function LinkPage() {
	const { t } = useTranslation('session');
	// in the fragment, which browsers never send: so the token stands in no log on the way
	const token = useLocation().hash.slice(1);
	const { session, signInByLink } = useSession();
	const navigate = useNavigate();
	const [problem, setProblem] = useState<unknown>(null);
	const asked = useRef(false);

	const [code, setCode] = useState('');
	const [mayRead, setMayRead] = useState(false);

	const open = useCallback(
		async (secret: string, isTyped: boolean) => {
			try {
				const { landing } = await signInByLink(secret, isTyped);
				await navigate(landing, { replace: true });
			} catch (refusal) {
				setProblem(refusal);
				// too late to answer: what is kept of oneself can still be read, and the consent withdrawn
				if (isOver(refusal))
					await signInByLink(secret, isTyped, 'read').then(
						() => setMayRead(true),
						() => undefined,
					);
			}
		},
		[signInByLink, navigate],
	);

	useEffect(() => {
		if (token === '') return;
		// a link may be good for one entry only: never spend it twice
		if (asked.current) return;
		asked.current = true;
		void open(token, false);
	}, [token, open]);

	const enter = (event: FormEvent) => {
		event.preventDefault();
		setProblem(null);
		setMayRead(false);
		void open(code.trim(), true);
	};
	if (problem === null && token !== '') return <Loading shape="page" />;
	const title = mayRead ? 'link.over_title' : token === '' ? 'link.code_title' : 'link.title';
	// who has answered needs no new link, nor does who may read
	const needsNew = token !== '' && !mayRead && !(isOver(problem) && problem.type.endsWith('-used-up'));
	return (
		<main
			style={{
				display: 'grid',
				gridTemplateColumns: 'minmax(0, 1fr)',
				gap: 16,
				maxWidth: 560,
				margin: '48px auto',
				padding: 16,
			}}
		>
			<title>{`${t(title)} · Опора`}</title>
			<h1>{t(title)}</h1>
			{problem !== null && <ProblemNote problem={problem} isCalm={isOver(problem)} />}
			{token === '' && (
				<form onSubmit={enter} className={styles.form}>
					<label>
						{t('link.code')}
						<input
							value={code}
							onChange={(event) => setCode(event.currentTarget.value)}
							maxLength={60}
							autoComplete="off"
							autoCapitalize="characters"
							spellCheck={false}
							required
						/>
					</label>
					<p className={styles.hint}>{t('link.code_hint')}</p>
					<Button type="submit" look="primary">
						{t('link.enter')}
					</Button>
				</form>
			)}
			{mayRead && (
				<>
					<p>{t('link.own_data_what')}</p>
					<ButtonLink to="/my/data" look="primary">
						{t('link.own_data')}
					</ButtonLink>
				</>
			)}
			{needsNew && <p>{t('link.what')}</p>}
			{problem instanceof ApiProblem && problem.isOffline && session && (
				<Link to={session.landing}>{t('link.offline', { name: session.name })}</Link>
			)}
			{!mayRead && <Link to="/sign-in">{t('link.sign_in')}</Link>}
		</main>
	);
}

/** The link is right, and the time or the turn to answer with it is over. */
function isOver(problem: unknown): problem is ApiProblem {
	return problem instanceof ApiProblem && /-(used-up|expired|closed)$/.test(problem.type);
}
