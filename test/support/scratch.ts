// Where tests put what they write: in memory where there is room. A run makes and removes a hundred thousand files, many of
// them synced, and waiting for a disk is a third of its time; no test of ours can cut the power.

import { chmodSync, mkdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const limits = {
  /** Room that a run is sure not to fill, with the corpus in several nodes and a large object. */
  roomBytes: 8e9,
};

/** For TMPDIR. One for all runs of an account, so that a later one clears away what a killed one left. */
export function scratchFolder(): string {
  const memory = '/dev/shm';
  const folder = join(memory, `fascia-tests-${process.geteuid?.()}`);
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < limits.roomBytes) return tmpdir();
    mkdirSync(folder, { recursive: true });
    // Others may pass through: a database of root's runs as nobody.
    chmodSync(folder, 0o711);
    return folder;
  } catch {
    // Another system, or one that lets nobody write there.
    return tmpdir();
  }
}
