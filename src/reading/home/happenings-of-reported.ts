// What a report that a provider signed in its own system does to the log of its case: as if its author had taken the case, opened
// and signed it here. What may not happen the table of the case says (transitions.ts), not this.

import type { Report, ReportStatus } from '../../translate/report/report.ts';
import { isWithdrawn } from '../../translate/report/report-status.ts';
import type { CaseHappening, SignedReport } from '../case/case-event.ts';
import type { ReadingCase } from '../case/reading-case.ts';
import { placesIn } from '../content/content-text.ts';
import type { ReportContent, SignedContent } from '../content/report-content.ts';

/** Why a reader loses a case that another of the same provider has signed, or that the provider has called off. */
export const REPORTED_ELSEWHERE = 'reported-elsewhere';
export const CANCELLED_BY_PROVIDER = 'cancelled-by-provider';
export const WITHDRAWN_BY_PROVIDER = 'withdrawn-by-provider';

export interface Reported {
  status: ReportStatus;
  report: SignedReport;
  /** Of the claim that its author did not make here. */
  transactionUid: string;
  leaseUntil: number;
  /** Whether its text is to the letter what was signed before. */
  isSameText: boolean;
}

/** Whether somebody answers for it so that its case goes on: a preliminary report where one was asked for, else a final one. */
export function endsReading(status: ReportStatus, { facts: { readType } }: ReadingCase): boolean {
  if (status === 'preliminary') return readType === 'preliminary';
  return status === 'final' || status === 'corrected' || status === 'appended';
}

/** Entries that make it the next version of its case. */
export function happeningsOfReported(before: ReadingCase, reported: Reported): CaseHappening[] {
  const { status, report, isSameText } = reported;
  const isFirst = before.reports.length === 0;
  const isGiven = before.state === 'preliminary' || before.state === 'over-read';
  if (!isFirst && !isGiven) {
    const how = status === 'appended' ? 'appended' : 'corrected';
    return [{ kind: 'amended', how, report, reason: REPORTED_ELSEWHERE }];
  }
  const signs: CaseHappening =
    status === 'preliminary'
      ? { kind: 'preliminary-signed', report }
      : // How it differs from the preliminary report is for its author to say: only what is equal says so itself.
        { kind: 'final-signed', report, ...(isGiven && isSameText && { difference: 'none' }) };
  return [...takenUp(before, reported), signs];
}

function takenUp(before: ReadingCase, { report: { reader }, transactionUid, leaseUntil }: Reported): CaseHappening[] {
  const { state, claim, offer, preliminary } = before;
  const goesOn: CaseHappening[] =
    state === 'parked' ? [{ kind: 'resumed', reader }] : state === 'claimed' ? [{ kind: 'opened', reader }] : [];
  if (claim?.reader === reader) return goesOn;
  const back: CaseHappening[] =
    claim !== undefined
      ? [{ kind: 'requeued', reader: claim.reader, why: 'reassigned', reason: REPORTED_ELSEWHERE }]
      : offer !== undefined && offer.reader !== reader
        ? [{ kind: 'offer-ended', reader: offer.reader, why: 'left', reason: REPORTED_ELSEWHERE }]
        : [];
  const taken = { reader, transactionUid, leaseUntil };
  if (preliminary !== undefined) return [...back, { kind: 'over-read-begun', ...taken }];
  return [...back, { kind: 'claimed', ...taken }, { kind: 'opened', reader }];
}

/**
 * The provider calls its report off. Before anything was signed whoever has the case gives it back, and it waits for another;
 * what was signed was never true. `isItsReport`: whether what is called off is what was signed.
 */
export function happeningsOfWithdrawn(before: ReadingCase, isItsReport: boolean): CaseHappening[] {
  const { state, claim, offer, reports } = before;
  if (reports.length > 0) {
    return isItsReport && state !== 'in-error' ? [{ kind: 'entered-in-error', reason: WITHDRAWN_BY_PROVIDER }] : [];
  }
  const reason = CANCELLED_BY_PROVIDER;
  if (claim !== undefined) return [{ kind: 'requeued', reader: claim.reader, why: 'gave-back', reason }];
  if (offer !== undefined) return [{ kind: 'offer-ended', reader: offer.reader, why: 'declined', reason }];
  // Nobody has it: its client is told that whoever was thought to read it does not.
  return isOpen(state) && before.refused !== reason ? [{ kind: 'report-refused', why: reason }] : [];
}

const isOpen = (state: ReadingCase['state']): boolean => !['cancelled', 'rejected', 'in-error'].includes(state);

/** How a signed version of it is called among those that were signed here. */
export function signedStatus(status: ReportStatus, isFirst: boolean): SignedContent['status'] {
  if (isWithdrawn(status) || status === 'registered' || status === 'partial')
    throw new Error(`${status} is not signed`);
  if (status === 'preliminary') return status;
  if (isFirst) return 'final';
  return status === 'appended' ? 'appended' : 'corrected';
}

/** Its text as the editor has such: what looks like a place for a field is text, to the letter. */
export const contentOfReported = ({ sections, language }: Pick<Report, 'sections' | 'language'>): ReportContent => ({
  language: language ?? 'und',
  sections: sections.map(({ kind, text, code, at }) => ({
    kind,
    ...(code && { title: code.meaning }),
    text,
    fields: [...new Set(placesIn(text))].map((name) => ({ name, label: name, value: { text: `{{${name}}}` } })),
    ...(at !== undefined && { at }),
  })),
});
