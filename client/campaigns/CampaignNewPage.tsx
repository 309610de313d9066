import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import type { CampaignDetail, InstrumentItem } from '#server/contract/diagnostics.ts';
import type { PlacesReply, SchoolItem } from '#server/contract/registry.ts';
import { useReply } from '../api.ts';
import { useSession } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { MissingPage } from '../ui/MissingPage.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { CampaignForm } from './CampaignForm.tsx';

/** A campaign on one page, new or a draft again: what for, with what, whom, when, and beside it who exactly that is. */
export function CampaignNewPage() {
	const { t } = useTranslation('campaigns');
	const { id } = useParams();
	const instruments = useReply<InstrumentItem[]>('/api/instruments');
	const places = useReply<PlacesReply>('/api/places');
	const schools = useReply<SchoolItem[]>('/api/schools');
	const today = useReply<{ today: string }>('/api/today');
	const campaign = useReply<CampaignDetail>(id ? `/api/campaigns/${id}` : null);
	const { session } = useSession();
	if (!session?.acts.includes('run-campaign')) return <MissingPage />;
	const failed = [instruments, places, schools, today, campaign].find((query) => query.error);
	const isEmpty = schools.data?.length === 0 || places.data?.municipalities.length === 0;
	const isThere = id === undefined || campaign.data !== undefined;
	if (campaign.data && campaign.data.state !== 'draft') return <Navigate to={`/campaigns/${id}`} replace />;
	return (
		<Page
			title={t(id ? 'form.page_change' : 'form.page')}
			above={<Link to="/campaigns">{t('list.title')}</Link>}
			lead={t('form.lead')}
		>
			{failed ? (
				<ProblemNote problem={failed.error} retry={() => void failed.refetch()} />
			) : !instruments.data || !places.data || !schools.data || !today.data || !isThere ? (
				<Loading shape="page" />
			) : isEmpty ? (
				<EmptyState title={t('form.no_schools')} action={<Link to="/imports">{t('form.to_imports')}</Link>}>
					{t('form.no_schools_why')}
				</EmptyState>
			) : instruments.data.length === 0 ? (
				<EmptyState title={t('form.no_instruments')}>{t('form.no_instruments_why')}</EmptyState>
			) : (
				<CampaignForm
					instruments={instruments.data}
					places={places.data}
					schools={schools.data}
					today={today.data.today}
					campaign={campaign.data}
				/>
			)}
		</Page>
	);
}
