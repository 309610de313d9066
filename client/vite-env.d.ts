/// <reference types="vite/client" />

declare module '*/SurveyPage.tsx?rare' {
	export { SurveyPage } from './diagnostics/SurveyPage.tsx';
}

declare module '*/SurveyPreview.tsx?rare' {
	export { SurveyPreview } from './diagnostics/SurveyPreview.tsx';
}
