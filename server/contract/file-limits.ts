// apart from the schemas: the page of those who answer needs these, and no library of schemas

/** The most bytes of one file. */
export const MOST_FILE_BYTES = 5 * 1024 * 1024;

/** Kinds of files that are taken. What a file is, its bytes say; its name and its sender may be wrong. */
export const TAKEN_FILE_TYPES = [
	'image/jpeg',
	'image/png',
	'image/gif',
	'image/webp',
	'application/pdf',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	'application/vnd.oasis.opendocument.text',
	'application/vnd.oasis.opendocument.spreadsheet',
	'application/vnd.oasis.opendocument.presentation',
	'text/plain',
] as const;
