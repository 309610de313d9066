import { expect, onTestFinished, test } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import { runModule } from '#analytics/run.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';

test('only a plan in force covers, and the reason tells the other cases apart', async () => {
	const warehouse = await openScratch();
	onTestFinished(() => warehouse.close());
	const schools = ['none', 'draft', 'agreed', 'active', 'empty', 'completed', 'cancelled', 'renewed'];
	const at = (id: string) => `'${id}', 'M1', 'R1'`;
	const plans = schools
		.slice(1)
		.flatMap((id) =>
			id === 'renewed'
				? [`('old', ${at(id)}, 'completed')`, `('new', ${at(id)}, 'active')`]
				: [`('${id}', ${at(id)}, '${id === 'empty' ? 'active' : id}')`],
		);
	const measure = (plan: string, school: string, state: string, due: string, done: string | null) =>
		`('${plan}', ${at(school)}, '${state}', '${due}', ${done ? `'${done}'` : 'null'})`;
	const done = (plan: string, school = plan) =>
		[1, 2, 3, 4, 5].map(() => measure(plan, school, 'done', '2026-02-01', '2026-01-15'));
	const measures = [
		...['draft', 'active', 'completed', 'cancelled'].flatMap((id) => done(id)),
		...done('old', 'renewed'),
		measure('new', 'renewed', 'done', '2026-02-01', '2026-01-15'),
		measure('new', 'renewed', 'planned', '2026-02-01', null),
		measure('new', 'renewed', 'cancelled', '2026-02-01', null),
		measure('new', 'renewed', 'planned', '2099-02-01', null),
		measure('agreed', 'agreed', 'planned', '2099-02-01', null),
		measure('empty', 'empty', 'cancelled', '2026-02-01', null),
	];
	await warehouse.write(async (writer) => {
		await writer.run(`insert into main.school (school_id, name, municipality_id, region_id) values
			${schools.map((id) => `('${id}', '${id}', 'M1', 'R1')`).join(', ')}`);
		await writer.run(`insert into main.support_plan (plan_id, school_id, municipality_id, region_id, state)
			values ${plans.join(', ')}`);
		await writer.run(`insert into main.plan_measure
			(plan_id, school_id, municipality_id, region_id, state, due_on, done_on) values ${measures.join(', ')}`);
		await writer.run(`insert into main.risk_rating (school_id, municipality_id, region_id, year, factor, risk_index, stands)
			values ${schools.map((id) => `(${at(id)}, 2026, 'failure', 50, true)`).join(', ')}`);
	});
	const { columns } = await runModule(findModule('support-priority')!, {
		warehouse,
		viewer: { role: 'leader', places: ['region/R1'], codes: [] },
		filters: {},
		language: 'ru',
	});
	const found = Object.fromEntries(
		columns.school_id!.map((id, row) => [
			id,
			['has_plan', 'coverage', 'measures_in_time', 'measures_due'].map((name) => columns[name]![row]),
		]),
	);
	expect(found).toEqual({
		none: [false, null, 0, 0],
		draft: [false, null, 0, 0],
		agreed: [true, null, 0, 0],
		active: [true, 1, 5, 5],
		empty: [true, null, 0, 0],
		completed: [false, null, 0, 0],
		cancelled: [false, null, 0, 0],
		renewed: [true, 0.5, 1, 2],
	});
	const reasons = Object.fromEntries(
		columns.school_id!.map((id, row) => [id, String(columns.reason_text![row]).split('; ').at(-1)]),
	);
	expect(reasons).toEqual({
		none: 'плана поддержки нет',
		draft: 'план поддержки пока в черновике',
		agreed: 'план есть, сроки мер ещё не наступили',
		active: 'выполнено в срок мер: 5 из 5',
		empty: 'план есть, но мер в нём нет',
		completed: 'прежний план поддержки завершён, действующего нет',
		cancelled: 'плана поддержки нет',
		renewed: 'выполнено в срок мер: 1 из 2',
	});
});
