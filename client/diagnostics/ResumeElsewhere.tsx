import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResumeReply } from '#server/contract/my-data.ts';
import { post } from '../api.ts';
import { formatTime } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Button } from '../ui/Button.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { QrCode } from '../ui/QrCode.tsx';
import styles from './ResumeElsewhere.module.css';

/** Going on with these answers on another device: a square for its camera, or the same as a link, good for a quarter of an hour. */
export function ResumeElsewhere(props: { campaign: string }) {
	const { t } = useTranslation('diagnostics');
	const language = useLanguage();
	const [reply, setReply] = useState<ResumeReply | null>(null);
	const [problem, setProblem] = useState<unknown>(null);
	const [isCopied, setCopied] = useState(false);
	const ask = async () => {
		setProblem(null);
		setCopied(false);
		try {
			setReply(await post<ResumeReply>(`/api/my/diagnostics/${encodeURIComponent(props.campaign)}/resume`));
		} catch (refusal) {
			setProblem(refusal);
		}
	};
	return (
		<details
			className={styles.elsewhere}
			onToggle={(event) => {
				if (event.currentTarget.open) void ask();
				else setReply(null);
			}}
		>
			<summary>{t('elsewhere.title')}</summary>
			{problem !== null && <ProblemNote problem={problem} retry={() => void ask()} />}
			{reply && (
				<div className={styles.body}>
					<div className={styles.square}>
						<QrCode text={reply.address} label={t('elsewhere.square')} />
					</div>
					<div className={styles.words}>
						<p>{t('elsewhere.how')}</p>
						<p>{t('elsewhere.until', { time: formatTime(reply.until, language) })}</p>
						<Button
							onClick={() =>
								void navigator.clipboard.writeText(reply.address).then(() => setCopied(true), setProblem)
							}
						>
							{t(isCopied ? 'elsewhere.copied' : 'elsewhere.copy')}
						</Button>
					</div>
				</div>
			)}
		</details>
	);
}
