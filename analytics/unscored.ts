import type { Questions } from '#data/warehouse/warehouse.ts';
import type { Filters, Finding, Note, Row, Viewer } from './module.ts';

const finding: Finding = {
	title: { ru: 'В этой диагностике ничего не оценивается', en: 'Nothing is scored in this campaign' },
	subtitle: {
		ru: 'У её анкет нет ни баллов, ни шкал',
		en: 'Its questionnaires have neither points nor scales',
	},
	summary: {
		ru: 'Уровней, баллов и спроса здесь быть не может. Ответы можно выгрузить.',
		en: 'There can be no levels, points or demand. The answers can be exported.',
	},
};

/** What a module without rows says of a campaign that only asks; undefined for every other. */
export async function explainUnscored(
	warehouse: Questions,
	viewer: Viewer,
	filters: Filters,
	rows: readonly Row[],
): Promise<{ finding: Finding; note: Note } | undefined> {
	if (rows.length > 0 || typeof filters.campaign !== 'string') return undefined;
	const { columns } = await warehouse.query(new URL('./unscored.sql', import.meta.url), {
		places: viewer.places,
		campaign: filters.campaign,
	});
	return columns[0]?.[0] === true ? { finding, note: { code: 'nothing-scored' } } : undefined;
}
