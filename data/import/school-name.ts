import { normaliseWord } from './cell-rules.ts';

/** Legal forms that say nothing about which school it is. */
const legalForms = new Set([
	'мбоу',
	'моу',
	'маоу',
	'мкоу',
	'мобу',
	'моау',
	'мбу',
	'мау',
	'мку',
	'мб',
	'гбоу',
	'гоу',
	'гаоу',
	'гкоу',
	'гоау',
	'огбоу',
	'обоу',
	'кгбоу',
	'кгкоу',
	'бмоу',
	'кмоу',
	'амоу',
	'чоу',
	'ноу',
	'чуоо',
	'ано',
	'фгкоу',
]);

const legalPhrase =
	/(?:(?:муниципальн|государственн|областн|краев|бюджетн|автономн|казенн|частн|федеральн)\S* )+(?:(?:обще)?образовательн\S* )?(?:учреждени|организаци)\S* ?/g;

const spelledOut: [RegExp, string][] = [
	[/средн\S* общеобразовательн\S* школ\S*/g, 'сош'],
	[/основн\S* общеобразовательн\S* школ\S*/g, 'оош'],
	[/начальн\S* общеобразовательн\S* школ\S*/g, 'нош'],
	[/средн\S* школ\S*/g, 'сш'],
];

/**
 * A school's name as two people would agree on it: without case, `ё`, quotes, the legal form («МБОУ», «муниципальное
 * бюджетное общеобразовательное учреждение») and the sign of a number; the kind of school in its short form.
 */
export function schoolNameKey(name: string): string {
	let key = normaliseWord(
		name
			.replace(/["'«»“”„`]/g, ' ')
			.replace(/[№#]\s*/g, ' ')
			.replace(/[.,()]/g, ' '),
	);
	key = key.replace(legalPhrase, ' ');
	for (const [long, short] of spelledOut) key = key.replace(long, short);
	return key
		.split(' ')
		.filter((part) => part !== '' && !legalForms.has(part))
		.join(' ');
}
