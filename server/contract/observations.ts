import { z } from 'zod';
import { answerFile, answerFileQuery } from './answer-files.ts';
import { responseBody, responseReply } from './my.ts';
import { respondent } from './respondent.ts';
import type { RouteContract } from './route.ts';
import { localText } from './text.ts';

const observable = z.object({
	participant_code: z.string(),
	full_name: z.string(),
	school_name: z.string(),
	subject: z.string().nullable(),
	/** how many observations there are already, and when the last was handed in */
	observations: z.number(),
	last_at: z.string().nullable(),
	/** as far as the form's conditions may know */
	respondent,
	/** of the observation that comes next: what a form opened without a connection is handed in with */
	response_id: z.string(),
});

export const observationCampaign = z.object({
	campaign_id: z.string(),
	title: z.string(),
	closes_on: z.string(),
	instrument: z.string(),
	instrument_title: localText,
	minutes: z.number(),
	/** those who agreed; nobody else may be observed */
	teachers: z.array(observable),
	/** invited people who have not agreed (yet); who they are is not told */
	waiting: z.number(),
});
export type ObservationCampaign = z.infer<typeof observationCampaign>;

/** What is asked in an open campaign, whoever is observed. */
export const observationSurvey = z.object({
	campaign_id: z.string(),
	instrument: z.string(),
	survey: z.record(z.string(), z.unknown()),
});
export type ObservationSurvey = z.infer<typeof observationSurvey>;

export const observationForm = z.object({
	campaign_id: z.string(),
	title: z.string(),
	instrument: z.string(),
	survey: z.record(z.string(), z.unknown()),
	/** the teacher observed, as far as the form's conditions may know */
	respondent,
	full_name: z.string(),
	school_name: z.string(),
	observations: z.number(),
	/** send it back with the answers: a repeat is then a success and not a second observation */
	response_id: z.string(),
});
export type ObservationForm = z.infer<typeof observationForm>;

/** The observation under which a file of the lesson stands: the id that the form gave. */
export const observationFileQuery = answerFileQuery.extend({ response_id: z.uuid() });

export const observationRoutes = {
	list: {
		method: 'get',
		path: '/api/observations',
		summary: 'Whom I may observe now',
		reply: z.array(observationCampaign),
	},
	surveys: {
		method: 'get',
		path: '/api/observations/surveys',
		summary: 'What the forms ask that I may fill in now: for opening them without a connection',
		reply: z.array(observationSurvey),
	},
	form: {
		method: 'get',
		path: '/api/observations/:campaign/:participant/:instrument',
		summary: 'The form of an observation of one teacher',
		reply: observationForm,
	},
	record: {
		method: 'post',
		path: '/api/observations/:campaign/:participant/:instrument/response',
		summary: 'Hand in an observation',
		body: responseBody,
		reply: responseReply,
		status: 201,
	},
	store_file: {
		method: 'post',
		path: '/api/observations/:campaign/:participant/:instrument/files',
		summary: 'Hand in a picture or file of the lesson that an answer then refers to',
		query: observationFileQuery,
		body: 'bytes',
		reply: answerFile,
		status: 201,
	},
	file: {
		method: 'get',
		path: '/api/observations/:campaign/:participant/:instrument/files/:file',
		summary: 'A file that I attached to an observation',
		media: ['application/octet-stream'],
	},
} satisfies Record<string, RouteContract>;
