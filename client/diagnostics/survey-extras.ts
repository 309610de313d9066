import i18next from 'i18next';
import type { Model, Question } from 'survey-core';
import type { AnswerFileReply, AttemptReply } from '#server/contract/answer-files.ts';
import { ApiProblem, post, postFile } from '../api.ts';

type Json = Readonly<Record<string, unknown>>;

/** The same survey with its files and signatures sent to the server at once, instead of written into the answers. */
export function keepFilesApart(survey: Json): Json {
	return mapObjects(survey) as Json;
}

function mapObjects(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(mapObjects);
	if (typeof value !== 'object' || value === null) return value;
	const mapped = Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, mapObjects(entry)]));
	const kind = mapped.cellType ?? mapped.type;
	return kind === 'file' || kind === 'signaturepad'
		? { ...mapped, storeDataAsText: false, waitForUpload: true }
		: mapped;
}

/** The seed of random orders: of the response, so that one meets the same order on every device and after every break. */
export function orderSeed(responseId: string): number {
	return (Number.parseInt(responseId.replaceAll('-', '').slice(0, 8), 16) % 0x7fffffff) + 1;
}

/** What a survey needs beyond its questions: a place for files, and a clock that no closed page stops. */
export function equipSurvey(survey: Model, responseId: string, path: string): () => void {
	const upload: Parameters<Model['onUploadFiles']['add']>[0] = async (_, { question, files, callback }) => {
		try {
			const stored = await Promise.all(
				files.map((file) =>
					postFile<AnswerFileReply>(
						`${path}/files`,
						{ question: nameOf(question), file_name: file.name },
						file,
					),
				),
			);
			callback(
				stored.map(({ reference, name, type }) => ({ content: reference, file: { name, type } as File })),
			);
		} catch (problem) {
			callback([], [describe(problem)]);
		}
	};
	const download: Parameters<Model['onDownloadFile']['add']>[0] = async (_, { fileValue, callback }) => {
		const reference = String(typeof fileValue === 'string' ? fileValue : fileValue?.content);
		try {
			const reply = await fetch(`${path}/files/${encodeURIComponent(reference.replace(/^file\//, ''))}`);
			if (!reply.ok) throw new Error(reply.statusText);
			callback('success', await asDataUrl(await reply.blob()));
		} catch {
			callback('error');
		}
	};
	survey.onUploadFiles.add(upload);
	survey.onDownloadFile.add(download);
	const stopClock = startClock(survey, responseId, path);
	return () => {
		survey.onUploadFiles.remove(upload);
		survey.onDownloadFile.remove(download);
		stopClock();
	};
}

/** Whether the time for the whole survey is over: what there is goes out as it stands. */
export function isTimeUp(survey: Model): boolean {
	return survey.timeLimit > 0 && survey.timeSpent >= survey.timeLimit;
}

const nameOf = (question: Question): string => question.name;

function describe(problem: unknown): string {
	if (problem instanceof ApiProblem && !problem.isOffline)
		return [problem.message, problem.detail].filter(Boolean).join('. ');
	return i18next.t('diagnostics:survey.file_offline');
}

function asDataUrl(blob: Blob): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result));
		reader.onerror = () => reject(reader.error);
		reader.readAsDataURL(blob);
	});
}

const prefix = 'opora-clock:';

/** Time already spent as this device knows it: when it began, and seconds on pages with a limit of their own. */
interface LocalClock {
	began: number;
	pages: Record<string, number>;
}

/**
 * The clock of a survey with a limit of time. The server says how much has passed; without a connection this device does. At
 * the end the answers go out as they stand.
 */
function startClock(survey: Model, responseId: string, path: string): () => void {
	const isTimed =
		survey.timeLimit > 0 || survey.timeLimitPerPage > 0 || survey.pages.some((page) => page.timeLimit > 0);
	if (!isTimed) return () => undefined;
	const local = readLocal(responseId);
	survey.showTimer = true;
	survey.timeSpent = Math.round((Date.now() - local.began) / 1000);
	for (const page of survey.pages) page.timeSpent = local.pages[page.name] ?? 0;
	const ticked = () => {
		local.pages = Object.fromEntries(survey.pages.map((page) => [page.name, page.timeSpent]));
		writeLocal(responseId, local);
		if (survey.timeLimit <= 0 || survey.timeSpent < survey.timeLimit) return;
		// What was left open is not asked for when the time is over.
		survey.validationEnabled = false;
		survey.stopTimer();
	};
	survey.onTimerTick.add(ticked);
	survey.startTimer();
	void post<AttemptReply>(`${path}/start`)
		.then(({ started_at, elapsed_seconds }) => {
			if (started_at === null) return;
			survey.timeSpent = Math.round(elapsed_seconds);
			local.began = Date.now() - elapsed_seconds * 1000;
			writeLocal(responseId, local);
		})
		.catch(() => undefined);
	return () => {
		survey.onTimerTick.remove(ticked);
		survey.stopTimer();
	};
}

function readLocal(responseId: string): LocalClock {
	const fresh = { began: Date.now(), pages: {} };
	try {
		const text = localStorage.getItem(prefix + responseId);
		return text ? (JSON.parse(text) as LocalClock) : fresh;
	} catch {
		return fresh;
	}
}

function writeLocal(responseId: string, clock: LocalClock): void {
	try {
		localStorage.setItem(prefix + responseId, JSON.stringify(clock));
	} catch {
		// without a storage the server's clock alone counts
	}
}
