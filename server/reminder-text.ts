import { formatAddress } from './link-session.ts';
import { Problem } from './problem.ts';

/** What stands in a letter in place of its words in braces. */
export interface ReminderWords {
	full_name: string;
	title: string;
	closes_on: string;
	link: string;
}

/** A letter to one person, plain text. */
export interface Letter {
	subject: string;
	body: string;
}

/** The letter a methodist starts from; the words in braces are filled in for each person. */
export const REMINDER_PRESET: Letter = {
	subject: 'Напоминание: {кампания}',
	body: `{имя}, здравствуйте!

Ждём ваших ответов на диагностику «{кампания}». Последний день — {срок}.
Анкету можно прервать и продолжить с любого устройства.

Ваша личная ссылка:
{ссылка}

Участие добровольное: по этой же ссылке можно отказаться, и больше писем не будет. Школа не видит ни ваших ответов, ни отказа.`,
};

const PLACES: Record<string, keyof ReminderWords> = {
	имя: 'full_name',
	кампания: 'title',
	срок: 'closes_on',
	ссылка: 'link',
};

/**
 * Refuses a letter that would go out without a link or with a word in braces that nothing stands for.
 * @throws {Problem} 422 naming the words
 */
export function demandUsableLetter({ subject, body }: Letter): void {
	const unknown = [...`${subject} ${body}`.matchAll(/\{([^{}\n]{1,40})\}/g)]
		.map(([, word]) => word!)
		.filter((word) => !Object.hasOwn(PLACES, word));
	const issues = [...new Set(unknown)].map((word) => ({
		path: 'body',
		code: 'unknown-placeholder',
		values: { word },
	}));
	if (!body.includes('{ссылка}')) issues.push({ path: 'body', code: 'link-missing', values: { word: '' } });
	if (issues.length > 0) throw new Problem(422, 'invalid-body', {}, issues);
}

/** The letter with its words filled in; the subject is one line whatever the names hold. */
export function fillLetter(letter: Letter, words: ReminderWords): Letter {
	const fill = (text: string): string =>
		text.replace(/\{([^{}\n]{1,40})\}/g, (whole, word: string) => {
			const name = PLACES[word];
			return name ? readable(words[name]) : whole;
		});
	return { subject: fill(letter.subject).replace(/\s+/g, ' ').trim(), body: fill(letter.body) };
}

/** The address of a reminder's link under the public address of the installation. */
export const reminderLink = (publicUrl: string, secret: string): string => formatAddress(publicUrl, secret);

function readable(value: string): string {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
	const day = new Intl.DateTimeFormat('ru', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(value));
	// without « г.»: the sentence around it brings its own full stop
	return day.replace(/\s*г\.$/, '');
}
