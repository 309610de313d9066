import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Respondent } from '#server/contract/respondent.ts';
import styles from './Conditions.module.css';
import { respondentVariables, useRespondentWords } from './respondent-words.ts';

/** Whom the preview takes for the respondent; what is left open is unknown, as in the registry. */
export function RespondentFields(props: {
	survey: Readonly<Record<string, unknown>>;
	value: Respondent;
	onChange: (value: Respondent) => void;
}) {
	const { t } = useTranslation('conditions');
	const words = useRespondentWords();
	const asked = listAsked(props.survey);
	const needed = words.filter(
		({ variable }) =>
			variable !== 'young_specialist' &&
			(asked.includes(variable) || (variable === 'seniority' && asked.includes('young_specialist'))),
	);
	const put = (variable: string, text: string) => {
		const { [variable as 'subject']: _, ...others } = props.value;
		const next: Respondent = text === '' ? others : { ...others, [variable]: text };
		// who is young in the profession follows from the seniority
		const { young_specialist: __, ...rest } = next;
		props.onChange(
			next.seniority === undefined ? rest : { ...rest, young_specialist: next.seniority === '0-3' },
		);
	};
	return (
		<fieldset className={styles.who}>
			<legend>{t('preview.who')}</legend>
			<p className={styles.aside}>
				{asked.length === 0
					? t('preview.not_asked')
					: t('preview.asked', { list: asked.map((each) => t(`variable.${each}`)).join(', ') })}
			</p>
			{needed.length > 0 && (
				<div className={styles.clause}>
					{needed.map(({ variable, title, values }) => (
						<NativeSelect
							key={variable}
							label={title.charAt(0).toUpperCase() + title.slice(1)}
							value={String(props.value[variable] ?? '')}
							data={[
								{ value: '', label: t('preview.unknown') },
								...values.map(({ value, text }) => ({
									value: String(value),
									label: value === '0-3' ? t('preview.young') : text,
								})),
							]}
							onChange={(event) => put(variable, event.currentTarget.value)}
						/>
					))}
				</div>
			)}
			{asked.includes('position') && <p className={styles.aside}>{t('preview.anonymous')}</p>}
		</fieldset>
	);
}

/** Variables that conditions of the survey name. */
function listAsked(survey: unknown) {
	const text = JSON.stringify(survey);
	return respondentVariables.filter((variable) =>
		new RegExp(`\\{\\s*respondent\\.${variable}\\s*\\}`).test(text),
	);
}
