// Runs test files, each in a process of its own, in the order they are given: `node --test` would sort them by name, and the
// longest last would leave the machine idle. Its counts go to the parent; what it prints is the reporter's.

import { availableParallelism } from 'node:os';
import { run } from 'node:test';
import report from './reporter.ts';

const [timeout, ...files] = process.argv.slice(2);
const events = run({ files, concurrency: availableParallelism(), timeout: Number(timeout) });
for await (const text of report(events)) process.stdout.write(text);
