import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyData } from '#server/contract/my-data.ts';
import { post } from '../api.ts';
import { formatDate, formatMoment, formatPercent } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { Button } from '../ui/Button.tsx';
import { FileList } from '../ui/FileList.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './MyData.module.css';

type Invitation = MyData['invitations'][number];
type Consent = Invitation['consents'][number];
type Answers = Invitation['instruments'][number]['answers'];

/** One diagnostic as it is kept: code, consents with the way to withdraw them, answers, results. */
export function MyInvitation(props: {
	invitation: Invitation;
	scores: MyData['scores'];
	onWithdrawn: (purpose: Consent['purpose']) => void;
}) {
	const { invitation, scores } = props;
	const { t, i18n } = useTranslation(['my-data', 'common']);
	const text = useLocalText();
	const language = useLanguage();
	const nameSubject = (subject: string | null) =>
		subject && i18n.exists(`common:subject.${subject}`) ? t(`common:subject.${subject}`) : subject;
	const isAnonymous = invitation.mode === 'anonymous';
	return (
		<Card title={invitation.title}>
			<dl className={styles.facts}>
				<dt>{t('invitation.invited')}</dt>
				<dd>
					{formatDate(invitation.invited_at, language)} · {invitation.school_name}
				</dd>
				<dt>{t('invitation.code')}</dt>
				<dd>{invitation.participant_code ?? t('invitation.no_code')}</dd>
				<dt>{t('invitation.attributes')}</dt>
				<dd>
					{[
						nameSubject(invitation.subject),
						invitation.seniority_band && t('invitation.years', { band: invitation.seniority_band }),
						invitation.category && t(`category.${invitation.category}`),
					]
						.map((value) => value ?? t('none'))
						.join(' · ')}
				</dd>
				<dt>{t('invitation.retention')}</dt>
				<dd>{formatDate(invitation.retention_until, language)}</dd>
			</dl>
			{isAnonymous && <p className={styles.told}>{t('invitation.anonymous')}</p>}
			{invitation.consents.map((consent) => (
				<ConsentLine
					key={`${consent.purpose}${consent.version}`}
					consent={consent}
					campaign={invitation.campaign_id}
					mayWithdraw={!isAnonymous}
					onWithdrawn={props.onWithdrawn}
				/>
			))}
			{invitation.instruments.map((instrument) => (
				<div key={instrument.instrument} className={styles.instrument}>
					<h3>{text(instrument.title)}</h3>
					<p className={styles.quiet}>
						{instrument.submitted_at
							? t('instrument.submitted', { time: formatDate(instrument.submitted_at, language) })
							: instrument.saved_at
								? t('instrument.draft', { time: formatMoment(instrument.saved_at, language) })
								: t('instrument.nothing')}
					</p>
					<AnswerList answers={instrument.answers ?? instrument.draft} />
					<FileList files={instrument.files} below="/api/my/data/files" />
					{instrument.earlier.map((each) => (
						<div key={each.submitted_at} className={styles.instrument}>
							<p className={styles.quiet}>
								{t('instrument.earlier', { time: formatMoment(each.submitted_at, language) })}
							</p>
							<AnswerList answers={each.answers} />
							<FileList files={each.files} below="/api/my/data/files" />
						</div>
					))}
				</div>
			))}
			{scores.length > 0 && (
				<details>
					<summary className={styles.summary}>{t('scores', { count: scores.length })}</summary>
					<ul className={styles.lines}>
						{scores.map((score) => (
							<li key={`${score.scale}${score.instrument_title.ru}`}>
								<span>{text(score.title)}</span>
								<span>{score.percent === null ? t('none') : formatPercent(score.percent, language)}</span>
							</li>
						))}
					</ul>
				</details>
			)}
		</Card>
	);
}

function AnswerList({ answers }: { answers: Answers }) {
	const { t } = useTranslation('my-data');
	const text = useLocalText();
	if (!answers) return null;
	const given = answers.filter(({ answer }) => answer !== null);
	return (
		<details>
			<summary className={styles.summary}>
				{t('answers', { given: given.length, count: answers.length })}
			</summary>
			<dl className={styles.answers}>
				{answers.map(({ item, question, answer }) => (
					<div key={item}>
						<dt>{text(question)}</dt>
						<dd>{answer ? text(answer) : t('no_answer')}</dd>
					</div>
				))}
			</dl>
		</details>
	);
}

function ConsentLine(props: {
	consent: Consent;
	campaign: string;
	mayWithdraw: boolean;
	onWithdrawn: (purpose: Consent['purpose']) => void;
}) {
	const { consent, campaign } = props;
	const { t } = useTranslation('my-data');
	const text = useLocalText();
	const language = useLanguage();
	const [isAsking, setAsking] = useState(false);
	const [problem, setProblem] = useState<unknown>(null);
	const { purpose, version, given_at, declined_at, in_force } = consent;
	const withdraw = async () => {
		setProblem(null);
		try {
			await post(`/api/my/data/campaigns/${encodeURIComponent(campaign)}/withdraw`, { purpose });
			setAsking(false);
			props.onWithdrawn(purpose);
		} catch (refusal) {
			setProblem(refusal);
		}
	};
	return (
		<div className={styles.consent}>
			<p>
				<strong>{t(`purpose.${purpose}`)}</strong>{' '}
				<span className={styles.quiet}>{t('consent.version', { version })}</span>
			</p>
			<p>
				{given_at && t('consent.given', { time: formatMoment(given_at, language) })}
				{given_at && declined_at && ' · '}
				{declined_at &&
					t(given_at ? 'consent.withdrawn' : 'consent.refused', {
						time: formatMoment(declined_at, language),
					})}
			</p>
			<details>
				<summary className={styles.summary}>{t('consent.text')}</summary>
				<p className={styles.quiet}>{text(consent.text)}</p>
			</details>
			{in_force && props.mayWithdraw && !isAsking && (
				<Button look="quiet" onClick={() => setAsking(true)}>
					{t(`consent.withdraw_${purpose}`)}
				</Button>
			)}
			{isAsking && (
				<div className={styles.told} role="alertdialog" aria-label={t(`consent.withdraw_${purpose}`)}>
					<p>{t(`consent.means_${purpose}`)}</p>
					{problem !== null && <ProblemNote problem={problem} />}
					<div className={styles.actions}>
						<Button onClick={() => void withdraw()}>{t('consent.yes')}</Button>
						<Button look="quiet" onClick={() => setAsking(false)}>
							{t('consent.no')}
						</Button>
					</div>
				</div>
			)}
		</div>
	);
}
