import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemarkingItem } from '#server/contract/remarkings.ts';
import { useReply } from '../api.ts';
import { useSession } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { RemarkingForm } from './RemarkingForm.tsx';
import { RemarkingRecord } from './RemarkingRecord.tsx';
import styles from './School.module.css';

/** What commissions found when they marked papers of the school again, and for the service the form to record it. */
export function SchoolRemarkings(props: { school: string; year: number }) {
	const { t } = useTranslation('school');
	const { session } = useSession();
	const mayRecord = session?.acts.includes('record-remarking') ?? false;
	const remarkings = useReply<RemarkingItem[]>(`/api/schools/${props.school}/remarkings`);
	/** the record in the form: an id, `new`, or none */
	const [inForm, setInForm] = useState<string | null>(null);
	const ofYear = (remarkings.data ?? []).filter(({ year }) => year === props.year);
	const begin = mayRecord && inForm !== 'new' && (
		<Button
			variant={ofYear.length > 0 ? 'default' : 'filled'}
			className="no-print"
			onClick={() => setInForm('new')}
		>
			{t('remarking.begin')}
		</Button>
	);
	return (
		<Card title={t('remarking.title', { year: props.year })}>
			{remarkings.error ? (
				<ProblemNote problem={remarkings.error} retry={() => void remarkings.refetch()} />
			) : !remarkings.data ? (
				<Loading rows={3} />
			) : (
				<>
					{ofYear.length === 0 && inForm !== 'new' && (
						<EmptyState title={t('remarking.none')} action={begin}>
							{t('remarking.none_why')}
						</EmptyState>
					)}
					{ofYear.length > 0 && (
						<ul className={styles.remarkings}>
							{ofYear.map((item) => (
								<li key={item.remarking_id}>
									{inForm === item.remarking_id ? (
										<RemarkingForm
											school={props.school}
											year={props.year}
											item={item}
											onClose={() => setInForm(null)}
										/>
									) : (
										<RemarkingRecord
											item={item}
											onChange={mayRecord ? () => setInForm(item.remarking_id) : null}
										/>
									)}
								</li>
							))}
						</ul>
					)}
					{inForm === 'new' && (
						<RemarkingForm
							school={props.school}
							year={props.year}
							item={null}
							onClose={() => setInForm(null)}
						/>
					)}
					{ofYear.length > 0 && begin}
				</>
			)}
		</Card>
	);
}
