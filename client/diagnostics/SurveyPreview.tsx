import 'survey-core/survey-core.fontless.min.css';
import 'survey-core/i18n/russian';
import './survey-theme.css';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Model } from 'survey-core';
import { Survey } from 'survey-react-ui';
import { surveyTheme } from './survey-theme.ts';

interface Shown {
	survey: unknown;
	language: string;
	respondent?: object;
}

/**
 * A survey shown inside the workshop's frame: it comes by message from the page around, of this site only; answers stay
 * here and are sent nowhere. A change of the survey keeps the answers and the page that still exist.
 */
export function SurveyPreview() {
	const { t } = useTranslation('diagnostics');
	const [model, setModel] = useState<Model | null>(null);
	useEffect(() => {
		const show = (event: MessageEvent<{ kind?: string } & Shown>) => {
			if (event.origin !== window.location.origin || event.source !== window.parent) return;
			if (event.data?.kind === 'opora-preview') setModel((old) => makeModel(event.data, old));
		};
		window.addEventListener('message', show);
		if (window.parent !== window)
			window.parent.postMessage({ kind: 'opora-preview-ready' }, window.location.origin);
		return () => window.removeEventListener('message', show);
	}, []);
	return (
		<main style={{ padding: 12 }} data-preview={model ? 'shown' : 'waiting'}>
			{model ? <Survey model={model} /> : <p>{t('preview.waiting')}</p>}
		</main>
	);
}

function makeModel({ survey, language, respondent = {} }: Shown, old: Model | null): Model {
	const model = new Model(survey);
	model.applyTheme(surveyTheme);
	model.locale = language;
	model.focusFirstQuestionAutomatic = false;
	model.questionErrorLocation = 'top';
	model.showCompletePage = true;
	model.setVariable('respondent', respondent);
	if (old) {
		model.data = old.data;
		model.currentPageNo = Math.min(old.currentPageNo, Math.max(0, model.visiblePageCount - 1));
	}
	return model;
}
