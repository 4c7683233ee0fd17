// What a process uses of the machine, from /proc.

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

/** Processor time that a process has had so far. proc(5): the 14th and 15th fields, in hundredths of a second. */
export function processorMs(pid: number): number {
  // Fields are counted after the name, which may hold anything.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

function field(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024;
}
