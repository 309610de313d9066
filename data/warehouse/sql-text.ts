/** An SQL identifier in quotes. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** An SQL text literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
