// Whether work is shared evenly: of the work that each reader did in a shift, per hour on duty.

/** 0: all the same; towards 1: one has all. 0 where nobody has any. */
export function gini(shares: readonly number[]): number {
  const sorted = [...shares].sort((a, b) => a - b);
  const sum = sorted.reduce((total, each) => total + each, 0);
  if (sum === 0) return 0;
  const weighted = sorted.reduce((total, each, at) => total + (2 * (at + 1) - sorted.length - 1) * each, 0);
  return weighted / (sorted.length * sum);
}

/** Standard deviation over mean, of all there are; 0 where the mean is. */
export function variation(shares: readonly number[]): number {
  if (shares.length === 0) return 0;
  const mean = shares.reduce((total, each) => total + each, 0) / shares.length;
  if (mean === 0) return 0;
  const variance = shares.reduce((total, each) => total + (each - mean) ** 2, 0) / shares.length;
  return Math.sqrt(variance) / mean;
}
