// What forbids a happening although the state of the case allows it. Each answers the Problem, or undefined.

import { Problem } from '../../base/problem.ts';
import { requestPriorities } from '../terms/service-term.ts';
import type { CaseHappening, SignedReport } from './case-event.ts';
import type { ReadingCase } from './reading-case.ts';

type Guard<K extends CaseHappening['kind']> = (
  before: ReadingCase,
  happening: Extract<CaseHappening, { kind: K }>,
) => Problem | undefined;

const outOfStep = (what: string) => new Problem('reading/out-of-step', { what });

/** Only the reader whose claim it is. */
export function holder({ claim }: ReadingCase, { reader }: { reader: string }): Problem | undefined {
  return claim?.reader === reader ? undefined : new Problem('reading/not-holder');
}

/** While it is offered to somebody nobody else takes it. */
export function offeredReader({ offer }: ReadingCase, { reader }: { reader: string }): Problem | undefined {
  return offer === undefined || offer.reader === reader ? undefined : new Problem('reading/not-holder');
}

/** A second and a trial reading are not made by who has read the study before. */
export function takesIt({ facts }: ReadingCase, { reader }: { reader: string }): Problem | undefined {
  return facts.readBy.includes(reader) ? new Problem('reading/read-before') : undefined;
}

/** Another than who signed the preliminary report. */
export function overReader(before: ReadingCase, happening: { reader: string }): Problem | undefined {
  const isAuthor = before.preliminary?.reader === happening.reader;
  return isAuthor ? new Problem('reading/read-before') : takesIt(before, happening);
}

export const newHold: Guard<'held'> = ({ pauses }, { reason }) =>
  pauses.some((each) => each.to === undefined && each.reason === reason) ? outOfStep('a second hold') : undefined;

export const heldForReason: Guard<'released'> = ({ pauses }, { reason }) =>
  pauses.some((each) => each.to === undefined && each.reason === reason) ? undefined : outOfStep('the release');

/** Nothing is signed, and nothing put away, while there is a change that nobody has said to have seen. */
export function allSeen({ unseen }: ReadingCase): Problem | undefined {
  return unseen.length === 0 ? undefined : new Problem('reading/unseen-change', { changes: unseen.join(', ') });
}

/** Each version follows the one before, and says by what right it was signed. */
export function nextVersion({ reports }: ReadingCase, report: SignedReport): Problem | undefined {
  if (report.version !== reports.length + 1) return outOfStep(`version ${report.version} of the report`);
  const { licences, privilege } = report.entitlement;
  if (licences.length === 0 || privilege === '')
    return new Problem('reading/not-entitled', { gates: 'no entitlement' });
  return undefined;
}

function signs(before: ReadingCase, report: SignedReport): Problem | undefined {
  return holder(before, report) ?? allSeen(before) ?? nextVersion(before, report);
}

const wrongReadType = ({ facts: { readType } }: ReadingCase) => new Problem('reading/read-type', { readType });

export const preliminarySign: Guard<'preliminary-signed'> = (before, { report }) => {
  const { readType } = before.facts;
  return readType === 'preliminary' || readType === 'final' ? signs(before, report) : wrongReadType(before);
};

/** Who was asked for a preliminary reading signs no final one; who reads over one says how they differ. */
export const finalSign: Guard<'final-signed'> = (before, { report, difference }) => {
  const isOverRead = before.state === 'over-read';
  if (!isOverRead && before.facts.readType === 'preliminary') return wrongReadType(before);
  if (isOverRead !== (difference !== undefined)) return outOfStep('the difference from the preliminary report');
  return signs(before, report);
};

/** While a reader has the case only that one sees for it. */
export const changeToSee: Guard<'change-seen'> = (before, happening) => {
  if (before.unseen.length === 0) return outOfStep('seeing a change');
  return before.claim === undefined ? undefined : holder(before, happening);
};

export const versionThere: Guard<'delivered'> = ({ reports }, { version, textHash }) =>
  reports[version - 1]?.textHash === textHash ? undefined : outOfStep('what was delivered');

/** A second reading, or one of a trial, goes to no destination; a preliminary report ends only what asked for no more. */
export function isWhereItBelongs({ state, facts: { readType }, clocks }: ReadingCase): Problem | undefined {
  const isIt =
    state === 'final'
      ? readType === 'second' || readType === 'trial'
      : state !== 'preliminary' || (readType === 'preliminary' && clocks.delivered !== undefined);
  return isIt ? undefined : outOfStep('closing');
}

/** What was answered elsewhere is amended there, and what is only preliminary is followed by a final report. */
export const finalHere = ({ clocks, reports }: ReadingCase): Problem | undefined =>
  reports.length > 0 && clocks.final !== undefined ? undefined : outOfStep('an amendment');

/** The same report may be brought home more than once. */
export const newAnswer: Guard<'answered'> = ({ state, answer }, { textHash }) =>
  state === 'answered' && answer === textHash ? outOfStep('the same answer') : undefined;

export const newRung: Guard<'escalated'> = ({ rungs }, { rung }) =>
  rungs.includes(rung) ? outOfStep('a second escalation') : undefined;

export const raisesPriority: Guard<'raised'> = ({ facts }, { priority }) =>
  requestPriorities.indexOf(priority) > requestPriorities.indexOf(facts.priority)
    ? undefined
    : outOfStep('a priority that is no higher');

export const allCriticalAcknowledged = ({ critical }: ReadingCase): Problem | undefined =>
  critical.every(({ state }) => state === 'acknowledged') ? undefined : new Problem('reading/critical-open');

export const disputable: Guard<'pause-disputed'> = ({ pauses }, { pause }) =>
  pauses[pause] !== undefined && pauses[pause].dispute === undefined ? undefined : outOfStep('the dispute');

export const openDispute: Guard<'pause-settled'> = ({ pauses }, { pause }) => {
  const dispute = pauses[pause]?.dispute;
  return dispute !== undefined && dispute.settled === undefined ? undefined : outOfStep('the settlement');
};

export const newLoop: Guard<'critical-flagged'> = ({ critical }, { loop }) =>
  critical.some(({ id }) => id === loop) ? outOfStep('a second loop of that name') : undefined;

/** What is acknowledged is told nobody any more. */
export function knownLoop({ critical }: ReadingCase, { loop }: { loop: string }): Problem | undefined {
  const found = critical.find(({ id }) => id === loop);
  return found !== undefined && found.state !== 'acknowledged' ? undefined : outOfStep('the critical result');
}

export const newReview: Guard<'sampled'> = ({ reviews }, { review }) =>
  reviews.some(({ id }) => id === review) ? outOfStep('a second review of that name') : undefined;

export function knownReview({ reviews }: ReadingCase, { review }: { review: string }): Problem | undefined {
  return reviews.some(({ id }) => id === review) ? undefined : outOfStep('the review');
}
