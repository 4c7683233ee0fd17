// Runs test files, each in a process of its own, in the order they are given: `node --test` would sort them by name. Its counts
// go to the parent; what it prints is the reporter's.

import { availableParallelism } from 'node:os';
import { run } from 'node:test';
import report from './reporter.ts';

const [timeout, ...files] = process.argv.slice(2);
// One more than there are cores: many of these tests wait, for a time limit or for a browser.
const concurrency = availableParallelism() + 1;
const events = run({ files, concurrency, timeout: Number(timeout) });
for await (const text of report(events)) process.stdout.write(text);
