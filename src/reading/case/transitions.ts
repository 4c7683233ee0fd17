// What can happen to a case in which state, and which state follows: the Read region as one table, a row for each happening.
// Guards are in guards.ts, what else an entry changes in fold.ts, what others are told of a state in projections.ts.

import type { Problem } from '../../base/problem.ts';
import type { CaseHappening } from './case-event.ts';
import {
  allCriticalAcknowledged,
  allSeen,
  changeToSee,
  disputable,
  finalHere,
  finalSign,
  heldForReason,
  holder,
  isWhereItBelongs,
  knownLoop,
  knownReview,
  newAnswer,
  newHold,
  newLoop,
  newReview,
  newRung,
  nextVersion,
  offeredReader,
  openDispute,
  overReader,
  preliminarySign,
  raisesPriority,
  takesIt,
  versionThere,
} from './guards.ts';
import type { CaseState, ReadingCase } from './reading-case.ts';

export type HappeningKind = CaseHappening['kind'];
export type Happening<K extends HappeningKind> = Extract<CaseHappening, { kind: K }>;

export interface Transition<K extends HappeningKind> {
  from: readonly CaseState[];
  to: CaseState | 'same' | ((before: ReadingCase, happening: Happening<K>) => CaseState);
  /** What forbids it although the state allows it. */
  guard?(before: ReadingCase, happening: Happening<K>): Problem | undefined;
}

/** Happenings that make a case. */
export const beginnings = { announced: 'announced', orphaned: 'orphan' } as const;

const arriving: readonly CaseState[] = ['announced', 'orphan', 'receiving', 'hold'];
const waiting: readonly CaseState[] = ['ready', 'offered'];
/** A reader has it. */
const held: readonly CaseState[] = ['claimed', 'reading', 'parked', 'over-read'];
const signed: readonly CaseState[] = ['final', 'delivered', 'closed'];
const unsigned: readonly CaseState[] = [...arriving, ...waiting, ...held, 'preliminary'];
const alive: readonly CaseState[] = [...unsigned, ...signed, 'answered'];
const every: readonly CaseState[] = [...alive, 'cancelled', 'rejected', 'in-error'];

/** Where a case goes that its reader no longer has: a preliminary report stays given. */
const backInQueue = ({ preliminary }: ReadingCase): CaseState => (preliminary === undefined ? 'ready' : 'preliminary');

/** Where a case goes on that was closed. */
const openAgain = ({ reports, clocks }: ReadingCase): CaseState => {
  if (reports.length === 0) return 'answered';
  return clocks.final === undefined ? 'preliminary' : 'delivered';
};

type Following = Exclude<HappeningKind, keyof typeof beginnings>;

export const transitions: { [K in Following]: Transition<K> } = {
  bound: { from: ['announced', 'orphan'], to: ({ state }) => (state === 'orphan' ? 'receiving' : state) },
  'images-arrived': { from: arriving, to: ({ state }) => (state === 'announced' ? 'receiving' : state) },
  'facts-changed': { from: unsigned, to: 'same' },
  held: { from: ['announced', 'receiving', 'hold', ...waiting], to: 'hold', guard: newHold },
  released: {
    from: ['hold'],
    to: ({ pauses }, { reason }) =>
      pauses.some((each) => each.to === undefined && each.reason !== reason) ? 'hold' : 'receiving',
    guard: heldForReason,
  },
  ready: { from: ['receiving'], to: 'ready' },
  offered: { from: ['ready'], to: 'offered', guard: takesIt },
  'offer-ended': { from: ['offered'], to: 'ready', guard: offeredReader },
  claimed: {
    from: waiting,
    to: 'claimed',
    guard: (before, happening) => takesIt(before, happening) ?? offeredReader(before, happening),
  },
  opened: {
    from: ['claimed', 'reading', 'over-read'],
    to: ({ state }) => (state === 'claimed' ? 'reading' : state),
    guard: holder,
  },
  drafted: { from: ['reading', 'over-read'], to: 'same', guard: holder },
  parked: { from: ['claimed', 'reading', 'over-read'], to: 'parked', guard: holder },
  resumed: {
    from: ['parked'],
    to: ({ preliminary }) => (preliminary === undefined ? 'reading' : 'over-read'),
    guard: holder,
  },
  requeued: { from: held, to: backInQueue, guard: holder },
  'preliminary-signed': { from: ['reading'], to: 'preliminary', guard: preliminarySign },
  'over-read-begun': { from: ['preliminary'], to: 'over-read', guard: overReader },
  compared: { from: ['over-read'], to: 'same', guard: holder },
  'final-signed': { from: ['reading', 'over-read'], to: 'final', guard: finalSign },
  // Everybody is told of the new version, as of the first.
  amended: {
    from: signed,
    to: 'final',
    guard: (before, { report }) => finalHere(before) ?? allSeen(before) ?? nextVersion(before, report),
  },
  'report-refused': { from: alive, to: 'same' },
  changed: { from: alive, to: 'same' },
  'change-seen': { from: alive, to: 'same', guard: changeToSee },
  delivered: {
    from: ['preliminary', 'over-read', 'parked', ...signed],
    to: ({ state, reports }, { version, outstanding }) =>
      state === 'final' && version === reports.length && outstanding === 0 ? 'delivered' : state,
    guard: versionThere,
  },
  'delivery-failed': { from: ['preliminary', 'over-read', 'parked', ...signed], to: 'same' },
  seen: { from: ['preliminary', 'over-read', ...signed, 'answered'], to: 'same' },
  escalated: { from: ['orphan', ...waiting, ...held, 'preliminary'], to: 'same', guard: newRung },
  raised: { from: unsigned, to: 'same', guard: raisesPriority },
  cancelled: { from: unsigned, to: 'cancelled' },
  rejected: { from: [...waiting, 'claimed', 'reading'], to: 'rejected' },
  'entered-in-error': { from: ['preliminary', 'over-read', ...signed, 'answered'], to: 'in-error' },
  answered: {
    from: ['receiving', 'hold', ...waiting, 'answered'],
    to: ({ state }, { as }) => (as === 'final' ? 'answered' : state),
    guard: newAnswer,
  },
  closed: {
    from: ['preliminary', 'final', 'delivered', 'answered'],
    to: 'closed',
    guard: (before) => isWhereItBelongs(before) ?? allCriticalAcknowledged(before) ?? allSeen(before),
  },
  'pause-disputed': { from: every, to: 'same', guard: disputable },
  'pause-settled': { from: every, to: 'same', guard: openDispute },
  // A review may find it when all seemed done: then it is not.
  'critical-flagged': {
    from: [...held, 'preliminary', ...signed],
    to: (before) => (before.state === 'closed' ? openAgain(before) : before.state),
    guard: newLoop,
  },
  'critical-notified': { from: every, to: 'same', guard: knownLoop },
  'critical-acknowledged': { from: every, to: 'same', guard: knownLoop },
  'critical-escalated': { from: every, to: 'same', guard: knownLoop },
  'critical-exhausted': { from: every, to: 'same', guard: knownLoop },
  sampled: { from: ['preliminary', 'over-read', ...signed], to: 'same', guard: newReview },
  reviewed: { from: ['preliminary', 'over-read', ...signed], to: 'same', guard: knownReview },
  arbitrated: { from: ['preliminary', 'over-read', ...signed], to: 'same', guard: knownReview },
  revealed: { from: every, to: 'same' },
};
