// What a check before signing found. Hard ones cannot be signed away; others are overridden with a reason, which is kept beside
// the report.

import type { SectionKind } from '../../translate/report/section.ts';

export interface ContentFinding {
  /** Name of the check: `laterality`, `wrong-patient`, … */
  check: string;
  /** For the reader, in words. */
  message: string;
  /** Nothing is signed while it stands; others are overridden with a reason. */
  isHard: boolean;
  /** Where in the text, as it is shown. */
  section?: SectionKind;
  words?: string;
}

/** What the writer answers a finding with: it stands, and why. */
export interface Override {
  check: string;
  reason: string;
}

/** What still forbids to sign: the hard ones, and those without a reason. */
export const standing = (findings: readonly ContentFinding[], overrides: readonly Override[]): ContentFinding[] =>
  findings.filter(
    ({ check, isHard }) =>
      isHard || !overrides.some((override) => override.check === check && override.reason.trim() !== ''),
  );
