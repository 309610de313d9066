import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { AgreedFile } from '#server/contract/answer-files.ts';
import type { AgreedPerson } from '#server/contract/registry.ts';
import { useReply } from '../api.ts';
import { keepCompetencies } from '../chart/keep-rows.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { QualityChoice } from '../chart/QualityChoice.tsx';
import { formatDate } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FileList } from '../ui/FileList.tsx';
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
				<>
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
					<PersonFiles person={id} />
				</>
			) : (
				<EmptyState title={t('agreed.missing')}>{t('agreed.missing_why')}</EmptyState>
			)}
		</Page>
	);
}

/** What the person attached to answers, and observers to what they saw. */
function PersonFiles({ person }: { person: string }) {
	const { t } = useTranslation('registry');
	const text = useLocalText();
	const { data, error, refetch } = useReply<AgreedFile[]>(
		`/api/people/agreed/${encodeURIComponent(person)}/files`,
	);
	if (error) return <ProblemNote problem={error} retry={() => void refetch()} />;
	if (!data || data.length === 0) return null;
	const forms = [...Map.groupBy(data, (each) => `${each.campaign_title}: ${text(each.instrument_title)}`)];
	return (
		<Card title={t('agreed.files')}>
			<p>{t('agreed.files_why')}</p>
			{forms.map(([title, files]) => (
				<section key={title} aria-label={title}>
					<h3>{title}</h3>
					<FileList
						files={files}
						below={(file) => `/api/campaigns/${encodeURIComponent((file as AgreedFile).campaign_id)}/files`}
					/>
				</section>
			))}
		</Card>
	);
}
