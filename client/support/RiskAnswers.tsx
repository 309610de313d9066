import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskAnswersBody, RiskProfile, RiskRating } from '#server/contract/risks.ts';
import { post } from '../api.ts';
import { useSession } from '../session.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { type AnswerDraft, AnswerFields } from './AnswerFields.tsx';
import styles from './Plans.module.css';

const start = ({ verification }: RiskRating): AnswerDraft => ({
	agrees: verification?.agrees ?? null,
	is_chosen: verification?.is_chosen ?? false,
	remark: verification?.remark ?? '',
});

/** What was proposed of the school; its coordinator agrees or disagrees with each factor and picks those for the programme. */
export function RiskAnswers(props: { profile: RiskProfile }) {
	const { t } = useTranslation('risks');
	const client = useQueryClient();
	const { session } = useSession();
	const { school_id, year, factors, most_chosen } = props.profile;
	const rated = factors.flatMap(({ title, rating }) => (rating ? [{ title, rating }] : []));
	const [drafts, setDrafts] = useState<Record<number, AnswerDraft>>({});
	const draftOf = (rating: RiskRating) => drafts[rating.rating_id] ?? start(rating);
	const changed = rated.filter(
		({ rating }) => JSON.stringify(draftOf(rating)) !== JSON.stringify(start(rating)),
	);
	const answers = changed.flatMap(({ rating }): RiskAnswersBody['answers'] => {
		const { agrees, is_chosen, remark } = draftOf(rating);
		const { rating_id } = rating;
		return agrees === null
			? []
			: [{ rating_id, agrees, is_chosen: agrees && is_chosen, remark: remark.trim() }];
	});
	const isWhole = answers.every(({ agrees, remark }) => agrees || remark !== '');
	const chosen = rated.filter(({ rating }) => draftOf(rating).agrees && draftOf(rating).is_chosen).length;
	const send = useMutation({
		mutationFn: () => post<RiskProfile>(`/api/schools/${school_id}/risk-profile/answers`, { year, answers }),
		onSuccess: async () => {
			void client.invalidateQueries({ queryKey: ['module'] });
			await client.invalidateQueries({ queryKey: ['reply'] });
			setDrafts({});
		},
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (answers.length > 0 && isWhole) send.mutate();
	};
	const mayAnswer = session?.acts.includes('verify-risks') ?? false;
	return (
		<form onSubmit={submit}>
			<Card title={t('verification.title', { year })}>
				<p className={styles.aside}>{t('verification.hint', { most: most_chosen })}</p>
				<ul className={styles.risks}>
					{rated.map(({ title, rating }) => (
						<li key={rating.rating_id}>
							<AnswerFields
								title={title}
								rating={rating}
								draft={draftOf(rating)}
								isFull={chosen >= most_chosen}
								onChange={(draft) => setDrafts((old) => ({ ...old, [rating.rating_id]: draft }))}
							/>
						</li>
					))}
				</ul>
				{send.error && <ProblemNote problem={send.error} />}
				{mayAnswer && (
					<div className={styles.foot}>
						<Button type="submit" loading={send.isPending} disabled={answers.length === 0 || !isWhole}>
							{t('verification.send')}
						</Button>
						<span className={styles.aside} role="status">
							{!isWhole
								? t('verification.remark_needed')
								: t('verification.chosen', { count: chosen, most: most_chosen })}
						</span>
					</div>
				)}
			</Card>
		</form>
	);
}
