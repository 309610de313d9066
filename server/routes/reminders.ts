import { type Request, type Response, Router } from 'express';
import { writeTable } from '#data/export/table.ts';
import type { Campaign } from '#data/records/diagnostics/campaigns.ts';
import { listDeliveries } from '#data/records/diagnostics/deliveries.ts';
import { addReminderLinks, addTypedCodes } from '#data/records/diagnostics/participant-keys.ts';
import { forgetRefusedAddress } from '#data/records/diagnostics/refused-addresses.ts';
import {
	cancelReminder,
	listReminders,
	MOST_REMINDERS,
	recordReminder,
} from '#data/records/diagnostics/reminders.ts';
import { listMissingPeople } from '#data/records/joins/missing-people.ts';
import { demandCampaign, demandSchool } from '../access.ts';
import {
	campaignCentreRoutes,
	type DeliveryItem,
	messengerFileBody,
	type ReminderItem,
	type ReminderPlan,
	type ReminderPreview,
	reminderBody,
	reminderPreviewBody,
	retryAddressBody,
} from '../contract/campaign-centre.ts';
import type { Floors } from '../floors.ts';
import { listMissingMailSettings, type ReminderSender } from '../jobs/reminders.ts';
import { linkAddress } from '../link-session.ts';
import { logAct } from '../log-act.ts';
import { tabulateMessages } from '../messenger-table.ts';
import { parseBody } from '../parse.ts';
import { Problem } from '../problem.ts';
import { demandUsableLetter, fillLetter, REMINDER_PRESET } from '../reminder-text.ts';
import { type Asker, askerOf, whoOf } from '../session.ts';
import { today } from '../today.ts';

const media = {
	csv: 'text/csv; charset=utf-8',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Reminders to those missing and to nobody else: previewed by name, planned, sent once, and accounted for. */
export function remindersRouter({ records, config, log }: Floors, sender: ReminderSender): Router {
	const { db } = records;
	const router = Router();

	router.get(campaignCentreRoutes.reminders.path, async (request, response) => {
		const { campaign } = await findConfidential(request, response);
		response.json(await describePlan(campaign.id));
	});

	router.post(campaignCentreRoutes.reminder_preview.path, async (request, response) => {
		const { asker, campaign } = await findConfidential(request, response);
		const { school_id, ...letter } = parseBody(reminderPreviewBody, request, response);
		await demandOwnSchool(asker, school_id);
		demandUsableLetter(letter);
		const missing = await listMissingPeople(db, campaign.id, today(), { schoolId: school_id });
		const open = missing.filter(({ reminded }) => reminded < MOST_REMINDERS);
		const first = open.find(({ email, refusal }) => email !== null && refusal === null) ?? open[0];
		await logAct(records, asker, 'preview-reminder', `campaign/${campaign.id}`, school_id ?? '');
		const reply: ReminderPreview = {
			to: open.flatMap(({ full_name, school_name, email, refusal, reminded }) =>
				email === null || refusal !== null ? [] : [{ full_name, school_name, email, reminded }],
			),
			without_email: open
				.filter(({ email }) => email === null)
				.map(({ full_name, school_name }) => ({ full_name, school_name })),
			address_refused: open.flatMap(({ full_name, school_name, email, refusal }) =>
				email === null || refusal === null ? [] : [{ full_name, school_name, email, answer: refusal }],
			),
			reminded_enough: missing.length - open.length,
			sample: fillLetter(letter, {
				full_name: first?.full_name ?? '…',
				title: campaign.title,
				closes_on: first?.closes_on ?? campaign.closes_on,
				link: linkAddress(request, config.PUBLIC_URL, '…'),
			}),
		};
		response.json(reply);
	});

	router.post(campaignCentreRoutes.remind.path, async (request, response) => {
		const { asker, campaign } = await findConfidential(request, response);
		const { reminder_id, send_on, school_id, ...letter } = parseBody(reminderBody, request, response);
		await demandOwnSchool(asker, school_id);
		demandUsableLetter(letter);
		const missing = listMissingMailSettings(config);
		if (missing.length > 0) throw new Problem(409, 'mail-not-set-up', { settings: missing.join(', ') });
		if (campaign.state !== 'open' && campaign.state !== 'approved')
			throw new Problem(409, 'nobody-to-remind');
		if (send_on < today()) throw new Problem(422, 'reminder-in-the-past', { today: today() });
		await records.transaction(async (trx) => {
			const isNew = await recordReminder(trx, {
				...letter,
				id: reminder_id,
				campaign_id: campaign.id,
				school_id,
				send_on,
				created_by: whoOf(asker),
				created_at: new Date().toISOString(),
			});
			if (isNew) await logAct(trx, asker, 'plan-reminder', `campaign/${campaign.id}`, send_on);
		});
		// Who asks for today has decided: these letters leave now, whatever the hour.
		if (send_on === today())
			void sender.run(reminder_id).catch((error: unknown) => log.error({ err: error }, 'reminders failed'));
		response.status(201).json(await describePlan(campaign.id));
	});

	router.delete(campaignCentreRoutes.cancel_reminder.path, async (request, response) => {
		const { asker, campaign } = await findConfidential(request, response);
		const id = String(request.params.reminder);
		await records.transaction(async (trx) => {
			if (!(await cancelReminder(trx, campaign.id, id))) throw new Problem(409, 'reminder-begun');
			await logAct(trx, asker, 'cancel-reminder', `campaign/${campaign.id}`);
		});
		response.json(await describePlan(campaign.id));
	});

	router.get(campaignCentreRoutes.deliveries.path, async (request, response) => {
		const { asker, campaign } = await findConfidential(request, response);
		const rows = await listDeliveries(db, campaign.id, String(request.params.reminder));
		await logAct(records, asker, 'see-deliveries', `campaign/${campaign.id}`);
		response.json(
			rows.map(
				({ participant_code: _, state, ...row }): DeliveryItem => ({
					...row,
					state: state as DeliveryItem['state'],
				}),
			),
		);
	});

	router.post(campaignCentreRoutes.retry_address.path, async (request, response) => {
		const { asker, campaign } = await findConfidential(request, response);
		const { email } = parseBody(retryAddressBody, request, response);
		const people = await listMissingPeople(db, campaign.id, today());
		const isTheirs = people.some((person) => person.email?.toLowerCase() === email.toLowerCase());
		await records.transaction(async (trx) => {
			if (!isTheirs || !(await forgetRefusedAddress(trx, email))) throw new Problem(404, 'not-found');
			await logAct(trx, asker, 'retry-address', `campaign/${campaign.id}`);
		});
		response.status(204).end();
	});

	router.post(campaignCentreRoutes.messenger_file.path, async (request, response) => {
		const { asker, campaign } = await findConfidential(request, response);
		const { school_id, body, format } = parseBody(messengerFileBody, request, response);
		await demandOwnSchool(asker, school_id);
		demandUsableLetter({ subject: '', body });
		const people = await listMissingPeople(db, campaign.id, today(), { schoolId: school_id });
		if (people.length === 0) throw new Problem(409, 'nobody-missing');
		const codes = people.map(({ participant_code }) => participant_code);
		const [links, typed] = await records.transaction(async (trx) => {
			await logAct(trx, asker, 'list-for-messenger', `campaign/${campaign.id}`, school_id ?? '');
			return [await addReminderLinks(trx, codes), await addTypedCodes(trx, codes)] as const;
		});
		const table = tabulateMessages(
			people,
			{ title: campaign.title, body, links, typed },
			(secret) => linkAddress(request, config.PUBLIC_URL, secret),
			response.locals.language,
		);
		const file = await writeTable(table, format);
		response.attachment(`messenger.${format}`).type(media[format]).send(file);
	});

	/** @throws {Problem} 409 for an anonymous campaign: nobody knows who is missing there */
	async function findConfidential(
		request: Request,
		response: Response,
	): Promise<{ asker: Asker; campaign: Campaign }> {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'run-campaign', String(request.params.id));
		if (campaign.mode === 'anonymous') throw new Problem(409, 'anonymous-not-reminded');
		return { asker, campaign };
	}

	async function demandOwnSchool(asker: Asker, schoolId: string | null): Promise<void> {
		if (schoolId !== null) await demandSchool(db, asker, 'run-campaign', schoolId);
	}

	async function describePlan(campaignId: string): Promise<ReminderPlan> {
		const now = new Date().toISOString();
		return {
			missing_settings: listMissingMailSettings(config),
			most_per_person: MOST_REMINDERS,
			preset: REMINDER_PRESET,
			today: today(),
			items: (await listReminders(db, campaignId)).map((row): ReminderItem => {
				const { id, school_id, school_name, send_on, subject, body, finished_at, problem } = row;
				const { state, lease_until, sent, refused, uncertain, deferred } = row;
				return {
					reminder_id: id,
					school_id,
					school_name,
					send_on,
					subject,
					body,
					state: state as ReminderItem['state'],
					is_sending: state === 'planned' && lease_until !== null && lease_until > now,
					finished_at,
					problem,
					sent,
					refused,
					uncertain,
					deferred,
				};
			}),
		};
	}

	return router;
}
