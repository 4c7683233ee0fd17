// How long somebody still has to answer, whatever the clock on the wall does. What is stored is the time that is left and when it
// was looked at last: by the clock that never goes back within one run of a node, by the wall from one run to the next.

/** One reading of both clocks, of one run of one node. */
export interface Moment {
  run: string;
  /** Never goes back within a run. */
  monotonicMs: number;
  wallMs: number;
}

export interface Wait {
  leftMs: number;
  lookedAt: Moment;
}

/**
 * What is left at `now`. Between two runs the wall is all there is: where it went back, nothing is taken to have passed, where it
 * jumped forward at most this one wait ends, for the next begins anew. Early is safer than late.
 */
export function waited({ leftMs, lookedAt }: Wait, now: Moment): Wait {
  const passedMs =
    now.run === lookedAt.run ? now.monotonicMs - lookedAt.monotonicMs : Math.max(0, now.wallMs - lookedAt.wallMs);
  return { leftMs: Math.max(0, leftMs - passedMs), lookedAt: now };
}
