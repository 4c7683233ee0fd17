// How long to wait after a failure: longer each time, never the same for two, so that a receiver that comes back is not run
// over by all who waited for it.

export const limits = {
  firstMs: 1_000,
  longestMs: 600_000,
  /** Objects that were tried so often are left to a person. */
  attempts: 12,
} as const;

/** `failures`: in a row, from 1. */
export function pauseMs(failures: number, random: () => number = Math.random): number {
  const whole = Math.min(limits.firstMs * 2 ** Math.min(failures - 1, 30), limits.longestMs);
  return Math.round(whole * (0.75 + random() / 2));
}
