import type { Demo } from '#data/demo/create.ts';
import { findSchool } from '#data/records/registry/schools.ts';
import { recordRemarking } from '#data/records/results/remarkings.ts';
import { recordReply } from '#data/records/results/replies.ts';
import { updateMeasure } from '#data/records/support/measures.ts';
import { changePlanState, createPlan, findPlan } from '#data/records/support/plans.ts';
import { type EvidenceFloors, freezeEvidence } from './evidence.ts';
import type { Asker } from './session.ts';

const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export interface DemoPeople {
	leader: Asker;
	coordinator: Asker;
}

/**
 * What the people of the demo have begun: a plan under way for the school with signs, one of its steps overdue, the papers
 * of one procedure marked again, the school's explanation, and a plan to decide on for a school with low results. Evidence is what the modules really say.
 */
export async function beginDemoPlans(
	floors: EvidenceFloors,
	demo: Demo,
	{ leader, coordinator }: DemoPeople,
): Promise<void> {
	const { records } = floors;
	const year = demo.years.at(-1)!;
	const schoolOf = (role: string): string | undefined =>
		demo.schools.find((school) => school.role === role)?.school_id;
	const lifting = schoolOf('lifting');
	const low = schoolOf('low');
	if (lifting) {
		const evidence = await freezeEvidence(
			floors,
			leader,
			{ module: 'result-objectivity', filters: { school: lifting, year } },
			'ru',
		);
		const school = await findSchool(records.db, lifting);
		await records.transaction(async (trx) => {
			const id = await createPlan(trx, {
				school_id: lifting,
				title: `Объективность оценивания: ${school?.name}`,
				basis: 'flag',
				evidence,
				goal: 'К следующей ВПР проверять работы по единым критериям и без сдвига у границ отметок.',
				indicator: 'Уровень признаков необъективности',
				baseline: null,
				target: 0,
				unit: '',
				due_on: dayFrom(190),
				curator: leader.name,
				created_by: leader.account_id!,
				created_at: `${dayFrom(-60)}T08:00:00.000Z`,
				measures: [
					{
						title: 'Семинар по критериям оценивания ВПР для предметных объединений',
						owner: 'Методическая служба',
						starts_on: dayFrom(-50),
						due_on: dayFrom(-30),
					},
					{
						title: 'Взаимная проверка работ со школой-соседом',
						owner: coordinator.name,
						starts_on: dayFrom(-30),
						due_on: dayFrom(-5),
					},
					{
						title: 'Независимое наблюдение и перепроверка на следующей процедуре',
						owner: 'Методическая служба',
						starts_on: dayFrom(100),
						due_on: dayFrom(180),
					},
				],
			});
			const at = `${dayFrom(-55)}T08:00:00.000Z`;
			await changePlanState(trx, id, 'agreed', { by: leader.account_id!, at });
			await changePlanState(trx, id, 'active', { by: leader.account_id!, at });
			const [seminar] = (await findPlan(trx, id))!.measures;
			await updateMeasure(
				trx,
				id,
				seminar!.id,
				{ state: 'done', progress: 'Участвовали 14 учителей.', done_on: dayFrom(-32) },
				{ by: coordinator.account_id!, at: `${dayFrom(-32)}T12:00:00.000Z` },
			);
			await recordRemarking(
				trx,
				lifting,
				{
					procedure_id: `vpr-${year}-mat4`,
					class: null,
					remarked_on: dayFrom(-40),
					sampled: 20,
					remarked: 20,
					unchanged: 13,
					raised: 1,
					lowered: 6,
					commission: 'Муниципальная комиссия: методисты и учителя двух соседних школ',
					document: 'Приказ управления образования (демонстрационный)',
					remark:
						'Чаще всего отметка снижена в работах у самой границы «3» и «4»: за неполное решение ставили полный балл.',
				},
				{ by: leader.account_id!, at: `${dayFrom(-39)}T10:00:00.000Z` },
			);
			await recordReply(trx, {
				school_id: lifting,
				year,
				module: 'result-objectivity',
				text: 'Работы проверяли те же учителя, что ведут класс. В этом году организуем взаимную проверку с соседней школой и просим прислать независимого наблюдателя.',
				replied_by: coordinator.account_id!,
				replied_at: `${dayFrom(-58)}T09:30:00.000Z`,
			});
		});
	}
	if (!low) return;
	const evidence = await freezeEvidence(
		floors,
		leader,
		{ module: 'low-results', filters: { school: low } },
		'ru',
	);
	const school = await findSchool(records.db, low);
	await records.transaction((trx) =>
		createPlan(trx, {
			school_id: low,
			title: `Адресная помощь: ${school?.name}`,
			basis: 'flag',
			evidence,
			goal: 'Снизить долю отметок «2» по математике и русскому языку при объективной проверке.',
			indicator: 'Доля отметок «2»',
			baseline: null,
			target: 20,
			unit: '%',
			due_on: dayFrom(200),
			curator: leader.name,
			created_by: leader.account_id!,
			measures: [
				{
					title: 'Самодиагностика школы и выбор трёх факторов риска',
					owner: 'Школа',
					starts_on: dayFrom(3),
					due_on: dayFrom(24),
				},
				{
					title: 'Выезд методистов: посещение уроков, разбор типичных ошибок',
					owner: 'Методическая служба',
					starts_on: dayFrom(20),
					due_on: dayFrom(60),
				},
			],
		}),
	);
}
