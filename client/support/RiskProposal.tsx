import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskProfile } from '#server/contract/risks.ts';
import { post } from '../api.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Plans.module.css';
import { RatingFields } from './RatingFields.tsx';
import { type RatingDraft, readRatings, startRating } from './risk-draft.ts';

/** All factors of the list, each to be opened and rated; only what was changed goes to the school. */
export function RiskProposal(props: { profile: RiskProfile }) {
	const { t } = useTranslation('risks');
	const client = useQueryClient();
	const { school_id, year, factors } = props.profile;
	const [drafts, setDrafts] = useState<Record<string, RatingDraft>>({});
	const ratings = readRatings(factors, drafts);
	const save = useMutation({
		mutationFn: () => post<RiskProfile>(`/api/schools/${school_id}/risk-profile`, { year, ratings }),
		onSuccess: async () => {
			void client.invalidateQueries({ queryKey: ['module'] });
			await client.invalidateQueries({ queryKey: ['reply'] });
			setDrafts({});
		},
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (ratings.length > 0) save.mutate();
	};
	return (
		<form onSubmit={submit}>
			<Card title={t('proposal.title', { year })}>
				<p className={styles.aside}>{t('proposal.hint')}</p>
				<ul className={styles.risks}>
					{factors.map((factor) => (
						<li key={factor.factor}>
							<RatingFields
								factor={factor}
								draft={drafts[factor.factor] ?? startRating(factor)}
								isChanged={ratings.some((rating) => rating.factor === factor.factor)}
								onChange={(draft) => setDrafts((old) => ({ ...old, [factor.factor]: draft }))}
							/>
						</li>
					))}
				</ul>
				{save.error && <ProblemNote problem={save.error} />}
				<div className={styles.foot}>
					<Button type="submit" loading={save.isPending} disabled={ratings.length === 0}>
						{t('proposal.save')}
					</Button>
					<span className={styles.aside} role="status">
						{ratings.length === 0 ? t('proposal.nothing') : t('proposal.changed', { count: ratings.length })}
					</span>
				</div>
			</Card>
		</form>
	);
}
