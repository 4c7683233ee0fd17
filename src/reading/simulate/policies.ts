// What is compared: ours, and what reading rooms do without it. Each is an index that `pick` goes by.

import type { Index } from '../dispatch/pick.ts';
import { tardinessCost, weights } from '../dispatch/tardiness-cost.ts';
import type { Random } from './random.ts';

export interface Policy {
  about: string;
  /** Made anew for each run; what it draws comes from the run's stream. */
  index(random: Random): Index;
}

export const policies: Readonly<Record<string, Policy>> = {
  fifo: { about: 'first in, first out', index: () => (waiting) => -waiting.readyAt },
  edf: { about: 'earliest due first', index: () => (waiting) => -waiting.dueAt },
  strict: {
    about: 'priority, then first in, first out',
    index: () => (waiting) => weights.priority[waiting.class.kind.priority] * 1e15 - waiting.readyAt,
  },
  shortest: {
    about: 'shortest reading first',
    index: () => (waiting, reader) => -reader.expectedMs(waiting.class.kind),
  },
  cherry: { about: 'three of ten picks are of the shortest, the others tardiness cost', index: cherryPicking },
  atc: { about: 'tardiness cost with a cap on waiting, as the exchange dispatches', index: () => tardinessCost },
};

function cherryPicking(random: Random): Index {
  let asker: { id: string; now: number; isPicking: boolean } | undefined;
  return (waiting, reader, now) => {
    if (asker?.id !== reader.id || asker.now !== now) {
      asker = { id: reader.id, now, isPicking: random.uniform() < 0.3 };
    }
    return asker.isPicking ? 1e6 - reader.expectedMs(waiting.class.kind) : tardinessCost(waiting, reader, now);
  };
}
