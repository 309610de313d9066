import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignDetail, Outlook, ResponseRate } from '#server/contract/diagnostics.ts';
import { formatDate, formatNumber, formatShare, formatShort } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { useNarrow } from '../ui/narrow.ts';
import { Card } from '../ui/Page.tsx';
import styles from './Campaigns.module.css';
import { MissingPeople } from './MissingPeople.tsx';
import { RateBar } from './RateBar.tsx';
import { shareOf } from './rate.ts';

type Municipality = ResponseRate['by_municipality'][number];
type School = Municipality['schools'][number];

/** Schools in sight before more are asked for, and how many more at once: a page on a phone stays a page. */
const FIRST_SHOWN = { wide: 8, narrow: 5 };
const MORE_SHOWN = 20;

/** Municipalities and their schools with who answered; a school opens the list of those still to come, never answers. */
export function SchoolTree(props: { campaign: CampaignDetail; rate: ResponseRate }) {
	const { t } = useTranslation('campaigns');
	const [order, setOrder] = useState('missing');
	const [sought, setSought] = useState('');
	const { by_municipality } = props.rate;
	const isOne = by_municipality.length === 1;
	const isSingleSchool = isOne && by_municipality[0]!.schools.length === 1;
	const isNowhere = !by_municipality.some(({ schools }) =>
		schools.some(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase())),
	);
	return (
		<Card title={isSingleSchool ? t('tree.own') : t('tree.title')}>
			{!isSingleSchool && (
				<ChoiceRow
					label={t('tree.order')}
					options={['name', 'missing'].map((value) => ({ value, label: t(`tree.order_${value}`) }))}
					value={order}
					onChange={setOrder}
				/>
			)}
			{!isSingleSchool && (
				<TextInput
					type="search"
					className={styles.field}
					label={t('tree.search')}
					value={sought}
					onChange={(event) => setSought(event.currentTarget.value)}
				/>
			)}
			{!isSingleSchool && isNowhere && <p className={styles.soft}>{t('tree.nothing_found')}</p>}
			<ul className={styles.tree}>
				{isSingleSchool && <SchoolRow school={by_municipality[0]!.schools[0]!} campaign={props.campaign} />}
				{(isSingleSchool ? [] : by_municipality).map((municipality) => (
					<MunicipalityRow
						key={municipality.municipality_id}
						municipality={municipality}
						order={order}
						sought={sought}
						isOpen={isOne}
						campaign={props.campaign}
					/>
				))}
			</ul>
		</Card>
	);
}

function MunicipalityRow(props: {
	municipality: Municipality;
	order: string;
	sought: string;
	isOpen: boolean;
	campaign: CampaignDetail;
}) {
	const { t } = useTranslation('campaigns');
	const isNarrow = useNarrow();
	const [isUnfolded, setUnfolded] = useState(props.isOpen);
	const [more, setMore] = useState(0);
	const list = useId();
	const { municipality } = props;
	const sought = props.sought.trim().toLowerCase();
	const ordered =
		props.order === 'missing'
			? municipality.schools.toSorted((a, b) => shareOf(a) - shareOf(b))
			: municipality.schools;
	const schools = ordered.filter(({ name }) => name.toLowerCase().includes(sought));
	// What is sought is in sight, folded or not; a municipality without it steps aside.
	const isOpen = isUnfolded || sought !== '';
	const shown = schools.slice(0, (isNarrow ? FIRST_SHOWN.narrow : FIRST_SHOWN.wide) + more);
	if (sought !== '' && schools.length === 0) return null;
	return (
		<li>
			<div className={styles.branch}>
				<UnstyledButton
					className={styles.opener}
					aria-expanded={isOpen}
					aria-controls={list}
					onClick={() => setUnfolded(!isUnfolded)}
				>
					<span aria-hidden="true" className={styles.sign}>
						{isOpen ? '▾' : '▸'}
					</span>
					<span>
						<strong>{municipality.name}</strong>{' '}
						<span className={styles.aside}>{t('tree.schools', { count: municipality.schools.length })}</span>
					</span>
				</UnstyledButton>
				<RateBar rate={municipality} isCompact />
				{municipality.outlook && props.campaign.state === 'open' && (
					<OutlookWords
						outlook={municipality.outlook}
						invited={municipality.invited}
						campaign={props.campaign}
					/>
				)}
			</div>
			{isOpen && (
				<ul id={list} className={styles.schools}>
					{shown.map((school) => (
						<SchoolRow key={school.school_id} school={school} campaign={props.campaign} />
					))}
				</ul>
			)}
			{isOpen && shown.length < schools.length && (
				<p className={styles.pager}>
					<Button variant="subtle" size="compact-md" onClick={() => setMore(more + MORE_SHOWN)}>
						{t('tree.more', { count: Math.min(MORE_SHOWN, schools.length - shown.length) })}
					</Button>
					<span className={styles.aside}>
						{t('tree.all_shown', { shown: shown.length, all: schools.length })}
					</span>
				</p>
			)}
		</li>
	);
}

/** «К 12.12: 640–720 из 1 940 (вероятность 80 %), темп 41 в день», or why nothing can be said. */
function OutlookWords(props: { outlook: Outlook; invited: number; campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const { forecast, pace, no_forecast } = props.outlook;
	if (no_forecast) return <p className={styles.outlook}>{t(`rate.no_forecast.${no_forecast}`)}</p>;
	if (!forecast || pace === null) return null;
	return (
		<p className={styles.outlook}>
			{t('rate.outlook_of', {
				date: formatDate(props.campaign.closes_on, language),
				low: formatNumber(forecast.low, language),
				high: formatNumber(forecast.high, language),
				invited: formatNumber(props.invited, language),
				level: formatShare(forecast.level, language),
				pace: formatShort(pace, language, pace < 10 ? 1 : 0),
			})}
		</p>
	);
}

function SchoolRow(props: { school: School; campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const { session } = useSession();
	const [isOpen, setOpen] = useState(false);
	const list = useId();
	const { school, campaign } = props;
	const missing = school.invited - school.answered - school.declined;
	const mayList =
		(session?.acts.includes('see-participation') ?? false) &&
		campaign.mode === 'confidential' &&
		campaign.state === 'open' &&
		missing > 0;
	return (
		<li className={styles.school}>
			<div className={styles.branch}>
				{mayList ? (
					<UnstyledButton
						className={styles.opener}
						aria-expanded={isOpen}
						aria-controls={list}
						onClick={() => setOpen(!isOpen)}
					>
						<span aria-hidden="true" className={styles.sign}>
							{isOpen ? '▾' : '▸'}
						</span>
						<span>
							{school.name} <span className={styles.aside}>{t('tree.missing', { count: missing })}</span>
						</span>
					</UnstyledButton>
				) : (
					<span className={styles.leaf}>{school.name}</span>
				)}
				<RateBar rate={school} isCompact />
			</div>
			{isOpen && mayList && (
				<div id={list} className={styles.people}>
					<MissingPeople campaign={campaign} school={school} />
				</div>
			)}
		</li>
	);
}
