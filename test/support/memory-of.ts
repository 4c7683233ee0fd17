// How much memory a process has resident, from /proc.

import { readFileSync, writeFileSync } from 'node:fs';

export interface MemoryWatch {
  /** How many bytes more the process has had resident at once than when the watch began. */
  moreBytes(): number;
}

/** Forgets the peak of a process that is ours, and watches for the next one. */
export function watchMemory(pid: number): MemoryWatch {
  // proc(5): 5 resets the peak resident set size.
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = field(pid, 'VmRSS');
  return { moreBytes: () => field(pid, 'VmHWM') - before };
}

function field(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024;
}
