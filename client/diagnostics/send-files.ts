import { ApiProblem, postFile } from '../api.ts';
import { dropWaitingFile, listWaitingFiles, refersTo } from '../offline/waiting-files.ts';
import type { KeptAnswers } from './answer-store.ts';

/** Refusals that are about the file itself: its size, its kind, what is in it. All others the answers meet too. */
const ofTheFile = new Set([413, 415, 422]);

/**
 * Sends the files that wait on this device and to which the answers refer, before the answers themselves. A repeat is
 * harmless: each file has its id.
 * @throws {ApiProblem} when a file is refused, with the question it was chosen for; when there is no connection
 */
export async function sendFiles(kept: Pick<KeptAnswers, 'holder' | 'response_id' | 'answers'>) {
	if (!JSON.stringify(kept.answers).includes('"file/')) return;
	for (const file of await listWaitingFiles(kept.holder, kept.response_id)) {
		if (!refersTo(kept.answers, file.id)) continue;
		try {
			await postFile(file.address, {}, new Blob([file.bytes]));
			await dropWaitingFile(file);
		} catch (problem) {
			if (!(problem instanceof ApiProblem)) throw problem;
			if (ofTheFile.has(problem.status)) throw atQuestion(problem, file.question);
			// a form that is over or handed in already says so itself
			if (![403, 404, 409].includes(problem.status)) throw problem;
		}
	}
}

/** The refusal of a file as a refusal of its question. */
function atQuestion({ status, type, message, detail }: ApiProblem, question: string): ApiProblem {
	const text = [message, detail].filter(Boolean).join('. ');
	return new ApiProblem({ status, type, title: message, issues: [{ path: question, code: type, text }] });
}
