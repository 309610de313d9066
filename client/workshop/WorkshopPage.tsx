import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DraftItem, VersionItem, WorkshopOverview } from '#server/contract/workshop.ts';
import { useReply } from '../api.ts';
import { formatDate, formatMoment } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { useVersionActs } from './use-version-acts.ts';
import styles from './Workshop.module.css';

/** What is being made, what waits for a second pair of eyes, and what is published. */
export function WorkshopPage() {
	const { t } = useTranslation('workshop');
	const { data, error, refetch } = useReply<WorkshopOverview>('/api/workshop');
	const acts = useVersionActs();
	if (!data)
		return error ? (
			<Page title={t('title')}>
				<ProblemNote problem={error} retry={() => void refetch()} />
			</Page>
		) : (
			<Loading shape="page" />
		);
	const open = data.drafts.filter(({ state }) => state !== 'published');
	return (
		<Page
			title={t('title')}
			lead={t('lead')}
			actions={
				acts.mayEdit && (
					<Button component={Link} to="/workshop/new">
						{t('new')}
					</Button>
				)
			}
		>
			{acts.problem !== null && <ProblemNote problem={acts.problem} />}
			<Card title={t('drafts')}>
				{open.length === 0 ? (
					<EmptyState title={t('no_drafts')}>{t('no_drafts_why')}</EmptyState>
				) : (
					<ul className={styles.rows}>
						{open.map((draft) => (
							<DraftRow key={draft.draft_id} draft={draft} isHomeShown={data.homes.length > 1} />
						))}
					</ul>
				)}
			</Card>
			<Card title={t('versions')}>
				<ul className={styles.rows}>
					{data.versions
						.filter(({ is_newest }) => is_newest)
						.map((version) => (
							<VersionRow key={version.instrument} version={version} acts={acts} />
						))}
				</ul>
			</Card>
		</Page>
	);
}

function DraftRow(props: { draft: DraftItem; isHomeShown: boolean }) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const language = useLanguage();
	const { draft } = props;
	return (
		<li>
			<div>
				<Link to={`/workshop/drafts/${draft.draft_id}`} className={styles.name}>
					{text(draft.title) || t('unnamed')}
				</Link>
				<p className={styles.aside}>
					{props.isHomeShown && <>{draft.home.name} · </>}
					{t(`state.${draft.state}`)} · {t('items', { count: draft.items })} ·{' '}
					{t('saved_by', { name: draft.saved_by, at: formatMoment(draft.saved_at, language) })}
				</p>
			</div>
		</li>
	);
}

function VersionRow(props: { version: VersionItem; acts: ReturnType<typeof useVersionActs> }) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const language = useLanguage();
	const { version, acts } = props;
	return (
		<li>
			<div>
				<Link to={`/workshop/versions/${version.instrument}/${version.version}`} className={styles.name}>
					{text(version.title)}
				</Link>
				<p className={styles.aside}>
					{acts.homes.length > 1 && <>{version.home?.name ?? t('home.shipped')} · </>}
					{t('version.name', { version: version.version })} · {t('items', { count: version.items })} ·{' '}
					{formatDate(version.published_at, language)}
				</p>
			</div>
			{acts.mayEdit && (
				<div className={styles.foot}>
					{acts.needsHome('version', version) ? (
						// whose it will be is asked there
						<Button
							variant="default"
							size="compact-md"
							component={Link}
							to={`/workshop/versions/${version.instrument}/${version.version}`}
						>
							{t('version.next')}
						</Button>
					) : (
						<Button variant="default" size="compact-md" onClick={() => acts.start('version', version)}>
							{t('version.next')}
						</Button>
					)}
					<Button variant="subtle" size="compact-md" onClick={() => acts.export(version)}>
						{t('version.export')}
					</Button>
				</div>
			)}
		</li>
	);
}
