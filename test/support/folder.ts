// A folder that goes when the test ends.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/**
 * Hooks of a test run in the order in which they were given. What is given here runs in the reverse order: a folder goes after
 * the node that writes there has ended. Otherwise it is not empty when it is removed, and no later hook runs.
 */
export function unwinding(t: Pick<TestContext, 'after'>): (cleanUp: () => void | Promise<void>) => void {
  const stack = new AsyncDisposableStack();
  t.after(() => stack.disposeAsync());
  return (cleanUp) => void stack.defer(cleanUp);
}

export function emptyFolder(after: (cleanUp: () => void) => void, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'fascia-folder-'));
  // Whoever writes there may need a moment to end.
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));
  return folder;
}

/** One holding files named by their number. */
export function folderOf(after: (cleanUp: () => void) => void, files: readonly Uint8Array[]): string {
  const folder = emptyFolder(after);
  for (const [i, file] of files.entries()) writeFileSync(join(folder, `${i}.dcm`), file);
  return folder;
}
