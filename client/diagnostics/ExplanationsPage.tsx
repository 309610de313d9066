import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { MyExplanations } from '#server/contract/my-explanations.ts';
import { useReply } from '../api.ts';
import { formatShort } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './ExplanationsPage.module.css';

type Task = MyExplanations['tasks'][number];

/** The tasks of a test whose result may be read, each with my answer and why another is better. Never kept on the device. */
export function ExplanationsPage() {
	const { t } = useTranslation('explanations');
	const text = useLocalText();
	const { campaign = '', instrument = '' } = useParams();
	const path = `/api/my/profile/${[campaign, instrument].map(encodeURIComponent).join('/')}/explanations`;
	const { data, error, refetch } = useReply<MyExplanations>(path);
	const [isShort, setShort] = useState(false);
	const back = (
		<ButtonLink to="/my/profile" look="plain">
			{t('back')}
		</ButtonLink>
	);
	if (!data)
		return error ? (
			<Page title={t('title')} above={back} narrow>
				<ProblemNote problem={error} retry={() => void refetch()} />
			</Page>
		) : (
			<Loading shape="page" />
		);
	const shown = data.tasks.filter(({ points, max_points }) => !isShort || points < max_points);
	return (
		<Page title={t('title')} lead={`${text(data.instrument_title)}. ${t('why')}`} above={back} narrow>
			<label className={styles.choice}>
				<input type="checkbox" checked={isShort} onChange={(event) => setShort(event.target.checked)} />
				{t('all')}
			</label>
			{shown.length === 0 && <p className={styles.quiet}>{t('none')}</p>}
			{shown.map((task) => (
				<TaskCard key={task.item} task={task} />
			))}
		</Page>
	);
}

function TaskCard({ task }: { task: Task }) {
	const { t } = useTranslation('explanations');
	const language = useLanguage();
	const text = useLocalText();
	const number = (value: number) => formatShort(value, language);
	return (
		<Card title={text(task.question)}>
			<p className={styles.quiet}>
				{t('points', { points: number(task.points), max: number(task.max_points) })}
			</p>
			{task.decisions.length === 0 && (
				<p>
					<span className={styles.quiet}>{t('mine')}: </span>
					{task.answer ? text(task.answer) : t('unanswered')}
				</p>
			)}
			{task.why && task.decisions.length === 0 && <p className={styles.why}>{text(task.why)}</p>}
			{task.decisions.length > 0 && (
				<ul className={styles.decisions}>
					{task.decisions.map((decision) => (
						<li key={text(decision.title)} className={decision.is_mine ? styles.mine : undefined}>
							<p>
								<strong>{text(decision.title)}</strong>
								{decision.is_mine && <span className={styles.tag}>{t('mine_chosen')}</span>}
							</p>
							<p>{text(decision.why)}</p>
							<p className={styles.quiet}>{t('points_alone', { points: number(decision.points) })}</p>
						</li>
					))}
				</ul>
			)}
		</Card>
	);
}
