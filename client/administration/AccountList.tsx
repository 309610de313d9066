import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountItem } from '#server/contract/administration.ts';
import { post, remove, useReply } from '../api.ts';
import { formatDay } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { AccountForm } from './AccountForm.tsx';
import styles from './Administration.module.css';
import { GrantForm } from './GrantForm.tsx';

type Grant = AccountItem['grants'][number];

/** Accounts with their roles at places: to open, to close, to grant and to take back. */
export function AccountList() {
	const { t } = useTranslation('administration');
	const accounts = useReply<AccountItem[]>('/api/accounts');
	const [isNew, setNew] = useState(false);
	const [madeLogin, setMadeLogin] = useState('');
	return (
		<Card
			title={t('accounts.title')}
			aside={
				!isNew && (
					<Button variant="default" onClick={() => setNew(true)} className="no-print">
						{t('accounts.new')}
					</Button>
				)
			}
		>
			{isNew && (
				<AccountForm
					onClose={(login) => {
						setNew(false);
						setMadeLogin(login);
					}}
				/>
			)}
			{madeLogin !== '' && (
				<p role="status" className={styles.saved}>
					{t('accounts.made', { login: madeLogin })}
				</p>
			)}
			{accounts.error ? (
				<ProblemNote problem={accounts.error} retry={() => void accounts.refetch()} />
			) : !accounts.data ? (
				<Loading rows={4} />
			) : accounts.data.length === 0 ? (
				<EmptyState title={t('accounts.none')}>{t('accounts.none_why')}</EmptyState>
			) : (
				<ul className={styles.accounts}>
					{accounts.data.map((account) => (
						<Account key={account.account_id} account={account} />
					))}
				</ul>
			)}
		</Card>
	);
}

function Account(props: { account: AccountItem }) {
	const { t } = useTranslation(['administration', 'common']);
	const language = useLanguage();
	const { session } = useSession();
	const client = useQueryClient();
	const [asked, setAsked] = useState<Grant | 'disable' | null>(null);
	const [isGranting, setGranting] = useState(false);
	const { account } = props;
	const path = `/api/accounts/${account.account_id}`;
	const roleWords = (grant: Grant) => `${t(`common:role.${grant.role}`)}, ${grant.place_name}`;
	const act = useMutation({
		mutationFn: async (what: Grant | 'disable'): Promise<void> => {
			if (what === 'disable') await post(`${path}/disable`);
			else await remove(`${path}/grants/${what.grant_id}`);
		},
		onSuccess: async () => {
			setAsked(null);
			await client.invalidateQueries({ queryKey: ['reply', '/api/accounts'] });
		},
	});
	const ask = (what: Grant | 'disable') => {
		act.reset();
		setAsked(what);
	};
	const inForce = account.grants.filter((grant) => grant.revoked_at === null);
	return (
		<li className={styles.account}>
			<div className={styles.accountHead}>
				<span>
					<strong>{account.name}</strong> <span className={styles.aside}>{account.login}</span>
				</span>
				<span className={styles.aside}>
					{account.disabled
						? t('accounts.disabled')
						: account.created_at && t('accounts.since', { day: formatDay(account.created_at, language) })}
				</span>
			</div>
			<ul className={styles.grants}>
				{inForce.length === 0 && <li className={styles.aside}>{t('accounts.no_roles')}</li>}
				{inForce.map((grant) => (
					<li key={grant.grant_id}>
						{roleWords(grant)}
						{!account.disabled && (
							<Button
								variant="subtle"
								size="compact-sm"
								className="no-print"
								aria-label={t('accounts.revoke_of', { role: roleWords(grant), name: account.name })}
								onClick={() => ask(grant)}
							>
								{t('accounts.revoke')}
							</Button>
						)}
					</li>
				))}
			</ul>
			{!account.disabled && !isGranting && (
				<div className={`${styles.foot} no-print`}>
					<Button variant="default" onClick={() => setGranting(true)}>
						{t('accounts.grant')}
					</Button>
					{account.account_id !== session?.account_id && (
						<Button variant="subtle" onClick={() => ask('disable')}>
							{t('accounts.disable')}
						</Button>
					)}
				</div>
			)}
			{isGranting && <GrantForm account={account} onClose={() => setGranting(false)} />}
			{asked && (
				<ConfirmDialog
					isOpen
					title={asked === 'disable' ? t('disable.title', { name: account.name }) : t('revoke.title')}
					confirm={asked === 'disable' ? t('disable.confirm') : t('revoke.confirm')}
					onConfirm={() => act.mutate(asked)}
					onClose={() => setAsked(null)}
					isPending={act.isPending}
					problem={act.error}
					isGrave
				>
					<p>
						{asked === 'disable'
							? t('disable.what')
							: t('revoke.what', { name: account.name, role: roleWords(asked) })}
					</p>
				</ConfirmDialog>
			)}
		</li>
	);
}
