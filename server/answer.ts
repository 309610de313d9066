import type { ModuleResult } from '#analytics/module.ts';
import { noteText } from '#analytics/notes.ts';
import type { AnalyticsAnswer } from './contract/analytics.ts';
import type { Language } from './language.ts';

/** A module's result in the words of one language. */
export function renderAnswer(result: ModuleResult, language: Language): AnalyticsAnswer {
	const { module, version, fields, columns, length, notes, finding, meta } = result;
	return {
		fields: fields.map(({ name, type, label, unit, format }) => ({
			name,
			type,
			label: label[language],
			...(unit && { unit: unit[language] }),
			...(format && { format }),
		})),
		columns,
		notes: notes.map(({ code, count, values }) => ({
			code,
			text: noteText(code, language, values),
			...(count !== undefined && { count }),
		})),
		finding: {
			title: finding.title[language],
			subtitle: finding.subtitle[language],
			summary: finding.summary[language],
		},
		meta: {
			module,
			version,
			rows: length,
			filters: meta.filters,
			presets: meta.presets,
			watermark: meta.watermark,
			computed_at: meta.computed_at,
		},
	};
}
