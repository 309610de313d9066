import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { isOfResults } from '#server/contract/import-kinds.ts';
import type { ImportKind, importProfile, ResultForm } from '#server/contract/imports.ts';
import type { ProcedureItem } from '#server/contract/results.ts';
import { download, postFile, useReply } from '../api.ts';
import { currentLanguage, useLocalText } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { FileDrop } from './FileDrop.tsx';
import styles from './Imports.module.css';
import { importKinds } from './import-job.ts';

/** Rows of pupils, and the tables that say of a school only sums. */
const resultForms: ResultForm[] = ['pupils', 'marks', 'scores', 'journal', 'item-rows'];

/** Kind, sheet to fill in, file: then the dry run begins, and nothing is stored by it. */
export function ImportStart() {
	const { t } = useTranslation('imports');
	const text = useLocalText();
	const navigate = useNavigate();
	const client = useQueryClient();
	const { session } = useSession();
	const may = (kind: ImportKind) =>
		session?.acts.includes(isOfResults(kind) ? 'import-results' : 'import-registry') ?? false;
	const kinds = importKinds.filter(may);
	const [kind, setKind] = useState<ImportKind>(kinds.includes('results') ? 'results' : 'schools');
	const [procedure, setProcedure] = useState('');
	const [profile, setProfile] = useState('');
	const [form, setForm] = useState<ResultForm>('pupils');
	const profiles = useReply<z.infer<typeof importProfile>[]>('/api/imports/profiles');
	const procedures = useReply<ProcedureItem[]>(kind === 'results' ? '/api/procedures' : null);
	const ofKind = (profiles.data ?? []).filter((entry) => entry.kind === kind);
	const isResults = kind === 'results';
	const start = useMutation({
		mutationFn: (file: File) =>
			postFile<{ id: string }>(
				'/api/imports',
				{ kind, file_name: file.name, procedure: isResults ? procedure : '', profile },
				file,
			),
		onSuccess: async ({ id }) => {
			await client.invalidateQueries({ queryKey: ['reply', '/api/imports'] });
			void navigate(`/imports/${id}`);
		},
	});
	const template = useMutation({
		mutationFn: (format: 'xlsx' | 'csv') =>
			download(
				`/api/imports/templates/${kind}`,
				{ format, lang: currentLanguage(), ...(isResults ? { procedure, form } : {}) },
				`${t(isResults ? `form.${form}` : `kind.${kind}`)}.${format}`,
			),
	});
	const choose = (value: string) => {
		setKind(value as ImportKind);
		setProfile('');
		start.reset();
	};
	const isMissingScale = isResults && procedures.data?.length === 0;
	return (
		<Card title={t('start.title')}>
			<div className={styles.start}>
				<ChoiceRow
					label={t('start.kind')}
					options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
					value={kind}
					onChange={choose}
				/>
				<p className={styles.soft}>{t(`about.${kind}`)}</p>
				{isResults && (
					<div className={styles.pair}>
						<NativeSelect
							label={t('start.procedure')}
							description={t('start.procedure_hint')}
							value={procedure}
							onChange={(event) => setProcedure(event.currentTarget.value)}
							data={[
								{ value: '', label: t('start.procedure_in_file') },
								...(procedures.data ?? []).map((entry) => ({
									value: entry.procedure_id,
									label: entry.title,
								})),
							]}
						/>
						{ofKind.length > 0 && (
							<NativeSelect
								label={t('start.profile')}
								description={t('start.profile_hint')}
								value={profile}
								onChange={(event) => setProfile(event.currentTarget.value)}
								data={[
									{ value: '', label: t('start.profile_none') },
									...ofKind.map((entry) => ({ value: entry.name, label: text(entry.title) })),
								]}
							/>
						)}
					</div>
				)}
				{isMissingScale && (
					<EmptyState title={t('start.no_procedures')}>{t('start.no_procedures_why')}</EmptyState>
				)}
				<div className={isResults ? styles.template : styles.foot}>
					{isResults ? (
						<NativeSelect
							className={styles.templateOf}
							label={t('start.template_of')}
							value={form}
							onChange={(event) => setForm(event.currentTarget.value as ResultForm)}
							data={resultForms.map((value) => ({ value, label: t(`form.${value}`) }))}
						/>
					) : (
						<span className={styles.soft}>{t('start.template')}</span>
					)}
					{(['xlsx', 'csv'] as const).map((format) => (
						<Button
							key={format}
							variant="default"
							loading={template.isPending && template.variables === format}
							onClick={() => template.mutate(format)}
						>
							{t(`start.template_${format}`)}
						</Button>
					))}
				</div>
				{template.error && <ProblemNote problem={template.error} />}
				<FileDrop onFile={(file) => start.mutate(file)} isBusy={start.isPending} kind={kind} />
				{start.error && <ProblemNote problem={start.error} />}
			</div>
		</Card>
	);
}
