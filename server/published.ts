import { getInstrumentVersion, publishInstrument } from '#data/records/diagnostics/instruments.ts';
import type { Records } from '#data/records/store.ts';
import { type AnswerCheck, compileAnswerCheck } from '#surveys/answers.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { type Key, keySchema } from '#surveys/key.ts';
import { asksForFiles } from './answer-files.ts';
import { Problem } from './problem.ts';

/** A published version as the server uses it. The key stays here: no reply carries any of it but title and purpose. */
export interface Published {
	survey: SurveyJson;
	key: Key;
	/** @throws {Problem} 409 for a version that `isUsable` denies */
	readonly check: AnswerCheck;
	/** it asks for files or signatures */
	takesFiles: boolean;
	/** false for a version whose answers this program cannot check: lists show it, campaigns and forms refuse it */
	isUsable: boolean;
}

/** Published versions, read and compiled once each: what is published is frozen. */
export function createPublished(records: Records) {
	const known = new Map<string, Promise<Published>>();
	return {
		get(instrument: string, version: number): Promise<Published> {
			const name = `${instrument}@${version}`;
			const found = known.get(name);
			if (found) return found;
			const made = getInstrumentVersion(records.db, instrument, version).then((row): Published => {
				const survey = JSON.parse(row.survey) as SurveyJson;
				const key = keySchema.parse(JSON.parse(row.key));
				const compiled = compile(survey);
				return {
					survey,
					key,
					get check() {
						if (!compiled) throw new Problem(409, 'broken-instrument', { instrument, version });
						return compiled.check;
					},
					takesFiles: compiled?.takesFiles ?? true,
					isUsable: compiled !== undefined,
				};
			});
			made.catch(() => known.delete(name));
			known.set(name, made);
			return made;
		},
	};
}
export type PublishedInstruments = ReturnType<typeof createPublished>;

// One version that cannot be read is no reason to fail for the lists that name it.
function compile(survey: SurveyJson): Pick<Published, 'check' | 'takesFiles'> | undefined {
	try {
		return { check: compileAnswerCheck(survey), takesFiles: asksForFiles(survey) };
	} catch {
		return undefined;
	}
}

/** Publishes the instruments that ship with the program; those that stand already stay as they are. */
export async function publishShipped(records: Records): Promise<void> {
	await records.transaction(async (trx) => {
		for (const { survey, key, sha256 } of listShippedInstruments())
			await publishInstrument(trx, {
				instrument: key.instrument,
				version: key.version,
				survey: JSON.stringify(survey),
				key: JSON.stringify(key),
				sha256,
			});
	});
}
