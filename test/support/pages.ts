// Our own pages, which are bundled beside a running node.

import { setTimeout as pause } from 'node:timers/promises';
import type { NodeProcess } from './node-process.ts';

const limits = {
  /** Whoever asks without a pause takes the processor from the one that bundles. */
  askAgainMs: 50,
};

/** Resolves when a page is there. `ask` is a browser that is signed in. */
export async function pagesBundled(
  { url }: Pick<NodeProcess, 'url'>,
  ask: (url: string) => Promise<Response> = fetch,
): Promise<Response> {
  for (;;) {
    const response = await ask(url);
    if (response.status !== 503) return response;
    await pause(limits.askAgainMs);
  }
}
