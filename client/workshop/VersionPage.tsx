import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { VersionDetail } from '#server/contract/workshop.ts';
import { useReply } from '../api.ts';
import { formatDate } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { Loading } from '../ui/Loading.tsx';
import { Markdown } from '../ui/Markdown.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { ChangeList } from './ChangeList.tsx';
import { HomeField } from './HomeField.tsx';
import { useVersionActs } from './use-version-acts.ts';
import styles from './Workshop.module.css';

/** A published, frozen version: what it changed, its card, and what can be made of it. */
export function VersionPage() {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const language = useLanguage();
	const { instrument = '', version = '' } = useParams();
	const { data, error, refetch } = useReply<VersionDetail>(`/api/workshop/versions/${instrument}/${version}`);
	const acts = useVersionActs();
	const above = <Link to="/workshop">{t('title')}</Link>;
	if (error)
		return (
			<Page title={t('one')} above={above}>
				<ProblemNote problem={error} retry={() => void refetch()} />
			</Page>
		);
	if (!data) return <Loading shape="page" />;
	return (
		<Page
			title={text(data.title)}
			above={above}
			lead={t('version.lead', {
				version: data.version,
				day: formatDate(data.published_at, language),
				sha: data.sha256.slice(0, 12),
			})}
			actions={
				acts.mayEdit && (
					<>
						{data.is_newest && (
							<Button
								loading={acts.isPending}
								disabled={acts.needsHome('version', data)}
								onClick={() => acts.start('version', data)}
							>
								{t('version.next')}
							</Button>
						)}
						<Button
							variant="default"
							disabled={acts.needsHome('copy', data)}
							onClick={() => acts.start('copy', data)}
						>
							{t('version.copy')}
						</Button>
						<Button variant="default" onClick={() => acts.export(data)}>
							{t('version.export')}
						</Button>
					</>
				)
			}
		>
			{acts.problem !== null && <ProblemNote problem={acts.problem} />}
			{acts.mayEdit && acts.homes.length > 1 && (
				<Card title={t('home.title')}>
					<p className={styles.aside}>
						{data.home ? t('home.of', { place: data.home.name }) : t('home.of_program')}
					</p>
					<HomeField homes={acts.homes} value={acts.home} onChange={acts.setHome} />
				</Card>
			)}
			{data.previous !== null && (
				<Card title={t('changes.since_version', { version: data.previous })}>
					<ChangeList changes={data.changes} />
				</Card>
			)}
			<Card title={t('settings.card')}>
				<div className={styles.form}>
					<Markdown source={data.card} />
				</div>
			</Card>
		</Page>
	);
}
