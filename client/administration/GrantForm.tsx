import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountItem } from '#server/contract/administration.ts';
import { post } from '../api.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Administration.module.css';
import { type RolePlace, RolePlaceFields } from './RolePlaceFields.tsx';

/** One more role for an account. */
export function GrantForm(props: { account: AccountItem; onClose: () => void }) {
	const { t } = useTranslation('administration');
	const client = useQueryClient();
	const [grant, setGrant] = useState<RolePlace>({ role: 'school_coordinator', place: '' });
	const save = useMutation({
		mutationFn: () => post<AccountItem>(`/api/accounts/${props.account.account_id}/grants`, grant),
		onSuccess: async () => {
			await client.invalidateQueries({ queryKey: ['reply', '/api/accounts'] });
			props.onClose();
		},
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (grant.place) save.mutate();
	};
	return (
		<form onSubmit={submit} className={styles.form}>
			<RolePlaceFields value={grant} onChange={setGrant} />
			{save.error && <ProblemNote problem={save.error} />}
			<div className={styles.foot}>
				<Button type="submit" loading={save.isPending} disabled={grant.place === ''}>
					{t('grant.save')}
				</Button>
				<Button variant="subtle" onClick={props.onClose}>
					{t('cancel')}
				</Button>
			</div>
		</form>
	);
}
