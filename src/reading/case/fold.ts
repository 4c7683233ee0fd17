// A case as its log leaves it. Pure and without memory: the log alone, in the order of its sequence, says what the case is.

import { Problem } from '../../base/problem.ts';
import type { ClockMoment } from '../terms/service-term.ts';
import type { CaseEvent, CaseHappening } from './case-event.ts';
import type { CriticalLoop, Pause, ReadingCase } from './reading-case.ts';
import { beginnings, type HappeningKind, type Transition, transitions } from './transitions.ts';

/** What all entries of a log come to. `events`: from the first one on, without a gap. */
export function foldCase(id: string, events: readonly CaseEvent[]): ReadingCase {
  const [first, ...others] = events;
  return others.reduce(afterEvent, firstState(id, first!));
}

/** Whether it can happen now: undefined where it can, else what a peer is told. */
export function mayFollow(before: ReadingCase | undefined, happening: CaseHappening): Problem | undefined {
  const isBeginning = happening.kind in beginnings;
  if (before === undefined || isBeginning) {
    if (before === undefined && isBeginning) return undefined;
    return new Problem('reading/not-possible', { state: before?.state ?? 'not there', happening: happening.kind });
  }
  const { from, guard } = rowOf(happening.kind);
  if (!from.includes(before.state)) {
    return new Problem('reading/not-possible', { state: before.state, happening: happening.kind });
  }
  return guard?.(before, happening);
}

/** The case that an `announced` or `orphaned` makes. */
export function firstState(id: string, event: CaseEvent): ReadingCase {
  if (event.kind !== 'announced' && event.kind !== 'orphaned') throw new Problem('reading/unknown-case');
  const { facts, at } = event;
  return {
    id,
    sequence: event.sequence,
    state: beginnings[event.kind],
    facts,
    ...(event.kind === 'announced' && { term: event.term }),
    clocks: event.kind === 'announced' ? { order: event.orderedAt ?? at } : { 'first-image': at, 'last-image': at },
    pauses: [],
    reports: [],
    unseen: [],
    delivered: {},
    critical: [],
    reviews: [],
    declined: [],
    rungs: [],
  };
}

/** The case after one more entry. What mayFollow forbids must not be in a log. */
export function afterEvent(before: ReadingCase, event: CaseEvent): ReadingCase {
  const { to } = rowOf(event.kind);
  const state = typeof to === 'function' ? to(before, event) : to === 'same' ? before.state : to;
  const effect = effects[event.kind] as ((before: ReadingCase, event: CaseEvent) => Partial<ReadingCase>) | undefined;
  const after = { ...before, ...effect?.(before, event), state, sequence: event.sequence };
  after.clocks = reached(after, before, event);
  if (state !== 'offered') delete after.offer;
  if (!hasReader.has(state)) delete after.claim;
  if (after.reports.length > before.reports.length) delete after.refused;
  if (state !== 'hold' && state !== 'parked') after.pauses = ended(after.pauses, event.at);
  return after;
}

const hasReader: ReadonlySet<string> = new Set(['claimed', 'reading', 'parked', 'over-read']);

const rowOf = (kind: HappeningKind): Transition<HappeningKind> =>
  (transitions as unknown as Record<string, Transition<HappeningKind>>)[kind]!;

/** The moment of which a clock speaks, by what happened. */
const moments: Partial<Record<HappeningKind, ClockMoment>> = {
  'images-arrived': 'first-image',
  ready: 'ready',
  offered: 'offer',
  claimed: 'claim',
  opened: 'open',
  drafted: 'draft',
  'preliminary-signed': 'preliminary',
  'final-signed': 'final',
  seen: 'seen',
};

/** A moment that was reached stays; only the last image moves on, until the study is ready. */
function reached(after: ReadingCase, before: ReadingCase, event: CaseEvent): ReadingCase['clocks'] {
  const clocks = { ...before.clocks };
  const reach = (moment: ClockMoment | undefined, at: number | undefined) => {
    if (moment !== undefined && at !== undefined) clocks[moment] ??= at;
  };
  reach(moments[event.kind], event.at);
  if (after.state === 'delivered' || after.state === 'answered' || isGiven(after, event)) reach('delivered', event.at);
  if (event.kind === 'answered') reach(event.as, event.at);
  if (event.kind === 'bound') reach('order', event.orderedAt);
  if (event.kind === 'images-arrived') {
    reach('exam-end', event.examEndedAt);
    if (clocks.ready === undefined) clocks['last-image'] = event.at;
  }
  return clocks;
}

/** Where only a preliminary report was asked for, that is everywhere when it is. */
const isGiven = ({ facts, reports }: ReadingCase, event: CaseEvent): boolean =>
  event.kind === 'delivered' &&
  facts.readType === 'preliminary' &&
  event.version === reports.length &&
  event.outstanding === 0;

/** What an entry changes beside state and clocks. */
const effects: {
  [K in HappeningKind]?: (before: ReadingCase, event: Extract<CaseEvent, { kind: K }>) => Partial<ReadingCase>;
} = {
  bound: (_, { term, facts }) => ({ term, facts }),
  'images-arrived': ({ facts }, { instances }) => ({ facts: { ...facts, instances } }),
  'facts-changed': (_, { facts }) => ({ facts }),
  held: paused,
  released: ({ pauses }, { reason, at }) => ({ pauses: ended(pauses, at, reason) }),
  ready: ({ facts }, { instances, priors }) => ({ facts: { ...facts, instances, priors } }),
  offered: (_, { reader, expiresAt }) => ({ offer: { reader, expiresAt } }),
  'offer-ended': ({ declined }, { reader, why }) => (why === 'declined' ? { declined: withOne(declined, reader) } : {}),
  claimed: claim,
  parked: paused,
  requeued: ({ declined, isCompared }, { reader }) => ({
    declined: withOne(declined, reader),
    ...(isCompared && { isCompared: false }),
  }),
  'preliminary-signed': ({ reports }, { report }) => ({ preliminary: report, reports: [...reports, report] }),
  // Each over-reader begins without knowing.
  'over-read-begun': (before, event) => ({ ...claim(before, event), isCompared: false }),
  compared: () => ({ isCompared: true }),
  'final-signed': ({ reports }, { report }) => ({ reports: [...reports, report] }),
  amended: ({ reports }, { report, how }) => ({ reports: [...reports, report], amendment: how }),
  // What changes is carried there, and told to whoever reads it by their own exchange.
  answered: (_, { textHash, as }) => ({ answer: textHash, ...(as === 'final' && { unseen: [] }) }),
  'report-refused': (_, { why }) => ({ refused: why }),
  changed: (before, { what, instances }) => ({
    facts: { ...before.facts, ...(instances !== undefined && { instances }) },
    // Whoever has not begun sees the study as it is then.
    ...(wasBegun(before) && { unseen: withOne(before.unseen, what) }),
  }),
  'change-seen': () => ({ unseen: [] }),
  delivered: ({ delivered }, { destination, version }) => ({
    delivered: { ...delivered, [destination]: Math.max(version, delivered[destination] ?? 0) },
  }),
  escalated: ({ rungs }, { rung }) => ({ rungs: withOne(rungs, rung) }),
  raised: ({ facts }, { priority }) => ({ facts: { ...facts, priority } }),
  'pause-disputed': ({ pauses }, { pause, party }) => ({
    pauses: pauses.with(pause, { ...pauses[pause]!, dispute: { party } }),
  }),
  'pause-settled': ({ pauses }, { pause, counts }) => {
    const { dispute, ...others } = pauses[pause]!;
    return { pauses: pauses.with(pause, { ...others, dispute: { party: dispute!.party, settled: counts } }) };
  },
  'critical-flagged': ({ critical }, { loop, category, at }) => ({
    critical: [...critical, { id: loop, category, state: 'flagged', flaggedAt: at, notices: [], step: 0 }],
  }),
  'critical-notified': (before, { loop, recipient, channel, at }) =>
    loopAfter(before, loop, ({ notices, state }) => ({
      state: state === 'exhausted' ? state : 'notifying',
      notices: [...notices, { at, recipient, channel }],
    })),
  'critical-acknowledged': (before, { loop, at }) =>
    loopAfter(before, loop, () => ({ state: 'acknowledged', acknowledgedAt: at })),
  'critical-escalated': (before, { loop, step }) => loopAfter(before, loop, () => ({ step })),
  'critical-exhausted': (before, { loop }) => loopAfter(before, loop, () => ({ state: 'exhausted' })),
  sampled: ({ reviews }, { review, why }) => ({ reviews: [...reviews, { id: review, why }] }),
  reviewed: ({ reviews }, { review, difference }) => ({
    reviews: reviews.map((each) => (each.id === review ? { ...each, difference } : each)),
  }),
};

function claim(_: ReadingCase, { reader, transactionUid, leaseUntil }: NonNullable<ReadingCase['claim']>) {
  return { claim: { reader, transactionUid, leaseUntil } };
}

function paused({ pauses }: ReadingCase, { at, reason, cause }: { at: number } & Pick<Pause, 'reason' | 'cause'>) {
  return { pauses: [...pauses, { from: at, reason, cause }] };
}

/** All that last, or only what lasts for one reason. */
function ended(pauses: readonly Pause[], at: number, reason?: string): readonly Pause[] {
  const ends = (each: Pause) => each.to === undefined && (reason === undefined || each.reason === reason);
  return pauses.some(ends) ? pauses.map((each) => (ends(each) ? { ...each, to: at } : each)) : pauses;
}

/** Somebody has looked at it here, or wrote of it. */
const wasBegun = ({ state, claim: held, clocks, reports }: ReadingCase): boolean =>
  state !== 'answered' && (held !== undefined || clocks.open !== undefined || reports.length > 0);

function loopAfter(
  { critical }: ReadingCase,
  loop: string,
  change: (before: CriticalLoop) => Partial<CriticalLoop>,
): Partial<ReadingCase> {
  return { critical: critical.map((each) => (each.id === loop ? { ...each, ...change(each) } : each)) };
}

const withOne = <T>(list: readonly T[], one: T): readonly T[] => (list.includes(one) ? list : [...list, one]);
