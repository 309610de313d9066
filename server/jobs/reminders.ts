import { randomUUID } from 'node:crypto';
import type { Transporter } from 'nodemailer';
import { findCampaign } from '#data/records/diagnostics/campaigns.ts';
import {
	claimDelivery,
	findNextTry,
	MOST_ATTEMPTS,
	settleDelivery,
} from '#data/records/diagnostics/deliveries.ts';
import { addReminderLinks } from '#data/records/diagnostics/participant-keys.ts';
import { recordRefusedAddress } from '#data/records/diagnostics/refused-addresses.ts';
import {
	holdReminder,
	listDueReminders,
	MOST_REMINDERS,
	releaseReminder,
} from '#data/records/diagnostics/reminders.ts';
import type { ReminderRow } from '#data/records/diagnostics/tables.ts';
import { listMissingPeople, type MissingPerson } from '#data/records/joins/missing-people.ts';
import type { Records } from '#data/records/store.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { isBeforeSending, isRefusal, isRefusedAddress, isWait, wordsOf } from '../mail-errors.ts';
import { fillLetter, reminderLink } from '../reminder-text.ts';
import { today } from '../today.ts';

const EVERY_MILLISECONDS = 30_000;
const LEASE_MILLISECONDS = 120_000;
/** How long a letter waits after the first and the second time that the mail server put it off. */
const WAIT_MINUTES = [15, 60];
/** Letters of a plan go out from nine in the morning to eight in the evening, by the server's clock. */
const QUIET_UNTIL = 9;
const QUIET_FROM = 20;

/** What the settings lack for sending mail; empty when letters can go out. */
export function listMissingMailSettings(config: Config): ('SMTP_URL' | 'PUBLIC_URL')[] {
	return (['SMTP_URL', 'PUBLIC_URL'] as const).filter((name) => config[name] === undefined);
}

export interface ReminderSender {
	/** Sends what is due outside the quiet hours; with an id that reminder alone, at any hour. One run at a time here. */
	run(only?: string): Promise<void>;
	/** Looks every half a minute whether a day has come. */
	start(): void;
	/** Ends after the letter at hand. */
	stop(): Promise<void>;
}

/**
 * Sends due reminders, each letter at most once whatever happens: a lease keeps other servers away, every letter is
 * claimed in the records before it leaves, and whoever has answered or refused by then is left out.
 */
export function createReminderSender(floors: { records: Records; config: Config; log: Log }): ReminderSender {
	const { records, config, log } = floors;
	const holder = randomUUID();
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> | undefined;
	let isStopping = false;

	async function runOnce(only: string | undefined): Promise<void> {
		if (listMissingMailSettings(config).length > 0) return;
		const hour = new Date().getHours();
		if (only === undefined && (hour < QUIET_UNTIL || hour >= QUIET_FROM)) return;
		const all = await listDueReminders(records.db, today(), new Date().toISOString());
		const due = only === undefined ? all : all.filter(({ id }) => id === only);
		if (due.length === 0) return;
		// Loaded with the first letter: most installations send none.
		const { createTransport } = await import('nodemailer');
		const mail = createTransport(config.SMTP_URL!);
		try {
			for (const reminder of due) if (!isStopping && (await hold(reminder.id))) await send(mail, reminder);
		} finally {
			mail.close();
		}
	}

	function hold(id: string): Promise<boolean> {
		const now = Date.now();
		const until = new Date(now + LEASE_MILLISECONDS).toISOString();
		return holdReminder(records.db, id, { holder, now: new Date(now).toISOString(), until });
	}

	async function send(mail: Transporter, reminder: ReminderRow): Promise<void> {
		try {
			await mail.verify();
		} catch (error) {
			await giveBack(reminder, error);
			return;
		}
		const people = await listMissingPeople(records.db, reminder.campaign_id, today(), {
			schoolId: reminder.school_id,
		});
		const campaign = await findCampaign(records.db, reminder.campaign_id);
		for (const person of people) {
			if (isStopping) return giveBack(reminder, undefined);
			if (!(await hold(reminder.id))) return;
			const error = await sendOne(mail, reminder, campaign?.title ?? '', person);
			if (error) return giveBack(reminder, error);
		}
		await finish(reminder);
	}

	/** Over when no letter waits for another try; else it is taken up again at the next one. */
	async function finish(reminder: ReminderRow): Promise<void> {
		const { id, campaign_id, school_id } = reminder;
		const resume_at = await records.transaction(async (trx) => {
			const missing = await listMissingPeople(trx, campaign_id, today(), { schoolId: school_id });
			const needed = missing.filter(mayWrite).map(({ participant_code }) => participant_code);
			return findNextTry(trx, id, needed);
		});
		const outcome = resume_at ? { problem: null, resume_at } : { finished_at: new Date().toISOString() };
		await releaseReminder(records.db, id, holder, outcome);
	}

	/** Gives an error only when the letter certainly did not leave and the next one would not either. */
	async function sendOne(
		mail: Transporter,
		reminder: ReminderRow,
		title: string,
		missing: MissingPerson,
	): Promise<unknown> {
		const { participant_code, email } = missing;
		if (email === null || !mayWrite(missing)) return undefined;
		const delivery = { reminder_id: reminder.id, participant_code };
		const claimed = await records.transaction(async (trx) => {
			// Somebody may have answered or refused since the list was made.
			const [person] = await listMissingPeople(trx, reminder.campaign_id, today(), {
				code: participant_code,
			});
			if (!person || !mayWrite(person)) return undefined;
			const attempt = await claimDelivery(trx, { ...delivery, at: new Date().toISOString() });
			if (attempt === undefined) return undefined;
			const [link] = await addReminderLinks(trx, [participant_code]);
			return { person, attempt, secret: link!.secret };
		});
		if (!claimed) return undefined;
		const { full_name, closes_on } = claimed.person;
		const link = reminderLink(config.PUBLIC_URL!, claimed.secret);
		const { subject, body } = fillLetter(reminder, { full_name, title, closes_on, link });
		try {
			const { response } = await mail.sendMail({
				from: senderOf(config),
				to: { name: full_name, address: email },
				subject,
				text: body,
				headers: { 'Auto-Submitted': 'auto-generated' },
			});
			await settleDelivery(records.db, delivery, { state: 'sent', answer: (response ?? '').slice(0, 500) });
		} catch (error) {
			if (isBeforeSending(error)) {
				await settleDelivery(records.db, delivery, 'unsent');
				return error;
			}
			await noteFailure(delivery, { email, attempt: claimed.attempt, error });
		}
		return undefined;
	}

	/** The mail server said «no», «later», or nothing that can be relied on. */
	async function noteFailure(
		delivery: { reminder_id: string; participant_code: string },
		{ email, attempt, error }: { email: string; attempt: number; error: unknown },
	): Promise<void> {
		const answer = wordsOf(error);
		if (isWait(error)) {
			const wait = WAIT_MINUTES[attempt - 1];
			const outcome =
				wait === undefined || attempt >= MOST_ATTEMPTS
					? ({ state: 'given_up', answer } as const)
					: ({ state: 'deferred', answer, retry_at: inMinutes(wait) } as const);
			await settleDelivery(records.db, delivery, outcome);
		} else if (isRefusal(error)) {
			await settleDelivery(records.db, delivery, { state: 'refused', answer });
			if (isRefusedAddress(error))
				await recordRefusedAddress(records.db, { email, answer, refused_at: new Date().toISOString() });
		} else
			log.warn({ err: error, reminder: delivery.reminder_id }, 'whether a reminder arrived is not known');
	}

	async function giveBack({ id }: ReminderRow, error: unknown): Promise<void> {
		if (error) log.warn({ err: error, reminder: id }, 'a reminder waits for the mail server');
		await releaseReminder(records.db, id, holder, { problem: error ? wordsOf(error) : null });
	}

	const sender: ReminderSender = {
		async run(only) {
			while (running) await running;
			running = runOnce(only).finally(() => {
				running = undefined;
			});
			await running;
		},
		start() {
			const look = () =>
				void sender.run().catch((error: unknown) => log.error({ err: error }, 'reminders failed'));
			timer = setInterval(look, EVERY_MILLISECONDS);
			timer.unref();
		},
		async stop() {
			isStopping = true;
			clearInterval(timer);
			await running?.catch(() => undefined);
		},
	};
	return sender;
}

/** The sender's address: `SMTP_FROM`, else the user of the mail server, else a name at the installation's host. */
function senderOf({ SMTP_FROM, SMTP_URL, PUBLIC_URL }: Config): string {
	if (SMTP_FROM) return SMTP_FROM;
	const user = decodeURIComponent(new URL(SMTP_URL!).username);
	return user.includes('@') ? user : `opora@${new URL(PUBLIC_URL!).hostname}`;
}

/** Somebody who has an address that is accepted, and was not reminded as often as allowed. */
const mayWrite = ({ email, refusal, reminded }: MissingPerson): boolean =>
	email !== null && refusal === null && reminded < MOST_REMINDERS;

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
