import { useTranslation } from 'react-i18next';
import type { CampaignDetail, ResponseRate } from '#server/contract/diagnostics.ts';
import type { CampaignPreview, PopulationPeople } from '#server/contract/population.ts';
import { get } from '../api.ts';
import { Card } from '../ui/Page.tsx';
import styles from './Campaigns.module.css';
import { PeopleList } from './PeopleList.tsx';
import { usePopulationWords } from './population-words.ts';

/** Who is invited by name, or would be while the campaign is a draft. */
export function CampaignPeople(props: { campaign: CampaignDetail; rate: ResponseRate | undefined }) {
	const { t } = useTranslation('population');
	const words = usePopulationWords();
	const { campaign } = props;
	const isFrozen = campaign.state !== 'draft';
	const schools = (props.rate?.by_municipality ?? []).flatMap((each) => each.schools);
	const by_school = schools.map(({ school_id, name, invited }): CampaignPreview['by_school'][number] => ({
		school_id,
		name,
		people: invited,
	}));
	return (
		<Card title={t(isFrozen ? 'people.title_frozen' : 'people.title')}>
			<div className={styles.stack}>
				<p className={styles.soft}>{words(campaign)}</p>
				{isFrozen && campaign.mode === 'anonymous' ? (
					<p>{t('people.anonymous')}</p>
				) : (
					<>
						<p className={styles.aside}>{t(isFrozen ? 'people.frozen' : 'people.now')}</p>
						<PeopleList
							id={[campaign.campaign_id, campaign.state, words(campaign)]}
							schools={by_school}
							ask={(asked, signal) =>
								get<PopulationPeople>(`/api/campaigns/${campaign.campaign_id}/people`, { ...asked }, signal)
							}
						/>
					</>
				)}
			</div>
		</Card>
	);
}
