// A task that takes long in a process of its own, at low priority: everything else goes before it, and it cannot take memory
// from whoever answers. The process is sent the task, sends what came of it, and ends.

import { fork, type Serializable } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';

const limits = {
  /** Of the process's heap. */
  heapMegabytes: 2_048,
  /** Characters of what it complained about. */
  complaint: 2_000,
} as const;

/** Rejects with an Error for the operator, or when `signal` aborts. */
export async function runApart<Result>(script: URL, task: Serializable, signal: AbortSignal): Promise<Result> {
  const child = fork(script, [], {
    execArgv: [...process.execArgv, `--max-old-space-size=${limits.heapMegabytes}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    signal,
    killSignal: 'SIGKILL',
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  let result: { value: Result } | undefined;
  child.on('message', (message) => {
    result = { value: message as Result };
  });
  const failed = new Promise<never>((_, reject) => child.on('error', reject));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.send(task);
  const [said, code] = await Promise.race([Promise.all([text(child.stderr!), ended]), failed]);
  if (result !== undefined) return result.value;
  throw new Error(`${script.pathname.split('/').at(-1)} ended with ${code}: ${said.slice(-limits.complaint)}`);
}
