/// <reference types="vite/client" />

declare module '*/SurveyPage.tsx?rare' {
	export { SurveyPage } from './diagnostics/SurveyPage.tsx';
}
