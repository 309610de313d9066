import { Checkbox, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RiskRating } from '#server/contract/risks.ts';
import type { LocalText } from '#server/contract/text.ts';
import { formatDate, formatShort } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { RiskSignificance } from '../ui/DeficitLevel.tsx';
import styles from './Plans.module.css';

/** What the school says of one factor; null while it has said nothing. */
export interface AnswerDraft {
	agrees: boolean | null;
	is_chosen: boolean;
	remark: string;
}

/** One factor as it was proposed, with its numbers, and the answer of the school under it. */
export function AnswerFields(props: {
	title: LocalText;
	rating: RiskRating;
	draft: AnswerDraft;
	/** as many factors are chosen as a programme takes */
	isFull: boolean;
	onChange: (draft: AnswerDraft) => void;
}) {
	const { t } = useTranslation('risks');
	const language = useLanguage();
	const text = useLocalText();
	const { rating, draft, onChange } = props;
	const known = rating.inputs.filter(({ value }) => value !== null);
	const change = (part: Partial<AnswerDraft>) => onChange({ ...draft, ...part });
	return (
		<section className={styles.answer}>
			<h3>{text(props.title)}</h3>
			<p className={styles.facts}>
				<RiskSignificance level={rating.significance} />
				<span className={styles.aside}>
					{' '}
					· {rating.proposed_by_name}, {formatDate(rating.proposed_at, language)}
				</span>
			</p>
			{known.length > 0 && (
				<ul className={styles.signs}>
					{known.map((input) => (
						<li key={input.id}>
							{text(input.title)}: {formatShort(input.value!, language, 2)}
						</li>
					))}
				</ul>
			)}
			{rating.remark && <p className={styles.progress}>{rating.remark}</p>}
			<ChoiceRow
				label={t('verification.answer')}
				options={[
					{ value: 'yes', label: t('verification.agree') },
					{ value: 'no', label: t('verification.disagree') },
				]}
				value={draft.agrees === null ? '' : draft.agrees ? 'yes' : 'no'}
				onChange={(value) => change({ agrees: value === 'yes' })}
			/>
			{draft.agrees === true && (
				<Checkbox
					label={t('verification.choose')}
					checked={draft.is_chosen}
					disabled={props.isFull && !draft.is_chosen}
					onChange={(event) => change({ is_chosen: event.currentTarget.checked })}
				/>
			)}
			{draft.agrees !== null && (
				<Textarea
					label={t(draft.agrees ? 'verification.remark' : 'verification.why')}
					value={draft.remark}
					required={!draft.agrees}
					onChange={(event) => change({ remark: event.currentTarget.value })}
					maxLength={2000}
					autosize
					minRows={2}
				/>
			)}
		</section>
	);
}
