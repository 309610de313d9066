import { copyFolder, freshFolder } from './folders.ts';
import { runCommand } from './server-process.ts';
import { secondsOf } from './timing.ts';

let made: Promise<{ folder: string; seconds: number }> | undefined;

/** The demo municipality, made once per run by the real command; `seconds` is what that took. */
export function demoFolder(): Promise<{ folder: string; seconds: number }> {
	made ??= (async () => {
		const folder = freshFolder();
		const seconds = await secondsOf(() => runCommand(['demo'], folder));
		return { folder, seconds };
	})();
	return made;
}

/** A copy of the demo to work in. */
export async function copyOfDemo(): Promise<string> {
	return copyFolder((await demoFolder()).folder);
}
