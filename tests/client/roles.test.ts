import { describe, expect, test } from 'vitest';
import { turnChannel } from '#client/workshop/channel.ts';
import { addElement, changeElement } from '#client/workshop/draft-model.ts';
import {
	findElement,
	listElements,
	type Option,
	readOptions,
	writeOptions,
} from '#client/workshop/draft-parts.ts';
import { followRoles, giveRole, nameRating, readRole, removeWhole, rolesOf } from '#client/workshop/roles.ts';
import type { WorkshopContent } from '#server/contract/workshop.ts';
import { finishKey } from '#server/workshop/content.ts';
import { BASIC_CUT_SCORES } from '#surveys/deficit-level.ts';
import type { Key } from '#surveys/key.ts';
import { lintInstrument } from '#surveys/lint/lint.ts';
import { compileScoring } from '#surveys/scoring.ts';
import type { InstrumentContent } from '#surveys/workshop/content.ts';
import { startFromTemplate } from '#surveys/workshop/templates.ts';

const start = (template: string) => startFromTemplate(template, 'new') as unknown as WorkshopContent;
const asContent = (content: WorkshopContent) => content as unknown as InstrumentContent;
const errors = (content: WorkshopContent) =>
	lintInstrument(asContent(content)).findings.filter(({ severity }) => severity === 'error');
const publish = (content: WorkshopContent) => finishKey(asContent(content).key, 1) as Key;
const give = (content: WorkshopContent, item: string, role: Parameters<typeof giveRole>[3]) =>
	giveRole(content, findElement(content, item.split('.')[0]!)!, item, role);
const change = (content: WorkshopContent, name: string, part: Record<string, unknown>) =>
	followRoles(changeElement(content, name, part), name, findElement(content, name));
/** A further question of several choices, in words. */
function ask(content: WorkshopContent, words: string[]): { content: WorkshopContent; name: string } {
	const added = addElement(content, 'checkbox', null, []);
	const options = words.map((text, index) => ({ value: 'abcdef'[index]!, text: { ru: text, en: text } }));
	return {
		name: added.name,
		content: changeElement(added.content, added.name, {
			title: { ru: 'Какие материалы нужны?', en: 'Which materials?' },
			choices: options,
		}),
	};
}

describe('the place of questions in the summary of needs', () => {
	test('is offered for questions of several choices, and nothing else', () => {
		const needs = start('needs-survey');
		const offering = listElements(needs)
			.filter((element) => rolesOf('needs_survey', element).length > 1)
			.map(({ name }) => name);
		expect(offering).toEqual(['form']);
		expect(rolesOf('questionnaire', findElement(needs, 'form')!)).toEqual(['none']);
	});

	test('makes each option a theme, so that the instrument can be published and counted', () => {
		const needs = give(start('needs-survey'), 'form', 'professional_theme');
		expect(errors(needs)).toEqual([]);
		const key = publish(needs);
		expect(key.scales.map(({ kind }) => kind)).toEqual(Array(4).fill('professional_theme'));
		expect(key.scales[0]?.title).toEqual({ ru: 'Наставник', en: 'A mentor' });
		const [first, second] = key.scales.map(({ scale }) => scale);
		const scored = compileScoring(key, asContent(needs).survey)({ form: [first] });
		const percentOf = (scale: string | undefined) =>
			scored.scales.find((each) => each.scale === scale)?.percent;
		expect([percentOf(first), percentOf(second)]).toEqual([100, 0]);
	});

	test('keeps the themes of two questions apart, and conditions ask for the new names', () => {
		const needs = give(start('needs-survey'), 'form', 'professional_theme');
		const asked = ask(needs, ['Банк заданий', 'Видео уроков']);
		const conditional = changeElement(asked.content, 'words', { visibleIf: `{${asked.name}} contains 'b'` });
		const both = give(conditional, asked.name, 'information_theme');
		const values = readOptions(findElement(both, asked.name)!)!.map(({ value }) => value);
		expect(values).toEqual([`${asked.name}_a`, `${asked.name}_b`]);
		expect(findElement(both, 'words')?.visibleIf).toContain(`${asked.name}_b`);
		expect(errors(both)).toEqual([]);
		expect(publish(both).scales.map(({ kind }) => kind)).toEqual([
			...Array(4).fill('professional_theme'),
			...Array(2).fill('information_theme'),
		]);
	});

	test('follows the options: words, further ones, ones that go, and another type', () => {
		const needs = give(start('needs-survey'), 'form', 'information_theme');
		const options = readOptions(findElement(needs, 'form')!)!;
		const spoken: Option[] = [
			{ value: options[0]!.value, text: { ru: 'Коллега-наставник', en: 'A mentor' } },
			{ value: 'z', text: { ru: 'Стажировка', en: 'A placement' } },
			{ value: 'none', text: { ru: 'Ничего из этого', en: 'None of these' } },
		];
		const changed = change(needs, 'form', writeOptions(findElement(needs, 'form')!, spoken));
		expect(changed.key.scales).toEqual([
			{
				scale: options[0]!.value,
				kind: 'information_theme',
				title: { ru: 'Коллега-наставник', en: 'A mentor' },
			},
			{ scale: 'z', kind: 'information_theme', title: { ru: 'Стажировка', en: 'A placement' } },
		]);
		expect(errors(changed)).toEqual([]);
		expect(change(changed, 'form', { type: 'radiogroup' }).key).toMatchObject({ items: [], scales: [] });
		expect(removeWhole(changed, 'form').key).toMatchObject({ items: [], scales: [] });
		expect(give(changed, 'form', 'none').key).toMatchObject({ items: [], scales: [] });
	});
});

describe('the marks of a feedback', () => {
	const scale = ['Нет', 'Скорее нет', 'Скорее да', 'Да'].map((ru) => ({ ru, en: ru }));
	function rated(): { content: WorkshopContent; name: string } {
		const added = addElement(start('event-feedback'), 'rating', null, scale);
		const title = { ru: 'Было полезно', en: 'It was useful' };
		return { ...added, content: changeElement(added.content, added.name, { title }) };
	}

	test('come from a question with a scale, and have a name of their own', () => {
		const { content, name } = rated();
		const marked = give(content, name, 'rating');
		expect(readRole(marked, name)).toBe('rating');
		expect(errors(marked)).toEqual([]);
		const [only] = publish(marked).scales;
		expect(only).toEqual({ scale: name, kind: 'rating', title: { ru: 'Было полезно', en: 'It was useful' } });
		const named = nameRating(marked, name, { ru: 'Польза', en: 'Use' });
		const retold = change(named, name, { title: { ru: 'Пригодится ли?', en: 'Will it help?' } });
		expect(retold.key.scales[0]?.title).toEqual({ ru: 'Польза', en: 'Use' });
		const followed = change(marked, name, { title: { ru: 'Пригодится ли?', en: 'Will it help?' } });
		expect(followed.key.scales[0]?.title).toEqual({ ru: 'Пригодится ли?', en: 'Will it help?' });
	});

	test('may stand row by row in a table, and go with the row', () => {
		const added = addElement(start('event-feedback'), 'matrix', null, scale);
		const rows = ['Польза', 'Темп'].map((ru, index) => ({ value: `r${index + 1}`, text: { ru, en: ru } }));
		const table = changeElement(added.content, added.name, { title: { ru: 'Оцените', en: 'Rate' }, rows });
		const marked = give(give(table, `${added.name}.r1`, 'rating'), `${added.name}.r2`, 'rating');
		expect(errors(marked)).toEqual([]);
		expect(publish(marked).scales.map(({ title }) => title?.ru)).toEqual(['Польза', 'Темп']);
		const shorter = change(marked, added.name, { rows: rows.slice(1) });
		expect(shorter.key.scales.map(({ title }) => title)).toEqual([{ ru: 'Темп', en: 'Темп' }]);
		expect(errors(shorter)).toEqual([]);
	});

	test('go when the instrument becomes one of another kind', () => {
		const { content, name } = rated();
		const draft = {
			channels: ['self_assessment', 'feedback', 'needs_survey', 'questionnaire'].map((channel) => ({
				channel,
				measures: channel === 'self_assessment',
			})),
			basic_cut_scores: [...BASIC_CUT_SCORES],
		};
		const marked = give(content, name, 'rating');
		for (const channel of ['self_assessment', 'needs_survey', 'questionnaire'])
			expect(turnChannel(marked, channel, draft).key).toMatchObject({ items: [], scales: [] });
	});
});
