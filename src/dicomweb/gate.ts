// How many may be inside at once. Whoever comes too many is turned away at once: a queue would hide the load.

import { Problem } from '../base/problem.ts';
import type { Gate } from './exchange.ts';
import { limits } from './limits.ts';

export function gate(limit: 'requestsAtOnce' | 'storesAtOnce'): Gate {
  let inside = 0;
  return {
    enter() {
      if (inside >= limits[limit]) throw new Problem('request/overloaded', { limit });
      inside += 1;
      return () => {
        inside -= 1;
      };
    },
  };
}
