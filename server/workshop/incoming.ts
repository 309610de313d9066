import type { Issue } from '#data/import/codes.ts';
import { readInstrumentSheet } from '#data/import/instrument-sheet.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { readText, type Text } from '#surveys/text.ts';
import { startCard } from '#surveys/workshop/compose.ts';
import type { InstrumentContent } from '#surveys/workshop/content.ts';
import { nameInstrument, startKey } from '#surveys/workshop/starting-key.ts';
import { Problem } from '../problem.ts';
import { type Signer, unpackInstrument } from './archive.ts';
import { readContent, refuseDangers } from './content.ts';

/** A file as an instrument: what it is, what it holds, and the rows that were not understood. */
export interface Incoming {
	kind: 'sheet' | 'survey' | 'archive';
	content: InstrumentContent | null;
	title: Text;
	items: number;
	issues: Issue[];
	signer: Signer | null;
}

const PLANNED_MINUTES = 10;

/**
 * Reads a sheet (XLSX or separated text), a SurveyJS JSON or a signed archive: told apart by their bytes.
 * @throws {Problem} 422 for JSON that is no survey and for archives that were changed; ImportError for the rest
 */
export async function readIncoming(bytes: Buffer, fileName: string): Promise<Incoming> {
	const plainName = fileName.replace(/\.[^.]+$/, '').slice(0, 200) || fileName;
	if (isJson(bytes)) return readSurvey(bytes, plainName);
	if (bytes.subarray(0, 2).toString('latin1') === 'PK' && !isWorkbook(bytes)) {
		const { content, signer } = unpackInstrument(bytes, fileName);
		return {
			kind: 'archive',
			content,
			title: content.key.title,
			items: content.key.items.length,
			issues: [],
			signer,
		};
	}
	const sheet = await readInstrumentSheet(bytes, fileName, nameInstrument(plainName), plainName);
	return { kind: 'sheet', title: { ru: plainName, en: '' }, signer: null, ...sheet };
}

function readSurvey(bytes: Buffer, plainName: string): Incoming {
	let survey: unknown;
	try {
		survey = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
	} catch {
		throw new Problem(422, 'instrument-not-json', { file: plainName });
	}
	refuseDangers(survey);
	const pages = listPages(survey);
	const title = readText(survey.title, plainName);
	const purpose = readText(survey.description, '');
	const { elements: _, questions: __, ...rest } = survey;
	const key = startKey(nameInstrument(title.ru), {
		// nothing in a bare survey says that it is scored; whoever makes a test of it chooses so
		channel: 'questionnaire',
		title: { ru: title.ru, en: isBare(survey.title) ? '' : title.en },
		purpose: { ru: purpose.ru, en: isBare(survey.description) ? '' : purpose.en },
		minutes: PLANNED_MINUTES,
		items: [],
	});
	const content = readContent({
		survey: { ...rest, pages },
		key,
		card: startCard(title, purpose),
	});
	const items = pages.reduce((sum, page) => sum + ((page.elements as unknown[]) ?? []).length, 0);
	return { kind: 'survey', content, title, items, issues: [], signer: null };
}

/** Pages with their elements, whatever older form the survey had. */
function listPages(survey: SurveyJson): SurveyJson[] {
	const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
	const pages = asList(survey.pages).map((page, index) => {
		const { questions, elements, name, ...rest } = page as Record<string, unknown>;
		return {
			...rest,
			name: typeof name === 'string' && name !== '' ? name : `page_${index + 1}`,
			elements: [...asList(elements), ...asList(questions)],
		};
	});
	const loose = [...asList(survey.elements), ...asList(survey.questions)];
	return loose.length > 0 || pages.length === 0 ? [...pages, { name: 'page_all', elements: loose }] : pages;
}

const isBare = (text: unknown): boolean => typeof text !== 'object' || text === null;
const isJson = (bytes: Buffer): boolean => /^\ufeff?\s*[[{]/.test(bytes.toString('utf8', 0, 200));
/** A workbook names its parts `xl/…`; the names stand bare in the archive. */
const isWorkbook = (bytes: Buffer): boolean => bytes.includes('xl/workbook.xml');
