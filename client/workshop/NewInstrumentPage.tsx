import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WorkshopOverview } from '#server/contract/workshop.ts';
import { useReply } from '../api.ts';
import { useLocalText } from '../i18n.ts';
import { Loading } from '../ui/Loading.tsx';
import { MissingPage } from '../ui/MissingPage.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { HomeField } from './HomeField.tsx';
import { IncomingFile } from './IncomingFile.tsx';
import { useVersionActs } from './use-version-acts.ts';
import styles from './Workshop.module.css';

/** From what a new instrument starts: a template, a file, or one that is published. */
export function NewInstrumentPage() {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const { data, error, refetch } = useReply<WorkshopOverview>('/api/workshop');
	const acts = useVersionActs();
	if (!acts.mayEdit) return <MissingPage />;
	return (
		<Page title={t('new')} above={<Link to="/workshop">{t('title')}</Link>} lead={t('new_lead')}>
			{error && <ProblemNote problem={error} retry={() => void refetch()} />}
			{acts.problem !== null && <ProblemNote problem={acts.problem} />}
			{acts.homes.length > 1 && (
				<Card title={t('home.title')}>
					<HomeField homes={acts.homes} value={acts.home} onChange={acts.setHome} />
				</Card>
			)}
			<Card title={t('templates')}>
				{data ? (
					<ul className={styles.rows}>
						{data.templates.map(({ template, title, about }) => (
							<li key={template}>
								<div>
									<strong>{text(title)}</strong>
									<p className={styles.aside}>{text(about)}</p>
								</div>
								<Button
									variant="light"
									disabled={acts.isPending || acts.isHomeNeeded}
									onClick={() => acts.startFromTemplate(template)}
								>
									{t('start')}
								</Button>
							</li>
						))}
					</ul>
				) : (
					<Loading />
				)}
			</Card>
			<IncomingFile home={acts.home} isHomeNeeded={acts.isHomeNeeded} />
			{data && data.versions.length > 0 && (
				<Card title={t('copy_of')}>
					<ul className={styles.rows}>
						{data.versions
							.filter(({ is_newest }) => is_newest)
							.map((version) => (
								<li key={version.instrument}>
									<span>{text(version.title)}</span>
									<Button
										variant="default"
										disabled={acts.isPending || acts.isHomeNeeded}
										onClick={() => acts.start('copy', version)}
									>
										{t('version.copy')}
									</Button>
								</li>
							))}
					</ul>
				</Card>
			)}
		</Page>
	);
}
