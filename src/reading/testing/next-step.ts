// Ordinary work at a case: what somebody does next so that it comes to its end. Undefined once it has.

import type { CaseHappening, SignedReport } from '../case/case-event.ts';
import type { ReadingCase } from '../case/reading-case.ts';

export function nextStep(now: ReadingCase, at: number): CaseHappening | undefined {
  const { state, facts, claim, reports, unseen, offer } = now;
  // Two readers of whom at least one may read it, and a third who has not written the preliminary report.
  const reader =
    claim?.reader ??
    offer?.reader ??
    ['ada', 'ben', 'cleo'].find((each) => !facts.readBy.includes(each) && each !== now.preliminary?.reader)!;
  const lease = { reader, transactionUid: `2.25.${at}`, leaseUntil: at + 60_000 };
  if (unseen.length > 0 && (claim !== undefined || reports.length > 0) && state !== 'parked') {
    if (state !== 'in-error' && state !== 'cancelled' && state !== 'closed') return { kind: 'change-seen', reader };
  }
  switch (state) {
    case 'orphan':
      return { kind: 'bound', term: { id: 'north-nightowl-ct', version: 1 }, facts };
    case 'announced':
      return { kind: 'images-arrived', instances: 1 };
    case 'receiving':
      return { kind: 'ready', instances: facts.instances, priors: 0 };
    case 'hold':
      return { kind: 'released', reason: now.pauses.find(({ to }) => to === undefined)!.reason };
    case 'ready':
    case 'offered':
      return { kind: 'claimed', ...lease };
    case 'claimed':
      return { kind: 'opened', reader };
    case 'parked':
      return { kind: 'resumed', reader };
    case 'reading':
      return facts.readType === 'preliminary'
        ? { kind: 'preliminary-signed', report: signed(now, reader, at) }
        : { kind: 'final-signed', report: signed(now, reader, at) };
    case 'preliminary':
      if (facts.readType !== 'preliminary') return { kind: 'over-read-begun', ...lease };
      return now.clocks.delivered === undefined ? arrived(now) : ending(now);
    case 'over-read':
      return { kind: 'final-signed', report: signed(now, reader, at), difference: 'none' };
    case 'final':
      return arrived(now);
    case 'answered':
    case 'delivered':
      return ending(now);
    default:
      return undefined;
  }
}

function arrived({ reports }: ReadingCase): CaseHappening {
  const { version, textHash } = reports.at(-1)!;
  return { kind: 'delivered', destination: 'RIS', version, textHash, outstanding: 0 };
}

function ending({ critical }: ReadingCase): CaseHappening {
  const open = critical.find((each) => each.state !== 'acknowledged');
  if (open === undefined) return { kind: 'closed' };
  return { kind: 'critical-acknowledged', loop: open.id, recipient: 'r', readBack: true, method: 'phone' };
}

/** The next version, signed with every right. */
export function signed({ reports }: ReadingCase, reader: string, at: number): SignedReport {
  const version = reports.length + 1;
  return {
    version,
    reader,
    textHash: `hash-${version}`,
    entitlement: { licences: ['licence-1'], privilege: 'privilege-1', checkedAt: at },
    overridden: [],
  };
}
