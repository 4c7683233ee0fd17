// Work beside the node, in a process of its own that everything else goes before until somebody waits for it.

import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';

/**
 * Runs a module of ours with these arguments, at low priority until `wanted` resolves: on a machine that is never idle it would not
 * end otherwise. Rejects with an Error for the operator, or when `signal` aborts.
 */
export async function runBeside(
  module: string,
  args: readonly string[],
  { signal, wanted }: { signal: AbortSignal; wanted: Promise<void> },
): Promise<void> {
  const isWanted = await Promise.race([
    wanted.then(() => true),
    new Promise((resolve) => setImmediate(resolve, false)),
  ]);
  const child = spawn(process.execPath, [module, ...args], { stdio: ['ignore', 'ignore', 'pipe'], signal });
  const failed = new Promise<never>((_, reject) => child.on('error', reject));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (!isWanted) {
    prioritise(child.pid, constants.priority.PRIORITY_LOW);
    wanted.then(() => child.exitCode ?? prioritise(child.pid, constants.priority.PRIORITY_NORMAL));
  }
  const [said, code] = await Promise.race([Promise.all([text(child.stderr), ended]), failed]);
  if (code !== 0) throw new Error(`it ended with ${code}: ${said.slice(-2000)}`);
}

function prioritise(pid: number | undefined, priority: number): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, priority);
  } catch {
    // It has ended, or only an administrator may let it go faster again.
  }
}
