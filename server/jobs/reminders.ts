import { randomUUID } from 'node:crypto';
import { createTransport, type Transporter } from 'nodemailer';
import { findCampaign } from '#data/records/diagnostics/campaigns.ts';
import { addReminderLinks } from '#data/records/diagnostics/participant-keys.ts';
import {
	claimDelivery,
	holdReminder,
	listDueReminders,
	MOST_REMINDERS,
	releaseReminder,
	settleDelivery,
} from '#data/records/diagnostics/reminders.ts';
import { listMissingPeople, type MissingPerson } from '#data/records/joins/missing-people.ts';
import type { ReminderRow } from '#data/records/schema.ts';
import type { Records } from '#data/records/store.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { fillLetter, reminderLink } from '../reminder-text.ts';
import { today } from '../today.ts';

const EVERY_MILLISECONDS = 30_000;
const LEASE_MILLISECONDS = 120_000;
/** Letters of a plan go out from nine in the morning to eight in the evening, by the server's clock. */
const QUIET_UNTIL = 9;
const QUIET_FROM = 20;

/** What the settings lack for sending mail; empty when letters can go out. */
export function listMissingMailSettings(config: Config): ('SMTP_URL' | 'PUBLIC_URL')[] {
	return (['SMTP_URL', 'PUBLIC_URL'] as const).filter((name) => config[name] === undefined);
}

export interface ReminderSender {
	/** Sends what is due; `urgent` ignores the quiet hours. One run at a time in this process. */
	run(urgent?: boolean): Promise<void>;
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

	async function runOnce(urgent: boolean): Promise<void> {
		if (listMissingMailSettings(config).length > 0) return;
		const hour = new Date().getHours();
		if (!urgent && (hour < QUIET_UNTIL || hour >= QUIET_FROM)) return;
		const due = await listDueReminders(records.db, today(), new Date().toISOString());
		if (due.length === 0) return;
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
		await releaseReminder(records.db, reminder.id, holder, { finished_at: new Date().toISOString() });
	}

	/** Gives an error only when the letter certainly did not leave and the next one would not either. */
	async function sendOne(
		mail: Transporter,
		reminder: ReminderRow,
		title: string,
		{ participant_code, email }: MissingPerson,
	): Promise<unknown> {
		if (email === null) return undefined;
		const delivery = { reminder_id: reminder.id, participant_code };
		const claimed = await records.transaction(async (trx) => {
			// Somebody may have answered or refused since the list was made.
			const [person] = await listMissingPeople(trx, reminder.campaign_id, today(), {
				code: participant_code,
			});
			if (!person || person.reminded >= MOST_REMINDERS) return undefined;
			if (!(await claimDelivery(trx, { ...delivery, at: new Date().toISOString() }))) return undefined;
			const [link] = await addReminderLinks(trx, [participant_code]);
			return { person, secret: link!.secret };
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
			const answer = wordsOf(error);
			if (isBeforeSending(error)) {
				await settleDelivery(records.db, delivery, 'unsent');
				return error;
			}
			if (isRefusal(error)) await settleDelivery(records.db, delivery, { state: 'refused', answer });
			else log.warn({ err: error, reminder: reminder.id }, 'whether a reminder arrived is not known');
		}
		return undefined;
	}

	async function giveBack({ id }: ReminderRow, error: unknown): Promise<void> {
		if (error) log.warn({ err: error, reminder: id }, 'a reminder waits for the mail server');
		await releaseReminder(records.db, id, holder, { problem: error ? wordsOf(error) : null });
	}

	const sender: ReminderSender = {
		async run(urgent = false) {
			while (running) await running;
			running = runOnce(urgent).finally(() => {
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

interface MailError {
	code?: string;
	command?: string;
	responseCode?: number;
	message?: string;
}

/** No connection, or no permission to send: nothing of the letter was handed over. */
function isBeforeSending(error: unknown): boolean {
	const { code, command } = error as MailError;
	if (code === 'EAUTH' || code === 'EDNS' || code === 'ETLS') return true;
	return command === 'CONN' || command === 'EHLO' || command === 'HELO';
}

/** The mail server answered and said no. */
const isRefusal = (error: unknown): boolean => ((error as MailError).responseCode ?? 0) >= 400;

const wordsOf = (error: unknown): string => ((error as MailError).message ?? String(error)).slice(0, 500);
