import { Button } from '@mantine/core';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FileReply, SignerItem } from '#server/contract/workshop.ts';
import { download, post, postFile } from '../api.ts';
import { useLocalText } from '../i18n.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { FindingList } from './FindingList.tsx';
import styles from './Workshop.module.css';

/** A sheet, a SurveyJS file or a signed archive: looked at first, stored when the methodist says so. */
export function IncomingFile(props: { home: string; isHomeNeeded: boolean }) {
	const { t } = useTranslation('workshop');
	const text = useLocalText();
	const navigate = useNavigate();
	const input = useRef<HTMLInputElement>(null);
	const [file, setFile] = useState<File | null>(null);
	const send: UseMutationResult<FileReply, Error, { chosen: File; store: 'yes' | 'no' }> = useMutation({
		mutationFn: ({ chosen, store }: { chosen: File; store: 'yes' | 'no' }) =>
			postFile<FileReply>(
				'/api/workshop/files',
				{
					file_name: chosen.name,
					store,
					// a further version stays where its instrument is
					municipality_id: store === 'yes' && !send.data?.follows?.home ? props.home : null,
				},
				chosen,
			),
		onSuccess: ({ draft_id }) => {
			if (draft_id) void navigate(`/workshop/drafts/${draft_id}`);
		},
	});
	const take = (chosen: File | undefined) => {
		if (!chosen) return;
		setFile(chosen);
		send.mutate({ chosen, store: 'no' });
	};
	const { data } = send;
	return (
		<Card title={t('file.title')}>
			<div className={styles.fields}>
				<p>{t('file.lead')}</p>
				<div className={styles.foot}>
					<Button variant="light" loading={send.isPending} onClick={() => input.current?.click()}>
						{t('file.choose')}
					</Button>
					<Button
						variant="subtle"
						onClick={() => void download('/api/workshop/sheet', {}, 'instrument.xlsx')}
					>
						{t('file.sheet')}
					</Button>
				</div>
				<input
					ref={input}
					type="file"
					className="visually-hidden"
					tabIndex={-1}
					accept=".xlsx,.csv,.json,.zip"
					aria-label={t('file.choose')}
					onChange={(event) => {
						take(event.currentTarget.files?.[0]);
						// the same file, corrected, must be choosable again
						event.currentTarget.value = '';
					}}
				/>
				{send.error && <ProblemNote problem={send.error} />}
				{data && file && (
					<div role="status" className={styles.looked}>
						<strong>{t(`file.kind_${data.kind}`, { title: text(data.title), count: data.items })}</strong>
						{data.signer && <Signature signer={data.signer} />}
						{data.follows && <p>{t('file.follows', { version: data.follows.version })}</p>}
						{data.issues.length > 0 ? (
							<>
								<p className={styles.bad}>{t('file.faulty', { count: data.issues.length })}</p>
								<ul className={styles.findings}>
									{data.issues.map((issue) => (
										<li key={`${issue.row}${issue.column}${issue.text}`} className={styles.error}>
											{issue.text}
										</li>
									))}
								</ul>
							</>
						) : (
							<>
								<p>{t('file.nothing_stored')}</p>
								<FindingList findings={data.findings} />
								<Button
									className={styles.start}
									loading={send.isPending}
									disabled={props.isHomeNeeded && !data.follows?.home}
									onClick={() => send.mutate({ chosen: file, store: 'yes' })}
								>
									{t('file.store')}
								</Button>
							</>
						)}
					</div>
				)}
			</div>
		</Card>
	);
}

function Signature(props: { signer: SignerItem }) {
	const { t } = useTranslation('workshop');
	const [signer, setSigner] = useState(props.signer);
	const trust = useMutation({
		mutationFn: () => post<SignerItem>(`/api/workshop/signers/${signer.fingerprint}/trust`),
		onSuccess: setSigner,
	});
	return (
		<p>
			{t(`signer.${signer.trust}`, { name: signer.name })}{' '}
			<span className={styles.aside}>
				{t('signer.fingerprint', { start: signer.fingerprint.slice(0, 16) })}
			</span>
			{signer.trust === 'known' && (
				<Button variant="subtle" size="compact-sm" onClick={() => trust.mutate()}>
					{t('signer.trust')}
				</Button>
			)}
		</p>
	);
}
