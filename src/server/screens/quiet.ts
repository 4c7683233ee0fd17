// Work that can wait begins when nobody needs the machine: a department that has just started its archive sends studies
// first and looks at pages later.

import { setTimeout as wait } from 'node:timers/promises';

const limits = {
  lookEveryMs: 500,
  /** So often in a row nothing is to be seen. */
  looks: 10,
};

/** Resolves when `isBusy` has been false for a while. Rejects with AbortError when `signal` aborts. */
export async function quiet(isBusy: () => boolean, signal: AbortSignal): Promise<void> {
  for (let looks = 0; looks < limits.looks; looks = isBusy() ? 0 : looks + 1) {
    await wait(limits.lookEveryMs, undefined, { signal, ref: false });
  }
}
