import { Button, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProfileFactor } from '#server/contract/risks.ts';
import { formatShort } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { RiskSignificance } from '../ui/DeficitLevel.tsx';
import styles from './Plans.module.css';
import type { RatingDraft } from './risk-draft.ts';

/** One factor: closed a line that says how it stands, open its inputs with what the data suggest. */
export function RatingFields(props: {
	factor: ProfileFactor;
	draft: RatingDraft;
	isChanged: boolean;
	onChange: (draft: RatingDraft) => void;
}) {
	const { t } = useTranslation('risks');
	const language = useLanguage();
	const text = useLocalText();
	const { factor, draft, onChange } = props;
	const { rating } = factor;
	const answer = rating?.verification;
	const change = (part: Partial<RatingDraft>) => onChange({ ...draft, ...part });
	const setValue = (id: string, value: number | null) => change({ values: { ...draft.values, [id]: value } });
	const name = text(factor.title);
	const number = (value: number) => formatShort(value, language, 1);
	return (
		<details className={styles.risk}>
			<summary>
				<span className={styles.name}>{name}</span>
				<span className={styles.facts}>
					{rating ? <RiskSignificance level={rating.significance} /> : t('proposal.unrated')}
					{rating && (
						<span className={styles.aside}>
							{' '}
							· {answer ? t(answer.agrees ? 'answer.agreed' : 'answer.disagreed') : t('answer.awaited')}
						</span>
					)}
					{props.isChanged && <strong> · {t('proposal.unsaved')}</strong>}
				</span>
			</summary>
			{answer && !answer.agrees && <p className={styles.progress}>{answer.remark}</p>}
			{!factor.is_on ? (
				<p className={styles.aside}>{t('proposal.off')}</p>
			) : (
				<div className={styles.fields}>
					{factor.inputs.map((input) => (
						<div key={input.id} className={styles.input}>
							<NumberInput
								label={text(input.title)}
								description={t('proposal.norm', { good: number(input.good), bad: number(input.bad) })}
								value={draft.values[input.id] ?? ''}
								onChange={(value) => setValue(input.id, typeof value === 'number' ? value : null)}
								decimalSeparator={language === 'ru' ? ',' : '.'}
								decimalScale={2}
								hideControls
							/>
							{input.suggested !== null && (
								<Button
									variant="default"
									disabled={draft.values[input.id] === input.suggested}
									onClick={() => setValue(input.id, input.suggested)}
								>
									{t('proposal.take', { value: number(input.suggested) })}
								</Button>
							)}
						</div>
					))}
					{rating?.index !== null && rating?.index !== undefined && (
						<p className={styles.aside}>{t('proposal.index', { index: number(rating.index) })}</p>
					)}
					<NativeSelect
						label={t('proposal.significance')}
						value={draft.significance}
						onChange={(event) =>
							change({ significance: event.currentTarget.value as RatingDraft['significance'] })
						}
						data={[
							{ value: '', label: t('proposal.by_inputs') },
							...(['high', 'medium', 'low'] as const).map((value) => ({
								value,
								label: t(`significance.${value}`),
							})),
						]}
					/>
					<Textarea
						label={t('proposal.remark')}
						value={draft.remark}
						onChange={(event) => change({ remark: event.currentTarget.value })}
						maxLength={2000}
						autosize
						minRows={2}
					/>
				</div>
			)}
		</details>
	);
}
