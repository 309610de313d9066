import { z } from 'zod';
import { campaignDetail } from './diagnostics.ts';
import type { RouteContract } from './route.ts';
import { id, isoDate, line, paragraph } from './text.ts';

export const deadlineBody = z.object({ closes_on: isoDate });
export const extensionBody = z.object({ school_id: id, closes_on: isoDate, reason: line });
export const extensionItem = z.object({
	school_id: z.string(),
	school_name: z.string(),
	closes_on: z.string(),
	reason: z.string(),
	made_at: z.string(),
});
export type ExtensionItem = z.infer<typeof extensionItem>;

const letter = z.object({ subject: line, body: paragraph });
export const reminderPreviewBody = letter.extend({ school_id: id.nullable() });
export const reminderPreview = z.object({
	/** exactly those who would get the letter if it went out now */
	to: z.array(
		z.object({ full_name: z.string(), school_name: z.string(), email: z.string(), reminded: z.number() }),
	),
	/** missing, but without an address in the registry */
	without_email: z.array(z.object({ full_name: z.string(), school_name: z.string() })),
	/** missing, but the mail server does not accept the address of the registry */
	address_refused: z.array(
		z.object({ full_name: z.string(), school_name: z.string(), email: z.string(), answer: z.string() }),
	),
	/** missing, but reminded as often as allowed */
	reminded_enough: z.number(),
	/** the letter of the first of them, filled in */
	sample: letter,
});
export type ReminderPreview = z.infer<typeof reminderPreview>;

export const reminderBody = letter.extend({
	/** made by the client: a repeated request is no second reminder */
	reminder_id: z.uuid(),
	school_id: id.nullable(),
	/** the day it goes out; today = at once */
	send_on: isoDate,
});
export const reminderItem = z.object({
	reminder_id: z.string(),
	school_id: z.string().nullable(),
	school_name: z.string().nullable(),
	send_on: z.string(),
	subject: z.string(),
	body: z.string(),
	state: z.enum(['planned', 'sent', 'cancelled']),
	is_sending: z.boolean(),
	finished_at: z.string().nullable(),
	/** what the mail server said when it could not be sent so far */
	problem: z.string().nullable(),
	sent: z.number(),
	refused: z.number(),
	/** handed over, and never confirmed: not sent again */
	uncertain: z.number(),
	/** put off by the mail server, to be tried again */
	deferred: z.number(),
});
export type ReminderItem = z.infer<typeof reminderItem>;
export const reminderPlan = z.object({
	/** settings that are missing for sending mail */
	missing_settings: z.array(z.string()),
	most_per_person: z.number(),
	preset: letter,
	/** the day on the server */
	today: z.string(),
	items: z.array(reminderItem),
});
export type ReminderPlan = z.infer<typeof reminderPlan>;
export const deliveryItem = z.object({
	full_name: z.string(),
	school_name: z.string(),
	email: z.string().nullable(),
	state: z.enum(['sending', 'sent', 'refused', 'deferred', 'given_up']),
	at: z.string(),
	answer: z.string().nullable(),
	attempts: z.number(),
	/** when a letter that was put off is tried again */
	retry_at: z.string().nullable(),
	/** the mail server does not accept the address that the registry has */
	is_address_refused: z.boolean(),
});
export type DeliveryItem = z.infer<typeof deliveryItem>;

export const retryAddressBody = z.object({ email: z.email().max(320) });

export const messengerBody = z.object({ school_id: id.nullable() });
export const messengerFileBody = messengerBody.extend({
	/** the text for each person; the words in braces are filled in */
	body: paragraph,
	format: z.enum(['xlsx', 'csv']),
});
export const consentCount = z.object({
	purpose: z.enum(['diagnostic', 'methodist']),
	version: z.string(),
	given: z.number(),
	declined: z.number(),
	withdrawn: z.number(),
});
export const consentCounts = z.object({
	invited: z.number(),
	undecided: z.number(),
	versions: z.array(consentCount),
});
export type ConsentCounts = z.infer<typeof consentCounts>;

export const movements = z.object({
	/** fits the campaign's filter today and was not there, or was elsewhere, on the reference day */
	joined: z.array(
		z.object({
			person_id: z.string(),
			full_name: z.string(),
			school_name: z.string(),
			started_on: z.string(),
		}),
	),
	/** invited, and works at another school now: the answer counts at the school of the reference day */
	transferred: z.array(
		z.object({ full_name: z.string(), school_name: z.string(), now_at: z.array(z.string()) }),
	),
	/** invited, and works at no school of the registry now */
	left: z.array(
		z.object({ full_name: z.string(), school_name: z.string(), last_day: z.string().nullable() }),
	),
	reference_day: z.string(),
	today: z.string(),
});
export type Movements = z.infer<typeof movements>;
export const joinersBody = z.object({ person_ids: z.array(id).min(1).max(2000) });
export const joinersReply = z.object({ invited: z.number() });

export const releasePlanBody = z
	.object({ methodist: isoDate, school: isoDate, municipality: isoDate })
	.refine(({ methodist, school, municipality }) => methodist <= school && school <= municipality, {
		path: ['municipality'],
		params: { code: 'stages-out-of-order' },
	});
export const releasePlan = z.object({
	stage: z.enum(['teacher', 'methodist', 'school', 'municipality']).nullable(),
	plan: z.object({ methodist: z.string(), school: z.string(), municipality: z.string() }).nullable(),
	today: z.string(),
});
export type ReleasePlanReply = z.infer<typeof releasePlan>;

export const todayReply = z.object({ today: z.string() });

export const campaignCentreRoutes = {
	today: {
		method: 'get',
		path: '/api/today',
		summary: 'The day on the server, which opens and closes campaigns',
		reply: todayReply,
	},
	deadline: {
		method: 'post',
		path: '/api/campaigns/:id/deadline',
		summary: 'Move the last day of a campaign to a later one',
		body: deadlineBody,
		reply: campaignDetail,
	},
	extensions: {
		method: 'get',
		path: '/api/campaigns/:id/extensions',
		summary: 'Schools that may answer longer than the others',
		reply: z.array(extensionItem),
	},
	extend: {
		method: 'put',
		path: '/api/campaigns/:id/extensions',
		summary: 'Let one school answer longer',
		body: extensionBody,
		reply: z.array(extensionItem),
	},
	end_extension: {
		method: 'delete',
		path: '/api/campaigns/:id/extensions/:school',
		summary: 'Take the extension of a school back',
		reply: z.array(extensionItem),
	},
	reminders: {
		method: 'get',
		path: '/api/campaigns/:id/reminders',
		summary: 'Reminders of a campaign: planned, sent, and what became of their letters',
		reply: reminderPlan,
	},
	remind: {
		method: 'post',
		path: '/api/campaigns/:id/reminders',
		summary: 'Plan a reminder to those missing, for today or a later day',
		body: reminderBody,
		reply: reminderPlan,
		status: 201,
	},
	reminder_preview: {
		method: 'post',
		path: '/api/campaigns/:id/reminders/preview',
		summary: 'Exactly who would get a reminder now, and its text',
		body: reminderPreviewBody,
		reply: reminderPreview,
	},
	cancel_reminder: {
		method: 'delete',
		path: '/api/campaigns/:id/reminders/:reminder',
		summary: 'Cancel a reminder that has not begun',
		reply: reminderPlan,
	},
	deliveries: {
		method: 'get',
		path: '/api/campaigns/:id/reminders/:reminder/deliveries',
		summary: 'What became of each letter of a reminder',
		reply: z.array(deliveryItem),
	},
	retry_address: {
		method: 'post',
		path: '/api/campaigns/:id/reminders/retry-address',
		summary: 'Let an address that the mail server did not accept be tried again',
		body: retryAddressBody,
		status: 204,
	},
	messenger_file: {
		method: 'post',
		path: '/api/campaigns/:id/reminders/list',
		summary:
			'Those missing with a link, a code and a text each, to be sent by messenger; earlier links keep working',
		body: messengerFileBody,
		media: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
	},
	consents: {
		method: 'get',
		path: '/api/campaigns/:id/consents',
		summary: 'How many gave, refused and withdrew consent, by version of the text',
		reply: consentCounts,
	},
	movements: {
		method: 'get',
		path: '/api/campaigns/:id/movements',
		summary: 'Who came, changed schools or left since the reference day',
		reply: movements,
	},
	invite_joined: {
		method: 'post',
		path: '/api/campaigns/:id/movements/invite',
		summary: 'Invite people who came after the reference day',
		body: joinersBody,
		reply: joinersReply,
	},
	release_plan: {
		method: 'get',
		path: '/api/campaigns/:id/release-plan',
		summary: 'Who sees released results from which day',
		reply: releasePlan,
	},
	plan_release: {
		method: 'put',
		path: '/api/campaigns/:id/release-plan',
		summary: 'Set from which day methodist, school and municipality see the results',
		body: releasePlanBody,
		reply: releasePlan,
	},
} satisfies Record<string, RouteContract>;
