import type { Random } from '#data/simulation/random.ts';

const words = [
	'Больше разбора реальных работ учеников.',
	'Хотелось бы видеть урок целиком, а не отрывки.',
	'Перерыв сделать длиннее.',
	'Раздать материалы заранее.',
	'Меньше теории в начале.',
	'Отдельную группу для начальных классов.',
	'Проводить в каникулы, а не в конце четверти.',
	'Показать, как это делают в малокомплектной школе.',
	'Всё понравилось, менять ничего не нужно.',
	'Чаще давать слово участникам.',
];

/** What a participant adds to the marks of an event: pace, follow-up, and now and then words. */
export function simulateRemarks(random: Random): Record<string, unknown> {
	const follow_up = ['materials', 'practice', 'consultation'].filter(() => random.chance(0.4));
	return {
		pace: random.pick(['right', 'right', 'right', 'fast', 'slow']),
		follow_up: follow_up.length > 0 ? follow_up : ['nothing'],
		...(random.chance(0.15) && { change: random.pick(words) }),
	};
}
