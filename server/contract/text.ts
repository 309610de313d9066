import { z } from 'zod';

/** A text that is content and comes in both languages. */
export const localText = z.object({ ru: z.string(), en: z.string() });
export type LocalText = z.infer<typeof localText>;

/** `YYYY-MM-DD` */
export const isoDate = z.iso.date();
/** ISO 8601 with offset or Z */
export const isoTime = z.iso.datetime({ offset: true });
/** What a person may type into a one-line field. */
export const line = z.string().trim().min(1).max(300);
/** What a person may type into a text area. */
export const paragraph = z.string().trim().min(1).max(4000);
/** An id in a body: made by the system or by a registry. */
export const id = z.string().min(1).max(120);
