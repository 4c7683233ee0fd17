// Loaded before a test file that has a process of its own: ends the process when the file has hung, be it in a test, in a hook
// or behind its last test, so that the file fails by its name and the others go on. What the file had started is told to stop.

import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const fileMs = Number(process.env.TEST_FILE_MS);

setTimeout(() => {
  const file = relative(process.cwd(), process.argv[1] ?? '');
  process.stderr.write(`  ${file} has not ended after ${fileMs / 1000} s\n`);
  for (const pid of children()) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // It ended meanwhile.
    }
  }
  process.exit(1);
}, fileMs).unref();

/** Where there is no /proc, what was started goes on: better than a run that does not end. */
function children(): number[] {
  try {
    return readdirSync('/proc/self/task')
      .map((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8'))
      .flatMap((pids) => pids.split(' ').filter((pid) => pid !== ''))
      .map(Number);
  } catch {
    return [];
  }
}
