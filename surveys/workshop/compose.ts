import type { Channel } from '../key.ts';
import type { Text } from '../text.ts';
import type { InstrumentContent } from './content.ts';
import { buildElement, buildKeyItem, type PlainItem } from './new-item.ts';
import { startKey } from './starting-key.ts';

/** An instrument in words: pages of items and what it is for. */
export interface PlainInstrument {
	instrument: string;
	channel: Channel;
	title: Text;
	purpose: Text;
	minutes: number;
	pages: readonly { title: Text | null; items: readonly PlainItem[] }[];
}

/** Makes survey, key and card of an instrument in words. */
export function composeInstrument(plain: PlainInstrument): InstrumentContent {
	const { instrument, channel, title, purpose, minutes, pages } = plain;
	const items = pages.flatMap((page) => page.items.map(buildKeyItem)).filter((item) => item !== undefined);
	return {
		survey: {
			locale: 'ru',
			title,
			description: purpose,
			showProgressBar: true,
			progressBarType: 'questions',
			clearInvisibleValues: 'onHiddenContainer',
			pages: pages.map((page, index) => ({
				name: `page_${index + 1}`,
				...(page.title ? { title: page.title } : {}),
				elements: page.items.map(buildElement),
			})),
		},
		key: startKey(instrument, { channel, title, purpose, minutes, items }),
		card: startCard(title, purpose),
	};
}

/** A card with the headings that every instrument answers. */
export function startCard(title: Text, purpose: Text): string {
	const headings = [
		['Назначение / Purpose', `${purpose.ru}\n\n${purpose.en}`],
		['Кто отвечает / Population', ''],
		['Время / Time', ''],
		['Источник и права / Source and licence', ''],
		['Сведения о валидности / Evidence of validity', ''],
		['Как читать / How to read', ''],
		['Ограничения / Limits', ''],
	];
	return `# ${title.ru}\n\n${headings.map(([head, body]) => `## ${head}\n\n${body}`.trim()).join('\n\n')}\n`;
}
