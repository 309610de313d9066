import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { arch, cpus, platform, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { median } from './timing.ts';

/** What the machine gave during a run; absolute numbers mean something only beside it. */
export interface MachineScore {
	/** durable writes of 4 KB to one file per second */
	fsync_per_second: number;
	/** millions of steps of a fixed loop per second of the wall clock, median of nine */
	cpu_score: number;
	/** share of one core that a busy thread got: well below 1 means that others were at work */
	core_share: number;
}

/** Takes about a second. */
export function scoreMachine(): MachineScore {
	const rounds = Array.from({ length: 9 }, spin);
	return {
		fsync_per_second: Math.round(countSyncs(300)),
		cpu_score: Math.round(median(rounds.map(({ score }) => score))),
		core_share: Math.round(median(rounds.map(({ share }) => share)) * 100) / 100,
	};
}

/** The mean of scores taken before and after a measurement. */
export function meanScore(scores: readonly MachineScore[]): MachineScore {
	const mean = (name: keyof MachineScore): number =>
		scores.reduce((sum, score) => sum + score[name], 0) / scores.length;
	return {
		fsync_per_second: Math.round(mean('fsync_per_second')),
		cpu_score: Math.round(mean('cpu_score')),
		core_share: Math.round(mean('core_share') * 100) / 100,
	};
}

/** The machine without its name or anybody's paths. */
export function describeMachine(): string {
	const [first] = cpus();
	const memory = Math.round(totalmem() / 1024 ** 3);
	return `${cpus().length} × ${first?.model.trim() ?? arch()}, ${memory} GiB, ${platform()} ${arch()}, Node ${process.versions.node}`;
}

const STEPS = 20_000_000;

function spin(): { score: number; share: number } {
	const cpu = process.cpuUsage();
	const began = performance.now();
	let state = 1;
	for (let step = 0; step < STEPS; step += 1) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
	const milliseconds = performance.now() - began;
	const { user, system } = process.cpuUsage(cpu);
	// The result is used, so that the loop is not left out.
	return {
		score: (STEPS + (state & 1)) / milliseconds / 1000,
		share: (user + system) / 1000 / milliseconds,
	};
}

function countSyncs(milliseconds: number): number {
	const folder = mkdtempSync(join(tmpdir(), 'opora-bench-'));
	const file = openSync(join(folder, 'sync'), 'w');
	const block = Buffer.alloc(4096, 1);
	const began = performance.now();
	let count = 0;
	while (performance.now() - began < milliseconds) {
		writeSync(file, block);
		fsyncSync(file);
		count += 1;
	}
	const seconds = (performance.now() - began) / 1000;
	closeSync(file);
	rmSync(folder, { recursive: true });
	return count / seconds;
}
