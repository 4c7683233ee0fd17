// How many may be inside at once. Whoever comes too many is turned away at once: a queue would hide the load.

import { Problem } from '../problem.ts';

/** Lets a limited number in at once. */
export interface Gate {
  /** Throws Problem request/overloaded where it is full; otherwise gives what must be called on leaving. */
  enter(): () => void;
}

/** `limit` names the one of `limits` that counts. */
export function gate<L extends string>(limits: Readonly<Record<L, number>>, limit: L): Gate {
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
