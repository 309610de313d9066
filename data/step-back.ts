import { setPriority } from 'node:os';

/** As the kernel counts: 0 is everybody's, 19 gives way to all. */
const BEHIND_OTHERS = 10;

/**
 * Puts the calling thread behind those that answer people: while there are fewer processors than work, a check of a file
 * or a computation takes longer instead of every receipt. Only Linux gives threads a priority of their own; elsewhere it
 * would be that of the whole program, so nothing is done.
 */
export function stepBack(): void {
	if (process.platform === 'linux') setPriority(0, BEHIND_OTHERS);
}
