// What the file system reports, as a row of base/problem.ts.

import { Problem } from '../../base/problem.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Anything thrown by a file system call, as a Problem that names no path. `sizeBytes`: what was to be written, where known. */
export function diskProblem(thrown: unknown, sizeBytes = 0): Problem {
  if (thrown instanceof Problem) return thrown;
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code;
  if (code !== undefined && FULL.has(code)) return new Problem('storage/full', { sizeBytes }, thrown);
  return new Problem('internal/unexpected', {}, thrown);
}
