// Anything that might be asked of a case, sensible or not, by seeded chance: readers who press keys twice, keepers that act on
// what they knew a while ago, sites that change their minds.

import type { CaseHappening, SignedReport } from '../case/case-event.ts';
import type { ReadingCase } from '../case/reading-case.ts';
import { type HappeningKind, transitions } from '../case/transitions.ts';
import { readTypes, requestPriorities } from '../terms/service-term.ts';
import { someFacts } from './facts.ts';

export interface Chance {
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

const readers = ['ada', 'ben', 'cleo', 'dan'] as const;
const term = { id: 'north-nightowl-ct', version: 1 };
const reasons = ['question-to-site', 'identity-unclear', 'priors-missing', 'count-differs'] as const;
const changes = ['late-images', 'images-withheld', 'images-rejected', 'order-changed', 'identity-changed'] as const;
const differences = ['none', 'minor', 'major'] as const;
const causes = ['client', 'provider', 'exchange'] as const;

const kinds = Object.keys(transitions) as (keyof typeof transitions)[];
/** What brings a case on, so that many come to their end. */
const onward: Partial<Record<ReadingCase['state'], readonly HappeningKind[]>> = {
  announced: ['images-arrived'],
  orphan: ['bound', 'images-arrived'],
  receiving: ['images-arrived', 'ready', 'held'],
  hold: ['released'],
  ready: ['offered', 'claimed'],
  offered: ['claimed', 'offer-ended'],
  claimed: ['opened', 'requeued'],
  reading: ['drafted', 'preliminary-signed', 'final-signed', 'parked', 'changed', 'change-seen'],
  parked: ['resumed'],
  preliminary: ['over-read-begun', 'delivered', 'closed', 'critical-acknowledged'],
  'over-read': ['final-signed', 'requeued', 'change-seen'],
  final: ['delivered', 'change-seen'],
  answered: ['answered', 'closed', 'changed'],
  delivered: ['closed', 'amended', 'critical-acknowledged', 'change-seen'],
};

/** How a case begins. */
export const randomBeginning = (random: Chance): CaseHappening => {
  const facts = someFacts({
    priority: random.pick(requestPriorities),
    readType: random.pick(readTypes),
    readBy: random.chance(0.2) ? [random.pick(readers)] : [],
  });
  return random.chance(0.7) ? { kind: 'announced', facts, term } : { kind: 'orphaned', facts };
};

/** Something to ask of `known`, which may be older than what the store has; `at` is now. */
export function randomHappening(random: Chance, known: ReadingCase, at: number): CaseHappening {
  const likely = onward[known.state];
  const isFar = random.chance(0.12) && (random.chance(0.9) || isEnding(known));
  const kind = likely !== undefined && !isFar ? random.pick(likely) : random.pick(kinds);
  const make = makers[kind as keyof typeof makers] as (of: Asked) => CaseHappening;
  // Mostly who has it, else anybody.
  const mine = known.claim?.reader ?? known.offer?.reader;
  return make({ random, known, at, reader: mine !== undefined && random.chance(0.85) ? mine : random.pick(readers) });
}

const isEnding = ({ state }: ReadingCase): boolean =>
  state === 'cancelled' || state === 'rejected' || state === 'in-error';

interface Asked {
  random: Chance;
  known: ReadingCase;
  at: number;
  reader: string;
}

const versionOf = ({ random, known, at, reader }: Asked): SignedReport => ({
  version: known.reports.length + (random.chance(0.95) ? 1 : random.below(3)),
  reader,
  textHash: `hash-${at}-${random.below(1e6)}`,
  // Now and then somebody asks without a right to.
  entitlement: { licences: random.chance(0.97) ? ['licence-1'] : [], privilege: 'privilege-1', checkedAt: at },
  overridden: [],
});

const openPause = ({ known, random }: Asked): string =>
  known.pauses.find(({ to }) => to === undefined)?.reason ?? random.pick(reasons);
const loopOf = ({ known, random }: Asked): string => `loop-${random.below(known.critical.length + 1) + 1}`;
const reviewOf = ({ known, random }: Asked): string => `review-${random.below(known.reviews.length + 1) + 1}`;

const makers: { [K in keyof typeof transitions]: (of: Asked) => Extract<CaseHappening, { kind: K }> } = {
  bound: ({ known }) => ({ kind: 'bound', term, facts: known.facts }),
  'images-arrived': ({ known, random }) => ({
    kind: 'images-arrived',
    instances: known.facts.instances + 1 + random.below(200),
  }),
  'facts-changed': ({ known, random }) => ({
    kind: 'facts-changed',
    facts: { ...known.facts, priority: random.pick(requestPriorities) },
  }),
  held: ({ random }) => ({ kind: 'held', reason: random.pick(reasons), cause: random.pick(causes) }),
  released: (of) => ({ kind: 'released', reason: openPause(of) }),
  ready: ({ known, random }) => ({ kind: 'ready', instances: known.facts.instances, priors: random.below(4) }),
  offered: ({ reader, at }) => ({ kind: 'offered', reader, expiresAt: at + 90_000, decision: 'd' }),
  'offer-ended': ({ reader, random }) => ({
    kind: 'offer-ended',
    reader,
    why: random.pick(['declined', 'expired', 'left'] as const),
  }),
  claimed: ({ reader, at }) => ({ kind: 'claimed', reader, transactionUid: `2.25.${at}`, leaseUntil: at + 60_000 }),
  opened: ({ reader }) => ({ kind: 'opened', reader }),
  drafted: ({ reader }) => ({ kind: 'drafted', reader }),
  parked: ({ reader, random }) => ({
    kind: 'parked',
    reader,
    reason: random.pick(reasons),
    cause: random.pick(causes),
  }),
  resumed: ({ reader }) => ({ kind: 'resumed', reader }),
  requeued: ({ reader, random }) => ({
    kind: 'requeued',
    reader,
    why: random.pick(['lease-lost', 'reassigned', 'credential-expired', 'overdue', 'gave-back'] as const),
  }),
  'preliminary-signed': (of) => ({ kind: 'preliminary-signed', report: versionOf(of) }),
  'over-read-begun': ({ reader, at }) => ({
    kind: 'over-read-begun',
    reader,
    transactionUid: `2.25.${at}`,
    leaseUntil: at + 60_000,
  }),
  compared: ({ reader, at }) => ({ kind: 'compared', reader, textHash: `hash-${at}` }),
  'final-signed': (of) => ({
    kind: 'final-signed',
    report: versionOf(of),
    ...((of.known.state === 'over-read') !== of.random.chance(0.05) && { difference: of.random.pick(differences) }),
  }),
  amended: (of) => ({
    kind: 'amended',
    how: of.random.pick(['appended', 'corrected', 'amended'] as const),
    report: versionOf(of),
    reason: 'late-images',
  }),
  'report-refused': () => ({ kind: 'report-refused', why: 'author-not-entitled' }),
  changed: ({ random, known }) => {
    const what = random.pick(changes);
    return { kind: 'changed', what, ...(what === 'late-images' && { instances: known.facts.instances + 1 }) };
  },
  'change-seen': ({ reader }) => ({ kind: 'change-seen', reader }),
  delivered: ({ random, known }) => ({
    kind: 'delivered',
    destination: random.pick(['RIS', 'PACS']),
    version: Math.max(1, known.reports.length - random.below(2)),
    textHash: random.chance(0.9) ? (known.reports.at(-1)?.textHash ?? 'none') : 'another',
    outstanding: random.below(2),
  }),
  'delivery-failed': ({ known }) => ({
    kind: 'delivery-failed',
    destination: 'RIS',
    version: known.reports.length,
    reason: 'refused',
  }),
  seen: () => ({ kind: 'seen' }),
  escalated: ({ random }) => ({
    kind: 'escalated',
    rung: random.pick(['widened', 'pushed', 'paged', 'breached'] as const),
  }),
  raised: ({ random }) => ({ kind: 'raised', priority: random.pick(requestPriorities), why: 'ai' }),
  cancelled: () => ({ kind: 'cancelled', reason: 'site' }),
  rejected: ({ reader }) => ({ kind: 'rejected', reader, reason: 'undiagnostic', retake: true }),
  'entered-in-error': () => ({ kind: 'entered-in-error', reason: 'wrong-patient' }),
  answered: ({ random, at }) => ({
    kind: 'answered',
    as: random.pick(['preliminary', 'final'] as const),
    textHash: `hash-${at}`,
  }),
  closed: () => ({ kind: 'closed' }),
  'pause-disputed': ({ random, known }) => ({
    kind: 'pause-disputed',
    pause: random.below(known.pauses.length + 1),
    party: 'client',
    evidence: 'log',
  }),
  'pause-settled': ({ random, known }) => ({
    kind: 'pause-settled',
    pause: random.below(known.pauses.length + 1),
    counts: random.chance(0.5),
  }),
  'critical-flagged': ({ known }) => ({
    kind: 'critical-flagged',
    loop: `loop-${known.critical.length + 1}`,
    category: 1,
    finding: 'f',
  }),
  'critical-notified': (of) => ({ kind: 'critical-notified', loop: loopOf(of), recipient: 'r', channel: 'phone' }),
  'critical-acknowledged': (of) => ({
    kind: 'critical-acknowledged',
    loop: loopOf(of),
    recipient: 'r',
    readBack: true,
    method: 'phone',
  }),
  'critical-escalated': (of) => ({ kind: 'critical-escalated', loop: loopOf(of), recipient: 'r2', step: 1 }),
  'critical-exhausted': (of) => ({ kind: 'critical-exhausted', loop: loopOf(of) }),
  sampled: ({ known }) => ({ kind: 'sampled', why: 'random', review: `review-${known.reviews.length + 1}` }),
  reviewed: (of) => ({ kind: 'reviewed', review: reviewOf(of), score: '2a', difference: of.random.pick(differences) }),
  arbitrated: (of) => ({ kind: 'arbitrated', review: reviewOf(of), upheld: of.random.chance(0.5) }),
  revealed: () => ({ kind: 'revealed', reason: 'emergency' }),
};
