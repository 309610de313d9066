import { type Request, type Response, Router } from 'express';
import type { Campaign } from '#data/records/diagnostics/campaigns.ts';
import { addReminderLinks, addTypedCodes } from '#data/records/diagnostics/participant-keys.ts';
import {
	cancelReminder,
	listDeliveries,
	listReminders,
	MOST_REMINDERS,
	recordReminder,
} from '#data/records/diagnostics/reminders.ts';
import { listMissingPeople } from '#data/records/joins/missing-people.ts';
import { demandCampaign, demandSchool } from '../access.ts';
import {
	campaignCentreRoutes,
	type DeliveryItem,
	type MessengerItem,
	messengerBody,
	type ReminderItem,
	type ReminderPlan,
	type ReminderPreview,
	reminderBody,
	reminderPreviewBody,
} from '../contract/campaign-centre.ts';
import type { Floors } from '../floors.ts';
import { listMissingMailSettings, type ReminderSender } from '../jobs/reminders.ts';
import { linkAddress } from '../link-session.ts';
import { logAct } from '../log-act.ts';
import { parseBody } from '../parse.ts';
import { Problem } from '../problem.ts';
import { demandUsableLetter, fillLetter, REMINDER_PRESET } from '../reminder-text.ts';
import { type Asker, askerOf, whoOf } from '../session.ts';
import { today } from '../today.ts';

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
		const first = open.find(({ email }) => email !== null) ?? open[0];
		await logAct(records, asker, 'preview-reminder', `campaign/${campaign.id}`, school_id ?? '');
		const reply: ReminderPreview = {
			to: open.flatMap(({ full_name, school_name, email, reminded }) =>
				email === null ? [] : [{ full_name, school_name, email, reminded }],
			),
			without_email: open
				.filter(({ email }) => email === null)
				.map(({ full_name, school_name }) => ({ full_name, school_name })),
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
		// Who asks for today has decided: the letters leave now, whatever the hour.
		if (send_on === today())
			void sender.run(true).catch((error: unknown) => log.error({ err: error }, 'reminders failed'));
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

	router.post(campaignCentreRoutes.messenger_list.path, async (request, response) => {
		const { asker, campaign } = await findConfidential(request, response);
		const { school_id } = parseBody(messengerBody, request, response);
		await demandOwnSchool(asker, school_id);
		const people = await listMissingPeople(db, campaign.id, today(), { schoolId: school_id });
		const codes = people.map(({ participant_code }) => participant_code);
		const [links, typed] = await records.transaction(async (trx) => {
			await logAct(trx, asker, 'list-for-messenger', `campaign/${campaign.id}`, school_id ?? '');
			return [await addReminderLinks(trx, codes), await addTypedCodes(trx, codes)] as const;
		});
		const linkOf = new Map(links.map(({ participant_code, secret }) => [participant_code, secret]));
		const codeOf = new Map(typed.map(({ participant_code, secret }) => [participant_code, secret]));
		response.json(
			people.map(
				({ participant_code, full_name, school_name }): MessengerItem => ({
					full_name,
					school_name,
					url: linkAddress(request, config.PUBLIC_URL, linkOf.get(participant_code)!),
					code: codeOf.get(participant_code)!,
				}),
			),
		);
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
				const { state, lease_until, sent, refused, uncertain } = row;
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
				};
			}),
		};
	}

	return router;
}
