// Everything that is looked at before a report is signed, in the order in which a reader is told.

import { type Check, writtenOf } from './checks/check.ts';
import { comparison, priorsMissing } from './checks/comparison.ts';
import { contradiction, criticalWords } from './checks/critical-words.ts';
import { laterality } from './checks/laterality.ts';
import { allInstances, allSeries, unseenChanges } from './checks/looked-at.ts';
import { measurement } from './checks/measurement.ts';
import { proposedUnchanged } from './checks/proposed.ts';
import { sexAndOrgan } from './checks/sex-and-organ.ts';
import { typedDates } from './checks/typed-dates.ts';
import { impression, requiredFields, something, unfilled } from './checks/whole.ts';
import { wrongPatient } from './checks/wrong-patient.ts';
import type { ContentFinding } from './finding.ts';
import type { ReportContent, Subject } from './report-content.ts';
import type { ReportFacts } from './report-facts.ts';

export interface CheckOptions {
  /** What stood on the screen that it was written on; absent: that of the case, of a draft that nobody signs yet. */
  subject?: Subject;
  /** Names of fields that the template wants filled. */
  required?: ReadonlySet<string>;
  /** Typed dates that the writer says are meant as they stand. */
  confirmed?: readonly string[];
}

export function checkReport(content: ReportContent, facts: ReportFacts, options: CheckOptions = {}): ContentFinding[] {
  const { subject = facts.subject, required = new Set<string>(), confirmed = [] } = options;
  const checks: readonly Check[] = [
    something,
    wrongPatient(subject),
    unseenChanges,
    typedDates,
    laterality,
    sexAndOrgan,
    criticalWords,
    contradiction,
    impression,
    requiredFields(required),
    unfilled,
    measurement,
    comparison,
    priorsMissing,
    allInstances,
    allSeries,
    proposedUnchanged,
  ];
  const written = writtenOf(content, facts, confirmed);
  return checks.flatMap((check) => check(written));
}
