// Programs from outside that a test speaks to. Where one is missing the test is skipped with the sentence that says how to
// get it; under CI=true the reporter counts that as a failure.

import { findProgram } from '../../src/base/find-program.ts';

export { findProgram };

/** For `test(name, { skip: without('storescu', 'dcmtk') }, …)`: false when it is there, else the reason. */
export function without(program: string, debianPackage: string): string | false {
  return findProgram(program) ? false : `skipped: ${program} not found (apt-get install ${debianPackage})`;
}
