import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountItem } from '#server/contract/administration.ts';
import { post } from '../api.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Administration.module.css';
import { type RolePlace, RolePlaceFields } from './RolePlaceFields.tsx';

/** A new account with its first role. */
export function AccountForm(props: { onClose: (madeLogin: string) => void }) {
	const { t } = useTranslation('administration');
	const client = useQueryClient();
	const [name, setName] = useState('');
	const [login, setLogin] = useState('');
	const [password, setPassword] = useState('');
	const [grant, setGrant] = useState<RolePlace>({ role: 'school_coordinator', place: '' });
	const create = useMutation({
		mutationFn: () =>
			post<AccountItem>('/api/accounts', {
				name: name.trim(),
				login: login.trim(),
				password,
				grants: [grant],
			}),
		onSuccess: async (account) => {
			await client.invalidateQueries({ queryKey: ['reply', '/api/accounts'] });
			props.onClose(account.login);
		},
	});
	const isWhole = name.trim() !== '' && login.trim() !== '' && password !== '' && grant.place !== '';
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (isWhole) create.mutate();
	};
	return (
		<form onSubmit={submit} className={styles.form} autoComplete="off">
			<div className={styles.fields}>
				<TextInput
					label={t('form.name')}
					description={t('form.name_hint')}
					value={name}
					onChange={(event) => setName(event.currentTarget.value)}
					maxLength={300}
					required
				/>
				<TextInput
					label={t('form.login')}
					description={t('form.login_hint')}
					value={login}
					onChange={(event) => setLogin(event.currentTarget.value)}
					pattern="[A-Za-z0-9._\-]{3,60}"
					autoComplete="off"
					required
				/>
				<PasswordInput
					label={t('form.password')}
					description={t('form.password_hint')}
					value={password}
					onChange={(event) => setPassword(event.currentTarget.value)}
					maxLength={200}
					autoComplete="new-password"
					required
				/>
			</div>
			<RolePlaceFields value={grant} onChange={setGrant} />
			{create.error && <ProblemNote problem={create.error} />}
			<div className={styles.foot}>
				<Button type="submit" loading={create.isPending} disabled={!isWhole}>
					{t('form.create')}
				</Button>
				<Button variant="subtle" onClick={() => props.onClose('')}>
					{t('cancel')}
				</Button>
			</div>
		</form>
	);
}
