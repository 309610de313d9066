import type { WriteStream } from 'node:tty';
import { stageTexts } from '#analytics/progress.ts';
import type { Language } from '../language.ts';
import type { Terminal } from './command.ts';

/**
 * One line at the foot of a terminal that says what is being done and how far it is; nothing where the output goes to a file.
 * A terminal is written to at once, so the line moves although the arithmetic holds the thread.
 */
export function progressLine(
	stream: Pick<WriteStream, 'write'> & { isTTY?: boolean; columns?: number },
	language: Language,
): Terminal['showProgress'] {
	if (!stream.isTTY) return () => undefined;
	let shown = '';
	return (progress) => {
		const text = progress
			? `${stageTexts[progress.stage][language]}… ${Math.round(progress.share * 100)} %`
			: '';
		if (text === shown) return;
		shown = text;
		stream.write(`\r\u001B[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
	};
}
