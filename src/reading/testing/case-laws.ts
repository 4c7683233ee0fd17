// What must be true of every log, written down without the table of transitions or the fold: one walk over the entries that
// remembers who has the case, what nobody has seen, what is signed and which critical results are open.

import type { CaseEvent, SignedReport } from '../case/case-event.ts';
import { clockOf } from '../case/clocks.ts';
import type { ReadingCase } from '../case/reading-case.ts';
import { clockMoments } from '../terms/service-term.ts';
import { someTerm } from './facts.ts';

/** Laws that this log breaks, in words. */
export function brokenLaws(events: readonly CaseEvent[]): string[] {
  const broken: string[] = [];
  const law = (isKept: boolean, what: string) => void (isKept || broken.push(what));
  let holder: string | undefined;
  let hasBegun = false;
  let isOver = false;
  const unseen = new Set<string>();
  const open = new Set<string>();
  const reports: SignedReport[] = [];
  let hasFinal = false;
  let isClosed = false;
  let isAnswered = false;
  let wanted: string | undefined;
  /** The preliminary report is everywhere, and no more was asked for. */
  let isGiven = false;

  const takes = (reader: string) => {
    law(holder === undefined, 'one reader at a time has a case');
    holder = reader;
  };
  const leaves = (reader: string) => {
    law(holder === reader, 'only who has a case gives it back');
    holder = undefined;
  };
  const signs = (report: SignedReport) => {
    law(unseen.size === 0, 'nothing is signed while a change is not seen');
    law(report.reader !== '' && report.entitlement.licences.length > 0, 'a report has a signer with a licence');
    law(report.entitlement.privilege !== '', 'a report has a signer with a privilege');
    law(report.version === reports.length + 1, 'versions count up');
    reports.push(report);
    hasBegun = true;
  };

  for (const [at, event] of events.entries()) {
    law(event.sequence === at + 1, 'entries count from 1 without a gap');
    law(at === 0 || event.at >= events[at - 1]!.at, 'time does not go back');
    law(!isOver || afterTheEnd.has(event.kind), `nothing follows an end: ${event.kind}`);
    if ('facts' in event) wanted = event.facts.readType;
    switch (event.kind) {
      case 'claimed':
      case 'over-read-begun':
        law(!hasFinal && !isAnswered, 'what is final is not claimed');
        law(!isClosed, 'what is closed is not claimed');
        takes(event.reader);
        break;
      case 'requeued':
        leaves(event.reader);
        break;
      case 'opened':
      case 'drafted':
      case 'parked':
      case 'resumed':
        law(holder === event.reader, 'only who has a case works at it');
        if (event.kind === 'opened') hasBegun = true;
        break;
      case 'preliminary-signed':
      case 'final-signed':
        signs(event.report);
        law(!hasFinal, 'a case becomes final once');
        hasFinal ||= event.kind === 'final-signed';
        leaves(event.report.reader);
        break;
      case 'amended':
        law(hasFinal, 'only what is final is amended');
        signs(event.report);
        isClosed = false;
        break;
      case 'changed':
        if (holder !== undefined || hasBegun) unseen.add(event.what);
        break;
      case 'change-seen':
        law(holder === undefined || holder === event.reader, 'who has a case sees its changes');
        unseen.clear();
        break;
      case 'delivered':
        isGiven ||= wanted === 'preliminary' && event.version === reports.length && event.outstanding === 0;
        break;
      case 'critical-flagged':
        open.add(event.loop);
        isClosed = false;
        break;
      case 'critical-acknowledged':
        open.delete(event.loop);
        break;
      case 'answered':
        law(holder === undefined, 'what a reader has here is not answered elsewhere');
        law(reports.length === 0, 'what was signed here is not answered elsewhere');
        law(!isClosed, 'what is closed is not answered');
        isAnswered ||= event.as === 'final';
        break;
      case 'closed':
        law(
          (hasFinal || isAnswered || isGiven) && !isClosed,
          'only what is final, or all that was asked for, is closed',
        );
        law(holder === undefined, 'nothing is closed while a reader has it');
        law(open.size === 0, 'nothing is closed while a critical result is open');
        isClosed = true;
        break;
      case 'cancelled':
      case 'rejected':
        law(!hasFinal && !isAnswered, 'what is final is neither cancelled nor rejected');
        holder = undefined;
        isOver = true;
        break;
      case 'entered-in-error':
        law(reports.length > 0 || isAnswered, 'only what was reported is in error');
        holder = undefined;
        isOver = true;
        break;
    }
  }
  return broken;
}

/** What may still be said of a case that is cancelled, returned or in error. */
const afterTheEnd = new Set<CaseEvent['kind']>([
  'pause-disputed',
  'pause-settled',
  'critical-notified',
  'critical-acknowledged',
  'critical-escalated',
  'critical-exhausted',
  'revealed',
]);

/** Of one entry to the next: no moment is taken back or moved, and the clock of the term neither restarts nor loses time. */
export function clockReset(before: ReadingCase, after: ReadingCase, at: number): string | undefined {
  for (const moment of clockMoments) {
    const was = before.clocks[moment];
    const mayMove = moment === 'last-image' && before.clocks.ready === undefined;
    if (was !== undefined && after.clocks[moment] !== was && !mayMove) return `${moment} was ${was}`;
  }
  const level = someTerm().levels[0]!;
  const [was, is] = [clockOf(before, level, at), clockOf(after, level, at)];
  // What was settled is the one thing that gives time back, or takes it.
  const settled = before.pauses.some(
    ({ dispute }, index) => dispute?.settled !== after.pauses[index]?.dispute?.settled,
  );
  return settled || was.startedAt === undefined || is.usedMs === was.usedMs ? undefined : 'time used has changed';
}
