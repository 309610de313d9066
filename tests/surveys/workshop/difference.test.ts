import { describe, expect, it } from 'vitest';
import type { InstrumentContent } from '#surveys/workshop/content.ts';
import { listChanges } from '#surveys/workshop/difference.ts';
import { startFromTemplate } from '#surveys/workshop/templates.ts';

type Json = Record<string, unknown>;
const fresh = (): InstrumentContent =>
	JSON.parse(JSON.stringify(startFromTemplate('keyed-test', 'sample'))) as InstrumentContent;
const elements = (content: InstrumentContent): Json[] =>
	(content.survey.pages as { elements: Json[] }[])[0]!.elements;

describe('the difference of two versions', () => {
	it('is nothing between equals', () => {
		expect(listChanges(fresh(), fresh())).toEqual([]);
	});

	it('names what changed, where, before and after', () => {
		const after = fresh();
		const [first, second] = elements(after) as [Json, Json];
		first.title = { ru: 'Новый текст', en: 'A new text' };
		(first.choices as Json[]).push({ value: 'd', text: { ru: 'Иное', en: 'Other' } });
		first.isRequired = true;
		second.visibleIf = "{t1} = 'a'";
		const key = after.key as unknown as { items: Json[]; minutes: number };
		key.items[0]!.rule = { kind: 'choice', points: { a: 2, b: 0, c: 0, d: 0 } };
		key.items[1]!.competency = 'motivation';
		key.minutes = 12;
		const changes = listChanges(fresh(), after);
		expect(changes.map(({ code, at, language }) => [code, at, language].filter(Boolean).join(' '))).toEqual([
			'required-changed t1',
			'text-changed t1 ru',
			'text-changed t1 en',
			'option-added t1',
			'key-changed t1',
			'condition-changed t2',
			'competency-changed t2',
			'setting-changed minutes',
		]);
		expect(changes[1]).toMatchObject({ after: 'Новый текст' });
	});

	it('tells added, removed and moved items apart', () => {
		const after = fresh();
		const list = elements(after);
		const [first] = list.splice(0, 1);
		list.push(first!);
		list.splice(0, 1);
		list.push({ type: 'comment', name: 'x', title: { ru: 'Ещё', en: 'More' } });
		const codes = listChanges(fresh(), after).map(({ code, at }) => `${code} ${at}`);
		expect(codes).toEqual(['item-moved t1', 'item-added x', 'item-removed t2']);
	});

	it('never says nothing of versions that differ', () => {
		const after = { ...fresh(), survey: { ...fresh().survey, showProgressBar: false } };
		expect(listChanges(fresh(), after)).toEqual([{ code: 'other-changed', at: '' }]);
	});
});
