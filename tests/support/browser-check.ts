import { chromiumPath } from './chromium.ts';

/** Says whether a browser for the tests runs on this machine, and how to get one. */
process.stdout.write(`${await chromiumPath()}\n`);
