// Work that must not slow the node down, in a process of its own that everything else goes before.

import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';

/** Runs a module of ours with these arguments. Rejects with an Error for the operator, or when `signal` aborts. */
export async function runAtLowPriority(module: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [module, ...args], { stdio: ['ignore', 'ignore', 'pipe'], signal });
  const failed = new Promise<never>((_, reject) => child.on('error', reject));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const [said, code] = await Promise.race([Promise.all([text(child.stderr), ended]), failed]);
  if (code !== 0) throw new Error(`it ended with ${code}: ${said.slice(-2000)}`);
}
