import { describe, expect, it } from 'vitest';
import { needsRareTypes } from '#client/diagnostics/rare-types.ts';

const survey = (element: object) => ({ pages: [{ elements: [{ type: 'panel', elements: [element] }] }] });

describe('which library a survey needs', () => {
	it.each([
		'matrix',
		'rating',
		'radiogroup',
		'checkbox',
		'dropdown',
		'ranking',
		'comment',
		'boolean',
		'tagbox',
	])('%s is in the common one', (type) => {
		expect(needsRareTypes(survey({ type, name: 'a' }))).toBe(false);
	});

	it.each([
		'paneldynamic',
		'matrixdropdown',
		'matrixdynamic',
		'slider',
		'imagepicker',
		'multipletext',
		'file',
		'signaturepad',
	])('%s asks for the larger one, however deep it stands', (type) => {
		expect(needsRareTypes(survey({ type, name: 'a' }))).toBe(true);
	});

	it('so does one that is written with a capital letter', () => {
		expect(needsRareTypes(survey({ type: 'Paneldynamic', name: 'a' }))).toBe(true);
	});

	it('so does a field with a mask', () => {
		expect(needsRareTypes(survey({ type: 'text', name: 'a', maskType: 'numeric' }))).toBe(true);
	});
});
