import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { RiskFactorItem, RiskFactorList } from '#server/contract/risks.ts';
import { useReply } from '../api.ts';
import { formatDate, formatShort } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Plans.module.css';
import { RiskFactorForm } from './RiskFactorForm.tsx';

/** The factors of a municipality: those of the regulation and its own, each to be renamed, changed or switched off. */
export function RiskFactorsPage() {
	const { t } = useTranslation('risks');
	const { municipality } = useParams();
	const { session } = useSession();
	const path = `/api/municipalities/${municipality}/risk-factors`;
	const list = useReply<RiskFactorList>(path);
	const [open, setOpen] = useState<string | null>(null);
	const mayChange = session?.acts.includes('change-risk-factors') ?? false;
	return (
		<Page title={t('factors.title')} above={list.data?.municipality_name} lead={t('factors.lead')}>
			{list.error ? (
				<ProblemNote problem={list.error} retry={() => void list.refetch()} />
			) : !list.data ? (
				<Loading shape="card" rows={8} />
			) : (
				<Card>
					<ul className={styles.risks}>
						{list.data.factors.map((factor) => (
							<li key={factor.factor}>
								{open === factor.factor ? (
									<RiskFactorForm path={path} factor={factor} onDone={() => setOpen(null)} />
								) : (
									<FactorLine factor={factor} onOpen={mayChange ? () => setOpen(factor.factor) : null} />
								)}
							</li>
						))}
					</ul>
					{mayChange &&
						(open === 'new' ? (
							<RiskFactorForm path={path} factor={null} onDone={() => setOpen(null)} />
						) : (
							<Button variant="default" onClick={() => setOpen('new')}>
								{t('factors.add')}
							</Button>
						))}
				</Card>
			)}
		</Page>
	);
}

function FactorLine(props: { factor: RiskFactorItem; onOpen: (() => void) | null }) {
	const { t } = useTranslation('risks');
	const language = useLanguage();
	const text = useLocalText();
	const { factor, onOpen } = props;
	const number = (value: number) => formatShort(value, language, 2);
	return (
		<div className={styles.answer}>
			<div className={styles.planHead}>
				<span className={styles.name}>{text(factor.title)}</span>
				{onOpen && (
					<Button
						variant="subtle"
						size="compact-sm"
						onClick={onOpen}
						aria-label={t('factors.change_of', { title: text(factor.title) })}
					>
						{t('factors.change')}
					</Button>
				)}
			</div>
			<p className={styles.aside}>
				{t(factor.is_on ? 'factors.on' : 'factors.off')}
				{!factor.is_shipped && ` · ${t('factors.own')}`}
				{factor.changed_at !== null &&
					` · ${t('factors.changed', {
						name: factor.changed_by_name,
						date: formatDate(factor.changed_at, language),
					})}`}
			</p>
			{factor.inputs.length > 0 && (
				<ul className={styles.signs}>
					{factor.inputs.map((input) => (
						<li key={input.id}>
							{text(input.title)}{' '}
							<span className={styles.aside}>
								{t('proposal.norm', { good: number(input.good), bad: number(input.bad) })}
							</span>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
