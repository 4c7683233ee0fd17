// Time as a value that is handed in, so that tests own it. Pure folders take what they need of it as arguments.

export interface Clock {
  /** The wall clock, in milliseconds since 1970-01-01T00:00Z. May jump. */
  now(): number;
  /** A clock that never goes back, in milliseconds from an arbitrary start: for durations and time limits. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
};
