import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyDiagnostic, MyDiagnosticItem } from '#server/contract/my.ts';
import { formatDate, formatMoment } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { keepAhead, useKeptReply } from '../offline/shelf.ts';
import { useSession } from '../session.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './MyDiagnostics.module.css';
import { needsRareTypes } from './rare-types.ts';

const open = new Set<MyDiagnosticItem['state']>(['consent', 'new', 'started']);

/** What others fill in about me waits for my consent only. */
function waitsForMe({ state, filled_by }: MyDiagnosticItem): boolean {
	return open.has(state) && (filled_by === 'me' || state === 'consent');
}

/** What is open for me, what I have done, and what I may read. Open ones stand first, nearest end before others. */
export function MyDiagnostics() {
	const { t } = useTranslation('diagnostics');
	const { session } = useSession();
	const { data, error, refetch } = useKeptReply<MyDiagnosticItem[]>('/api/my/diagnostics');

	const holder = session?.holder ?? '';

	// what is open now can then be answered without a connection too
	useEffect(() => {
		if (data && navigator.onLine) void prepareOffline(holder, data);
	}, [holder, data]);

	if (!data) return error ? <ProblemPage problem={error} retry={refetch} /> : <Loading shape="page" />;
	const waiting = data
		.filter(waitsForMe)
		.sort((left, right) => left.closes_on.localeCompare(right.closes_on));
	const past = data.filter((item) => !waitsForMe(item));

	return (
		<Page
			title={t('my.title')}
			narrow
			lead={waiting.length > 0 ? t('my.waiting', { count: waiting.length }) : undefined}
		>
			{data.length === 0 && <EmptyState title={t('my.empty')}>{t('my.empty_why')}</EmptyState>}
			{data.length > 0 && waiting.length === 0 && <EmptyState title={t('my.all_done')} />}
			{waiting.length > 0 && (
				<ul className={styles.list}>
					{waiting.map((item) => (
						<li key={`${item.campaign_id}/${item.instrument}`}>
							<WaitingCard item={item} />
						</li>
					))}
				</ul>
			)}
			{past.length > 0 && (
				<section className={styles.past}>
					<h2>{t('my.past')}</h2>
					<ul className={styles.lines}>
						{past.map((item) => (
							<PastLine key={`${item.campaign_id}/${item.instrument}`} item={item} />
						))}
					</ul>
				</section>
			)}
		</Page>
	);
}

const mostAhead = 6;

/** Fetches the surveys that are open, and the library for seldom used types where one needs it. */
async function prepareOffline(holder: string, items: MyDiagnosticItem[]): Promise<void> {
	// the pages that show them load together with the worker's files
	for (const { campaign_id, instrument } of items
		.filter(({ state }) => open.has(state))
		.slice(0, mostAhead)) {
		const path = `/api/my/diagnostics/${encodeURIComponent(campaign_id)}/${encodeURIComponent(instrument)}`;
		const diagnostic = await keepAhead<MyDiagnostic>(holder, path);
		if (!needsRareTypes(diagnostic?.survey) || !('serviceWorker' in navigator)) continue;
		await navigator.serviceWorker.ready;
		await import('./SurveyPage.tsx?rare');
	}
}

function WaitingCard({ item }: { item: MyDiagnosticItem }) {
	const { t } = useTranslation('diagnostics');
	const text = useLocalText();
	const language = useLanguage();
	const to = `/my/${encodeURIComponent(item.campaign_id)}/${encodeURIComponent(item.instrument)}`;
	return (
		<article className={styles.card}>
			<p className={styles.campaign}>{item.title}</p>
			<h2>{text(item.instrument_title)}</h2>
			<p>{text(item.purpose)}</p>
			<ul className={styles.facts}>
				<li>{t('my.minutes', { count: item.minutes })}</li>
				<li>{t('my.until', { day: formatDate(item.closes_on, language) })}</li>
				<li>{t(`mode.${item.mode}`)}</li>
			</ul>
			<div className={styles.action}>
				<ButtonLink look="primary" to={to}>
					{item.filled_by === 'observer'
						? t('my.agree')
						: item.state === 'started'
							? t('my.continue')
							: t('my.start')}
				</ButtonLink>
				{item.saved_at && (
					<span className={styles.saved}>
						{t('my.saved', { time: formatMoment(item.saved_at, language) })}
					</span>
				)}
			</div>
		</article>
	);
}

function PastLine({ item }: { item: MyDiagnosticItem }) {
	const { t } = useTranslation('diagnostics');
	const text = useLocalText();
	const language = useLanguage();
	return (
		<li className={styles.line}>
			<div>
				<strong>{text(item.instrument_title)}</strong>
				<span className={styles.quiet}>{item.title}</span>
			</div>
			<div className={styles.outcome}>
				<span>
					{item.state === 'done' && item.submitted_at
						? t('my.done', { day: formatDate(item.submitted_at, language) })
						: item.state === 'upcoming'
							? t('my.upcoming', { day: formatDate(item.opens_on, language) })
							: t(
									open.has(item.state)
										? 'my.observed'
										: item.state === 'declined'
											? 'my.declined'
											: 'my.closed',
								)}
				</span>
				{item.result === 'ready' && (
					<ButtonLink look="quiet" to="/my/profile">
						{t('my.profile')}
					</ButtonLink>
				)}
				{item.result === 'at_release' && <span className={styles.quiet}>{t('my.at_release')}</span>}
			</div>
		</li>
	);
}

function ProblemPage(props: { problem: unknown; retry: () => void }) {
	const { t } = useTranslation('diagnostics');
	return (
		<Page title={t('my.title')} narrow>
			<ProblemNote problem={props.problem} retry={props.retry} />
		</Page>
	);
}
