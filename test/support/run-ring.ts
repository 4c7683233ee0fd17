// Runs test files, each in a process of its own, in the order they are given: `node --test` would sort them by name. Its counts
// go to the parent; what it prints is the reporter's.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import report from './reporter.ts';

const limits = {
  /** A file has hung: the longest takes an eighth of it on a machine that does little else, and all of a half on a full one. */
  fileMs: 600_000,
};

const [timeout, ...files] = process.argv.slice(2);
// A limit of the runner holds for each test: a hook that waits for ever, or a server that nobody stops, would hold up all.
process.env.TEST_FILE_MS ??= String(limits.fileMs);
const execArgv = ['--import', join(import.meta.dirname, 'file-deadline.ts')];
// One more than there are cores: many of these tests wait, for a time limit or for a browser.
const concurrency = availableParallelism() + 1;
const events = run({ files, concurrency, execArgv, timeout: Number(timeout) });
for await (const text of report(events)) process.stdout.write(text);
