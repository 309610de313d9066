import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { MyDiagnostic } from '#server/contract/my.ts';
import { post } from '../api.ts';
import { useLocalText } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './ConsentScreen.module.css';
import { forgetCampaign, forgetWithdrawn } from './forget-answers.ts';
import { PurposeAndTime } from './PurposeAndTime.tsx';

/**
 * Consent is a document of its own, with a version, apart from the survey. Letting the methodist see one's levels is a
 * second, separate choice; nothing is ticked beforehand; declining is as easy as agreeing.
 */
export function ConsentScreen(props: { diagnostic: MyDiagnostic; onAnswered: () => void }) {
	const { t } = useTranslation('diagnostics');
	const text = useLocalText();
	const navigate = useNavigate();
	const queries = useQueryClient();
	const { session } = useSession();
	const { consent, campaign_id, response_id, title, state, mode } = props.diagnostic;
	const [isAgreed, setAgreed] = useState(false);
	const [isMethodist, setMethodist] = useState(consent.methodist_given ?? false);
	const [isDeclining, setDeclining] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<unknown>(null);

	const answer = async (give: boolean) => {
		setBusy(true);
		setProblem(null);
		try {
			await post(`/api/my/diagnostics/${encodeURIComponent(campaign_id)}/consent`, {
				give,
				methodist: give && isMethodist,
			});
			const holder = session?.holder ?? '';
			if (give) {
				await forgetWithdrawn(holder, campaign_id, response_id);
				return props.onAnswered();
			}
			await forgetCampaign(holder, campaign_id);
			// the list may be as it was before the refusal
			await queries.invalidateQueries({ queryKey: ['reply', '/api/my/diagnostics'] });
			await navigate('/my');
		} catch (refusal) {
			setProblem(refusal);
			setBusy(false);
		}
	};

	return (
		<Page title={t('consent.title')} above={title} narrow>
			{state === 'declined' && <p className={styles.told}>{t('consent.was_declined')}</p>}
			<PurposeAndTime diagnostic={props.diagnostic} />
			<section className={styles.plain} aria-label={t('consent.short')}>
				<h2>{t('consent.short')}</h2>
				<ul>
					<li>{t(`consent.${mode}`)}</li>
					<li>{t('consent.who_sees')}</li>
					<li>{t('consent.no_effect')}</li>
					<li>{t('consent.refusal')}</li>
				</ul>
			</section>
			<section className={styles.document} aria-labelledby="consent-document">
				<h2 id="consent-document">
					{t('consent.document')}{' '}
					<span className={styles.version}>{t('consent.version', { version: consent.version })}</span>
				</h2>
				{text(consent.text)
					.split(/\n{2,}/)
					.map((paragraph) => (
						<p key={paragraph}>{paragraph}</p>
					))}
			</section>
			<div className={styles.choices}>
				<label className={styles.choice}>
					<input type="checkbox" checked={isAgreed} onChange={(event) => setAgreed(event.target.checked)} />
					<span>
						<strong>{t('consent.agree')}</strong>
					</span>
				</label>
				<label className={styles.choice}>
					<input
						type="checkbox"
						checked={isMethodist}
						onChange={(event) => setMethodist(event.target.checked)}
					/>
					<span>
						<strong>{t('consent.methodist')}</strong>
						<span className={styles.why}>{text(consent.methodist_text)}</span>
					</span>
				</label>
			</div>
			{problem !== null && <ProblemNote problem={problem} />}
			<div className={styles.actions}>
				<Button look="primary" disabled={!isAgreed || isBusy} onClick={() => void answer(true)}>
					{t('consent.go')}
				</Button>
				<Button look="quiet" disabled={isBusy} onClick={() => setDeclining(true)}>
					{t('consent.decline')}
				</Button>
			</div>
			{isDeclining && (
				<div className={styles.confirm} role="alertdialog" aria-label={t('consent.decline')}>
					<p>{t('consent.decline_means')}</p>
					<div className={styles.actions}>
						<Button disabled={isBusy} onClick={() => void answer(false)}>
							{t('consent.decline_yes')}
						</Button>
						<Button look="quiet" onClick={() => setDeclining(false)}>
							{t('consent.decline_no')}
						</Button>
					</div>
				</div>
			)}
		</Page>
	);
}
