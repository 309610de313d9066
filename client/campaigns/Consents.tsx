import { useTranslation } from 'react-i18next';
import type { ConsentCounts } from '#server/contract/campaign-centre.ts';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import { useReply } from '../api.ts';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';

/** How many gave, refused and withdrew consent, by version of the text; nobody by name. */
export function Consents(props: { campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const number = (value: number) => formatNumber(value, language);
	const counts = useReply<ConsentCounts>(`/api/campaigns/${props.campaign.campaign_id}/consents`);
	if (counts.error) return <ProblemNote problem={counts.error} retry={() => void counts.refetch()} />;
	if (!counts.data) return <Loading shape="card" rows={2} />;
	const { versions, undecided, invited } = counts.data;
	if (versions.length === 0)
		return <EmptyState title={t('consents.none')}>{t('consents.none_why')}</EmptyState>;
	return (
		<Card title={t('consents.title')}>
			<div className={styles.stack}>
				<p className={styles.soft}>{t('consents.lead')}</p>
				<DataTable
					caption={t('consents.title')}
					hideCaption
					rows={versions}
					rowKey={(row) => `${row.purpose} ${row.version}`}
					columns={[
						{
							id: 'purpose',
							label: t('consents.purpose'),
							value: (row) => t(`consents.of.${row.purpose}`),
							isHeading: true,
						},
						{ id: 'version', label: t('consents.version'), value: (row) => row.version },
						{
							id: 'given',
							label: t('consents.given'),
							value: (row) => row.given,
							render: (row) => number(row.given),
							align: 'end',
						},
						{
							id: 'declined',
							label: t('consents.declined'),
							value: (row) => row.declined,
							render: (row) => number(row.declined),
							align: 'end',
						},
						{
							id: 'withdrawn',
							label: t('consents.withdrawn'),
							value: (row) => row.withdrawn,
							render: (row) => number(row.withdrawn),
							align: 'end',
						},
					]}
				/>
				<p className={styles.aside}>
					{t('consents.undecided', { undecided: number(undecided), invited: number(invited) })}
				</p>
			</div>
		</Card>
	);
}
