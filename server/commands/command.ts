import { resolve } from 'node:path';
import type { Progress } from '#analytics/progress.ts';
import { type Config, readConfig } from '../config.ts';
import { type Language, translate } from '../language.ts';

/** One command of the command line. */
export interface Command {
	/** what stands after the name: `<kind> FILE [--dry-run]` */
	usage: string;
	/** runs it and gives the exit code: 0 success, 1 refused input, 2 wrong usage, 3 failure of machine or store */
	run(terminal: Terminal): Promise<number>;
}

/** Where a command is typed: its words, its place, its two outputs and its language. */
export interface Terminal {
	words: string[];
	environment: Record<string, string | undefined>;
	language: Language;
	/** a result, on stdout */
	print(text: string): void;
	/** everything else, on stderr */
	tell(text: string): void;
	/** how far a long command is, where a person looks on; null takes it away again */
	showProgress(progress: Progress | null): void;
}

/** Words that make no command: shown with the usage, exit code 2. */
export class UsageError extends Error {}

/** Input that is refused: exit code 1. */
export class Refusal extends Error {}

/** An absolute path; relative ones start where the command was typed. */
export function pathFrom({ environment }: Terminal, path: string): string {
	return resolve(environment.INIT_CWD ?? process.cwd(), path);
}

/** The settings; a relative data folder starts in the project, where `npm start` stands too. */
export function configOf({ environment }: Terminal): Config {
	return readConfig(environment);
}

/** A text of the command line in its language. */
export function say({ language }: Terminal, key: string, values: Record<string, unknown> = {}): string {
	return translate(language, `cli.${key}`, values);
}
