// A roster as a table: a row for each shift, with `from`, `to`, and `reader` where it is of several.

import { Problem } from '../../base/problem.ts';

/** Rows by reader, to be read as shifts are. Throws request/malformed. */
export function rosterOfTable(rows: readonly Record<string, string>[], reader?: string): Map<string, object[]> {
  const shifts = new Map<string, object[]>();
  rows.forEach((row, n) => {
    const { id, from, to } = row;
    const whose = reader ?? row.reader;
    if (!whose || !from || !to) {
      throw new Problem('request/malformed', { reason: `row ${n + 2} lacks ${whose ? 'from or to' : 'reader'}` });
    }
    shifts.set(whose, [...(shifts.get(whose) ?? []), { ...(id && { id }), from, to }]);
  });
  return shifts;
}
