import type { Compute, LocalText, Note, Row, Summarise } from '../module.ts';
import { type Sign, signTexts } from './signs.ts';

const anySign = { ru: 'хотя бы один признак', en: 'at least one sign' };

/** Why a sign can be judged in no response at all. */
const whyNot: Record<Sign, string> = {
	fast: 'not-timed',
	one_answer: 'few-attitude-items',
	inconsistent: 'few-scales',
	incomplete: 'all-missing',
};

const isSign = (sign: string): sign is Sign => Object.hasOwn(signTexts, sign);

/** Puts words to the signs and shares to the counts; a sign that cannot be judged has a note in place of a share. */
export const compute: Compute = (rows, { language, presets }) => {
	const result = rows.map((input): Row => {
		const sign = String(input.sign);
		const n = Number(input.n);
		const words: LocalText = isSign(sign) ? signTexts[sign] : anySign;
		return {
			...(input as Row),
			sign_title: words[language],
			share: n > 0 ? Number(input.n_flagged) / n : null,
			share_coded: null,
			note: n > 0 ? null : isSign(sign) ? whyNot[sign] : 'all-missing',
		};
	});
	const values: Record<string, Record<string, number>> = {
		'few-attitude-items': { minimum: Number(presets.minimum_attitude_items) },
		'few-scales': { minimum: Number(presets.minimum_scales) },
	};
	const missing = new Set(result.flatMap(({ note }) => (note === null ? [] : [String(note)])));
	const notes = [...missing].map(
		(code): Note => ({
			code,
			count: result.filter(({ note }) => note === code).length,
			...(values[code] && { values: values[code] }),
		}),
	);
	return { rows: result, notes };
};

const percent = (value: unknown) => Math.round(Number(value) * 100);

/** Says how many responses carry a sign, in the whole of what is shown, without pointing at a group. */
export const summarise: Summarise = (rows, { filters }) => {
	const by =
		filters.by === 'school'
			? { ru: 'по школам', en: 'by school' }
			: { ru: 'по муниципалитетам', en: 'by municipality' };
	const subtitle = {
		ru: `Доля ответов с признаками ${by.ru}. Признак — повод посмотреть внимательнее, а не вывод о человеке`,
		en: `Share of responses with signs ${by.en}. A sign is a reason to look closer, not a verdict on a person`,
	};
	const shown = rows.filter(({ sign, share }) => sign === 'any' && typeof share === 'number');
	const hidden = rows.filter(({ n }) => n === null).length;
	const summary = {
		ru: `Строк: ${rows.length}, скрыто: ${hidden}.`,
		en: `Rows: ${rows.length}, hidden: ${hidden}.`,
	};
	if (rows.length === 0)
		return {
			title: { ru: 'Выпущенных ответов пока нет', en: 'No released responses yet' },
			subtitle,
			summary,
		};
	if (shown.length === 0)
		return {
			title: { ru: 'Группы слишком малы, чтобы показать доли', en: 'Groups are too small to show shares' },
			subtitle,
			summary,
		};
	const [first] = shown;
	if (shown.length === 1 && first) {
		const bound =
			first.share_coded === '<='
				? { ru: 'не больше ', en: 'at most ' }
				: first.share_coded === '>='
					? { ru: 'не меньше ', en: 'at least ' }
					: { ru: '', en: '' };
		return {
			title: {
				ru: `${first.group_label}: признаки есть у ${bound.ru}${percent(first.share)} % ответов, n = ${first.n}`,
				en: `${first.group_label}: ${bound.en}${percent(first.share)} % of responses carry a sign, n = ${first.n}`,
			},
			subtitle,
			summary,
		};
	}
	const exact = shown.filter(({ share_coded }) => share_coded === null).map(({ share }) => Number(share));
	const [least, most] = [percent(Math.min(...exact)), percent(Math.max(...exact))];
	const range = least === most ? `${least} %` : `${least}–${most} %`;
	return {
		title:
			exact.length === 0
				? { ru: 'Признаки есть лишь у немногих ответов', en: 'Only a few responses carry a sign' }
				: {
						ru: `Ответов с признаками в группах, где долю можно назвать: ${range}`,
						en: `Responses with signs, where the share can be told: ${range}`,
					},
		subtitle,
		summary,
	};
};
