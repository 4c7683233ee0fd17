// How many tests ran and how they ended.

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export function addUp(all: Counts[]): Counts {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) {
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
  }
  return sum;
}

/** `N passed, N failed`, and `, N skipped` where some were. */
export function printCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
