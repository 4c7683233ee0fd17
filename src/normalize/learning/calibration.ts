// From a score to a probability that can be believed: an isotonic fit (pool adjacent violators) over rows that were not
// trained on, kept as steps; between them it is linear.

export interface Calibration {
  /** Ascending. */
  scores: number[];
  probabilities: number[];
}

const limits = {
  /** Rows a step stands for at least, so that none rests on chance. */
  rows: 60,
};

export function calibrate(rows: readonly { score: number; right: boolean }[]): Calibration {
  const sorted = [...rows].sort((a, b) => a.score - b.score);
  const pools: { from: number; to: number; right: number; count: number }[] = [];
  for (let at = 0; at < sorted.length; ) {
    let end = Math.min(sorted.length, at + limits.rows);
    // Rows of one score are one step.
    while (end < sorted.length && sorted[end]!.score === sorted[end - 1]!.score) end++;
    const some = sorted.slice(at, end);
    at = end;
    pools.push({
      from: some[0]!.score,
      to: some.at(-1)!.score,
      right: some.filter(({ right }) => right).length,
      count: some.length,
    });
    while (pools.length > 1 && share(pools.at(-2)!) >= share(pools.at(-1)!)) {
      const last = pools.pop()!;
      const before = pools.at(-1)!;
      before.to = last.to;
      before.right += last.right;
      before.count += last.count;
    }
  }
  return {
    scores: pools.map(({ from, to }) => (from + to) / 2),
    probabilities: pools.map(share),
  };
}

/** Share of right ones, one wrong added: a pool without error is no certainty. */
const share = ({ right, count }: { right: number; count: number }): number => right / (count + 1);

export function probabilityOf({ scores, probabilities }: Calibration, score: number): number {
  if (score <= scores[0]!) return probabilities[0]!;
  for (let step = 1; step < scores.length; step++) {
    if (score > scores[step]!) continue;
    const [from, to] = [scores[step - 1]!, scores[step]!];
    return (
      probabilities[step - 1]! + ((score - from) / (to - from)) * (probabilities[step]! - probabilities[step - 1]!)
    );
  }
  return probabilities.at(-1)!;
}

export const writeCalibration = ({ scores, probabilities }: Calibration): string =>
  scores.map((score, at) => `${score.toFixed(4)} ${probabilities[at]!.toFixed(4)}`).join('\n');

export function readCalibration(text: string): Calibration {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number) as [number, number]);
  return { scores: rows.map(([score]) => score), probabilities: rows.map(([, probability]) => probability) };
}
