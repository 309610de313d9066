import type {
	ObservationCampaign,
	ObservationForm,
	ObservationSurvey,
} from '#server/contract/observations.ts';
import { keepAhead, readReply } from '../offline/shelf.ts';
import { keepObserverFiles } from '../offline/start-worker.ts';

export const LIST = '/api/observations';
const SURVEYS = '/api/observations/surveys';

interface Asked {
	campaign: string;
	participant: string;
	instrument: string;
}

/** A form out of what this device keeps: the list of those who may be observed, and what their forms ask. */
export async function makeKeptForm(
	holder: string,
	{ campaign, participant, instrument }: Asked,
): Promise<ObservationForm | undefined> {
	const [campaigns, surveys] = await Promise.all([
		readReply<ObservationCampaign[]>(holder, LIST),
		readReply<ObservationSurvey[]>(holder, SURVEYS),
	]);
	const isAsked = (each: { campaign_id: string; instrument: string }) =>
		each.campaign_id === campaign && each.instrument === instrument;
	const listed = campaigns?.find(isAsked);
	const survey = surveys?.find(isAsked)?.survey;
	const teacher = listed?.teachers.find(({ participant_code }) => participant_code === participant);
	// a list that an earlier release has kept knows no ids
	if (!listed || !survey || !teacher?.response_id) return undefined;
	const { full_name, school_name, respondent, observations, response_id } = teacher;
	const { title } = listed;
	return {
		campaign_id: campaign,
		title,
		instrument,
		survey,
		respondent,
		full_name,
		school_name,
		observations,
		response_id,
	};
}

/** Keeps on this device what opening any form of the list needs without a connection. */
export async function prepareObserving(holder: string): Promise<void> {
	await keepObserverFiles();
	await keepAhead(holder, SURVEYS);
}

/** After an observation was handed in: the next one of this teacher has another id. */
export const keepListAgain = (holder: string) => keepAhead(holder, LIST);
