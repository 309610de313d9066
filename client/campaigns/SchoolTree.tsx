import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignDetail, ResponseRate } from '#server/contract/diagnostics.ts';
import { useSession } from '../session.tsx';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { Card } from '../ui/Page.tsx';
import styles from './Campaigns.module.css';
import { MissingPeople } from './MissingPeople.tsx';
import { RateBar } from './RateBar.tsx';
import { shareOf } from './rate.ts';

type Municipality = ResponseRate['by_municipality'][number];
type School = Municipality['schools'][number];

/** Schools in sight before the rest is asked for. */
const FIRST_SHOWN = 8;

/** Municipalities and their schools with who answered; a school opens the list of those still to come, never answers. */
export function SchoolTree(props: { campaign: CampaignDetail; rate: ResponseRate }) {
	const { t } = useTranslation('campaigns');
	const [order, setOrder] = useState('missing');
	const [sought, setSought] = useState('');
	const { by_municipality } = props.rate;
	const isOne = by_municipality.length === 1;
	const isSingleSchool = isOne && by_municipality[0]!.schools.length === 1;
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
	const [isOpen, setOpen] = useState(props.isOpen);
	const list = useId();
	const { municipality } = props;
	const [isWhole, setWhole] = useState(false);
	const sought = props.sought.trim().toLowerCase();
	const ordered =
		props.order === 'missing'
			? municipality.schools.toSorted((a, b) => shareOf(a) - shareOf(b))
			: municipality.schools;
	const schools = ordered.filter(({ name }) => name.toLowerCase().includes(sought));
	const shown = isWhole || sought !== '' ? schools : schools.slice(0, FIRST_SHOWN);
	return (
		<li>
			<div className={styles.branch}>
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
						<strong>{municipality.name}</strong>{' '}
						<span className={styles.aside}>{t('tree.schools', { count: municipality.schools.length })}</span>
					</span>
				</UnstyledButton>
				<RateBar rate={municipality} isCompact />
			</div>
			{isOpen && (
				<ul id={list} className={styles.schools}>
					{shown.map((school) => (
						<SchoolRow key={school.school_id} school={school} campaign={props.campaign} />
					))}
				</ul>
			)}
			{isOpen && shown.length < schools.length && (
				<Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
					{t('tree.more', { count: schools.length - shown.length })}
				</Button>
			)}
		</li>
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
