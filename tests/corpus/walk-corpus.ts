import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, request } from '@playwright/test';
import { latestSeq } from '#data/records/changes.ts';
import { openRecords } from '#data/records/store.ts';
import { startProjector } from '#data/warehouse/projector.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { openCampaign } from '../e2e/own-campaign.ts';
import { type Person, signInAs } from '../support/person.ts';
import type { TestServer } from '../support/running-server.ts';
import { SMALL } from '../support/small-installation.ts';
import { answerInPage, enterCampaign, type TeacherPage } from './answer-in-page.ts';
import { compareExported, exportResponse } from './exported-answers.ts';
import type { Answers } from './form-oracle.ts';
import { answerForm } from './model-answers.ts';
import { publishDefinition } from './publish-definition.ts';
import { compareStored } from './stored-answers.ts';

/** What became of one definition between the workshop and the export. */
export interface WalkedForm {
	file: string;
	/** why the workshop does not publish it */
	refused: string[];
	/** what its author had to write or take out before the workshop published it */
	mended: string[];
	screens: number;
	isSent: boolean;
	isStored: boolean;
	isExported: boolean;
	/** how the records part from what the page handed in, by name */
	differences: string[];
	/** columns whose words the export withholds: fewer than ten wrote */
	withheld: number;
	/** must be empty */
	faults: string[];
}

/** The walk of a whole folder. */
export interface CorpusWalk {
	forms: WalkedForm[];
	/** a warehouse built from the records after all of it equals them */
	verified: boolean;
}

const FORMS_OF_A_CAMPAIGN = 10;
const PAGES_AT_ONCE = 2;

interface ReadyForm {
	entry: WalkedForm;
	instrument: string;
	version: number;
	survey: SurveyJson;
}

/** Where the walk goes on: the server, its people and the browser. */
interface Walk {
	server: TestServer;
	browser: Browser;
	author: Person;
	reviewer: Person;
	told: (form: WalkedForm) => void;
}

/**
 * Brings definitions of a folder through the whole product, on a server with the small installation: the workshop, a
 * campaign, a teacher's page in Chromium, the records and the export. Each is told as soon as it is through.
 */
export async function walkCorpus(
	{ server, browser }: Pick<Walk, 'server' | 'browser'>,
	folder: string,
	files: readonly string[],
	told: (form: WalkedForm) => void = () => undefined,
): Promise<WalkedForm[]> {
	const requests = [await request.newContext(), await request.newContext()] as const;
	try {
		const author = await signInAs(requests[0], server.address, 'methodist');
		const reviewer = await signInAs(requests[1], server.address, 'leader');
		const forms = files.map(startEntry);
		const waiting = Array.from({ length: Math.ceil(forms.length / FORMS_OF_A_CAMPAIGN) }, (_, index) =>
			forms.slice(index * FORMS_OF_A_CAMPAIGN, (index + 1) * FORMS_OF_A_CAMPAIGN),
		);
		const walkNext = async (): Promise<void> => {
			for (let next = waiting.shift(); next; next = waiting.shift())
				await walkCampaign({ server, browser, author, reviewer, told }, folder, next);
		};
		await Promise.all(Array.from({ length: PAGES_AT_ONCE }, walkNext));
		return forms;
	} finally {
		for (const each of requests) await each.dispose();
	}
}

const startEntry = (file: string): WalkedForm => ({
	file,
	refused: [],
	mended: [],
	screens: 0,
	isSent: false,
	isStored: false,
	isExported: false,
	differences: [],
	withheld: 0,
	faults: [],
});

/** Publishes up to ten forms, opens one campaign of them, and lets one teacher answer one after another. */
async function walkCampaign(walk: Walk, folder: string, forms: readonly WalkedForm[]): Promise<void> {
	const { server, browser, author, told } = walk;
	const ready: ReadyForm[] = [];
	for (const entry of forms) {
		const bytes = readFileSync(join(folder, entry.file));
		const published = await publishDefinition(author, walk.reviewer, entry.file, bytes);
		if ('refused' in published) {
			entry.refused = published.refused;
			told(entry);
		} else {
			entry.mended = published.mended;
			ready.push({ entry, ...published });
		}
	}
	const [first] = ready;
	if (!first) return;
	const requests = await request.newContext();
	const { campaign, links } = await openCampaign(server, requests, {
		title: 'Собрание форм',
		instruments: ready.map(({ instrument, version }) => ({ instrument, version })),
		...SMALL,
	});
	await requests.dispose();
	const context = await browser.newContext({
		viewport: { width: 1280, height: 900 },
		locale: 'ru-RU',
		colorScheme: 'light',
	});
	// what a device keeps for going on without a connection would be fetched by each context anew; it is tested elsewhere
	await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
	try {
		const teacher = await enterCampaign(context, server.address, links[0]!.url, first.instrument);
		for (const form of ready) {
			await walkForm(server, teacher, campaign, form);
			told(form.entry);
		}
	} finally {
		await context.close();
	}
}

async function walkForm(
	server: TestServer,
	teacher: TeacherPage,
	campaign: string,
	{ entry, instrument, version, survey }: ReadyForm,
): Promise<void> {
	try {
		const answers = answerForm(survey);
		const run = await answerInPage(teacher, {
			address: server.address,
			campaign,
			instrument,
			survey,
			answers,
		});
		Object.assign(entry, { screens: run.screens, isSent: run.isSent });
		entry.faults.push(...run.faults);
		if (!run.isSent) return;
		const stored = await findStored(server, instrument, version);
		const kept = compareStored(survey, run.sent, stored);
		entry.differences = kept.differences;
		entry.isStored = kept.faults.length === 0;
		const handedOut = compareExported(stored, await exportResponse(server.folder, instrument));
		entry.withheld = handedOut.withheld;
		entry.isExported = handedOut.faults.length === 0;
		entry.faults.push(...kept.faults, ...handedOut.faults);
	} catch (error) {
		entry.faults.push((error as Error).message);
	}
}

async function findStored(server: TestServer, instrument: string, version: number): Promise<Answers> {
	const records = await openRecords({ folder: server.folder });
	try {
		const rows = await records.db
			.selectFrom('response')
			.select('answers')
			.where('instrument', '=', instrument)
			.where('version', '=', version)
			.execute();
		if (rows.length !== 1) throw new Error(`${rows.length} responses are kept`);
		return JSON.parse(rows[0]!.answers) as Answers;
	} finally {
		await records.close();
	}
}

/** Builds a warehouse of the records from nothing, and compares them. */
export async function verifyAll(server: TestServer): Promise<boolean> {
	const records = await openRecords({ folder: server.folder });
	const warehouse = await openWarehouse({ path: ':memory:' });
	try {
		const projector = startProjector(records, warehouse, {
			onError: (error) => {
				throw error;
			},
		});
		await projector.waitFor(await latestSeq(records));
		const verified = agrees(await verifyWarehouse(records, warehouse));
		await projector.stop();
		return verified;
	} finally {
		await warehouse.close();
		await records.close();
	}
}
