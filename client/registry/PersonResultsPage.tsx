import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { AgreedPerson } from '#server/contract/registry.ts';
import { useReply } from '../api.ts';
import { keepCompetencies } from '../chart/keep-rows.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { QualityChoice } from '../chart/QualityChoice.tsx';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** The results of one teacher who agreed. Opening it is an event of the log that the teacher sees. */
export function PersonResultsPage() {
	const { t } = useTranslation('registry');
	const language = useLanguage();
	const { id = '' } = useParams();
	const people = useReply<AgreedPerson[]>('/api/people/agreed');
	const person = people.data?.find(({ person_id }) => person_id === id);
	const [params, setParams] = useSearchParams();
	const quality = params.get('quality') === 'unflagged' ? 'unflagged' : null;
	const filters = useMemo(() => ({ person: id, quality }), [id, quality]);
	return (
		<Page
			title={person?.full_name ?? t('agreed.person')}
			lead={
				person &&
				t('agreed.person_lead', {
					school: person.school_name,
					day: formatDate(person.given_at, language),
				})
			}
			above={<Link to="/people/agreed">{t('agreed.title')}</Link>}
		>
			{people.error ? (
				<ProblemNote problem={people.error} retry={() => void people.refetch()} />
			) : !people.data ? (
				<Loading shape="chart" rows={7} />
			) : person ? (
				<Card title={t('agreed.profile')}>
					<QualityChoice
						value={quality}
						onChange={(value) => setParams(value ? { quality: value } : {}, { replace: true })}
					/>
					<ModulePicture
						module="competency-deficit"
						filters={filters}
						keep={keepCompetencies}
						empty={t('agreed.profile_none')}
					/>
				</Card>
			) : (
				<EmptyState title={t('agreed.missing')}>{t('agreed.missing_why')}</EmptyState>
			)}
		</Page>
	);
}
