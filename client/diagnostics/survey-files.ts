import i18next from 'i18next';
import { type Model, SurveyError } from 'survey-core';
import type { AnswerFileReply } from '#server/contract/answer-files.ts';
import { MOST_FILE_BYTES, TAKEN_FILE_TYPES } from '#server/contract/file-limits.ts';
import { ApiProblem, postFile, withQuery } from '../api.ts';
import { findWaitingFile, keepWaitingFile, type WaitingFile } from '../offline/waiting-files.ts';
import { isPassing } from './outgoing.ts';

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

interface Place {
	/** the form's address, below which its files are kept */
	path: string;
	/** whose answers, and which: under these the device keeps files without a connection */
	holder: string;
	response_id: string;
	/** somebody else fills the form in about the participant */
	isObservation: boolean;
}

/** Shows files that answers refer to, from this device or from the server; to be set up before the answers are put in. */
export function showFiles(survey: Model, place: Omit<Place, 'isObservation'>): void {
	survey.onDownloadFile.add(async (_, { fileValue, callback }) => {
		const reference = String(typeof fileValue === 'string' ? fileValue : fileValue?.content);
		const id = reference.replace(/^file\//, '');
		try {
			const here = await findWaitingFile(place.holder, place.response_id, id);
			callback('success', await asDataUrl(here ? asBlob(here) : await fetchFile(`${place.path}/files`, id)));
		} catch {
			callback('error');
		}
	});
}

/**
 * Gives files of a survey their place on the server; returns how to end that. Without a connection they wait on this
 * device (offline/waiting-files.ts) and go before the answers (send-files.ts).
 */
export function connectFiles(survey: Model, place: Place): () => void {
	const upload: Parameters<Model['onUploadFiles']['add']>[0] = async (_, { question, files, callback }) => {
		try {
			callback(await Promise.all(files.map((file) => handOver(file, question.name, place))));
		} catch (problem) {
			callback('error', []);
			question.addError(new SurveyError(describe(problem), question));
		}
	};
	const stopSigning = sendSignatures(survey);
	survey.onUploadFiles.add(upload);
	return () => {
		survey.onUploadFiles.remove(upload);
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

/** Sends a file, or keeps it until there is a connection; gives what the answer then holds. */
async function handOver(
	file: File,
	question: string,
	place: Place,
): Promise<{ content: string; file: File }> {
	const { name, size } = file;
	if (size > MOST_FILE_BYTES)
		throw new Error(
			i18next.t('diagnostics:survey.file_too_large', { name, size: MOST_FILE_BYTES / 1024 ** 2 }),
		);
	const id = makeFileId();
	const address = withQuery(`${place.path}/files`, {
		question,
		file_name: name,
		file: id,
		response_id: place.isObservation ? place.response_id : null,
	});
	try {
		const { reference, name, type } = await postFile<AnswerFileReply>(address, {}, file);
		return { content: reference, file: { name, type } as File };
	} catch (problem) {
		if (!isPassing(problem)) throw problem;
	}
	// what it is the server finds in the bytes; here its type alone can be known
	const type = file.type || 'application/octet-stream';
	if (!/^text\//.test(type) && !TAKEN_FILE_TYPES.some((taken) => taken === type))
		throw new Error(i18next.t('diagnostics:survey.file_kind', { name }));
	const { holder, response_id } = place;
	const bytes = await file.arrayBuffer();
	if (!(await keepWaitingFile({ id, holder, response_id, address, question, name, type, bytes })))
		throw new Error(i18next.t('diagnostics:survey.file_no_room', { name }));
	return { content: `file/${id}`, file: { name, type } as File };
}

/** A random UUID, on pages without a secure origin too, where the browser makes none. */
function makeFileId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[6] = (bytes[6]! & 0x0f) | 0x40;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

async function fetchFile(path: string, id: string): Promise<Blob> {
	const reply = await fetch(`${path}/${encodeURIComponent(id)}`);
	if (!reply.ok) throw new Error(reply.statusText);
	return reply.blob();
}

const asBlob = ({ bytes, type }: WaitingFile) => new Blob([bytes], { type });

function describe(problem: unknown): string {
	if (!(problem instanceof ApiProblem)) return problem instanceof Error ? problem.message : String(problem);
	return [problem.message, problem.detail].filter(Boolean).join('. ');
}

function asDataUrl(blob: Blob): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result));
		reader.onerror = () => reject(reader.error);
		reader.readAsDataURL(blob);
	});
}
