import i18next from 'i18next';
import { type Model, SurveyError } from 'survey-core';
import type { AnswerFileReply } from '#server/contract/answer-files.ts';
import { ApiProblem, postFile } from '../api.ts';

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

/**
 * Gives files of a survey their place on the server below this address; returns how to end that.
 * @param observation the id of the observation that they belong to, where somebody else fills the form in
 */
export function connectFiles(survey: Model, path: string, observation: string | null): () => void {
	const upload: Parameters<Model['onUploadFiles']['add']>[0] = async (_, { question, files, callback }) => {
		try {
			const stored = await Promise.all(
				files.map((file) =>
					postFile<AnswerFileReply>(
						`${path}/files`,
						{ question: question.name, file_name: file.name, response_id: observation },
						file,
					),
				),
			);
			callback(
				stored.map(({ reference, name, type }) => ({ content: reference, file: { name, type } as File })),
			);
		} catch (problem) {
			callback('error', []);
			question.addError(new SurveyError(describe(problem), question));
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
	const stopSigning = sendSignatures(survey);
	survey.onUploadFiles.add(upload);
	survey.onDownloadFile.add(download);
	return () => {
		survey.onUploadFiles.remove(upload);
		survey.onDownloadFile.remove(download);
		stopSigning();
	};
}

/** Quiet time after a stroke before the signature is sent. */
const signedAfter = 1_200;

/** SurveyJS sends a signature when its field is left, which a drawing finger never does: it goes after the last stroke too. */
function sendSignatures(survey: Model): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const send = () => {
		clearTimeout(timer);
		for (const question of survey.getAllQuestions(true, false, true))
			if (question.getType() === 'signaturepad' && document.getElementById(question.id))
				question.onBlur({ relatedTarget: null });
	};
	const drawing = () => clearTimeout(timer);
	const drawn = () => {
		clearTimeout(timer);
		timer = setTimeout(send, signedAfter);
	};
	const isSigned = survey
		.getAllQuestions(false, false, true)
		.some((each) => each.getType() === 'signaturepad');
	if (!isSigned) return () => undefined;
	document.addEventListener('pointerdown', drawing);
	document.addEventListener('pointerup', drawn);
	survey.onCurrentPageChanging.add(send);
	survey.onCompleting.add(send);
	return () => {
		clearTimeout(timer);
		document.removeEventListener('pointerdown', drawing);
		document.removeEventListener('pointerup', drawn);
		survey.onCurrentPageChanging.remove(send);
		survey.onCompleting.remove(send);
	};
}

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
