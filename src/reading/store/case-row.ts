// A row of reading_case (migrations/0029-reading-cases.sql): what a case comes to, and where it belongs.

import type { Queries } from '../../storage/transaction.ts';
import { isBlind } from '../case/blindness.ts';
import { clockOf, levelOf } from '../case/clocks.ts';
import { nextRungAt } from '../case/escalation.ts';
import type { ReadingCase } from '../case/reading-case.ts';
import { requestPriorities, type ServiceTerm } from '../terms/service-term.ts';

/** Where a case belongs; no entry of its log says so, since a log is nobody's archive. */
export interface CasePlace {
  /** Tenants: whose images they are, and the provider's room that holds the copies. */
  client?: number;
  room?: number;
  /** In the client's archive, and in the room. */
  studyUid?: string;
  roomStudyUid?: string;
  accession?: string;
  /** Row of imaging_order. */
  order?: string;
  /** The case that this one is a second reading of. */
  partOf?: string;
  /** When intake looks at it again by itself, ms since the epoch; null: no more. */
  intakeAt?: number | null;
  /** By what intake sees that the order, or whose the study is, has changed. */
  orderDigest?: string;
  identityDigest?: string;
}

export interface StoredCase extends CasePlace {
  reading: ReadingCase;
  client: number;
  /** See case/blindness.ts. */
  isBlind: boolean;
  /** Of the last entry, ms since the epoch. */
  changedAt: number;
}

export interface CaseRow extends Record<string, unknown> {
  folded: ReadingCase;
  client: number;
  room: number | null;
  studyUid: string | null;
  roomStudyUid: string | null;
  accession: string | null;
  order: string | null;
  partOf: string | null;
  isBlind: boolean;
  intakeAt: Date | null;
  orderDigest: string | null;
  identityDigest: string | null;
  leaseUntil: Date | null;
  changedAt: Date;
}

export const caseColumns = `c.folded, c.client, c.room, c.study_uid as "studyUid", c.room_study_uid as "roomStudyUid", c.accession,
  c.imaging_order as "order", c.part_of as "partOf", c.is_blind as "isBlind", c.intake_at as "intakeAt", c.order_digest as "orderDigest",
  c.identity_digest as "identityDigest", c.lease_until as "leaseUntil", c.changed_at as "changedAt"`;

export async function storedCase(queries: Queries, id: string): Promise<StoredCase | undefined> {
  const [row] = await queries.query<CaseRow>(`select ${caseColumns} from reading_case c where c.id = $1`, [id]);
  return row && caseOfRow(row);
}

/** All readings of the study that a case is one of: the first, and those that are part of it. */
export async function readingsOfSameStudy(queries: Queries, id: string): Promise<StoredCase[]> {
  const rows = await queries.query<CaseRow>(
    `select ${caseColumns} from reading_case c, (select coalesce(part_of, id) as first from reading_case where id = $1) f
     where c.id = f.first or c.part_of = f.first`,
    [id],
  );
  return rows.map(caseOfRow);
}

export function caseOfRow(row: CaseRow): StoredCase {
  const { folded, leaseUntil } = row;
  const { claim } = folded;
  const known = <T>(value: T | null) => value ?? undefined;
  const place: { [K in keyof CasePlace]: CasePlace[K] | undefined } = {
    room: known(row.room),
    studyUid: known(row.studyUid),
    roomStudyUid: known(row.roomStudyUid),
    accession: known(row.accession),
    order: known(row.order),
    partOf: known(row.partOf),
    intakeAt: row.intakeAt?.getTime(),
    orderDigest: known(row.orderDigest),
    identityDigest: known(row.identityDigest),
  };
  return {
    ...(Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined)) as CasePlace),
    client: row.client,
    isBlind: row.isBlind,
    changedAt: row.changedAt.getTime(),
    reading: claim && leaseUntil ? { ...folded, claim: { ...claim, leaseUntil: leaseUntil.getTime() } } : folded,
  };
}

/** Columns of what is said of a place, and of nothing else. */
export function placeColumns(place: Partial<CasePlace>): Record<string, unknown> {
  const { client, room, studyUid, roomStudyUid, accession, order, partOf, intakeAt, orderDigest, identityDigest } =
    place;
  const columns = {
    client,
    room,
    study_uid: studyUid,
    room_study_uid: roomStudyUid,
    accession,
    imaging_order: order,
    part_of: partOf,
    order_digest: orderDigest,
    identity_digest: identityDigest,
    intake_at: typeof intakeAt === 'number' ? new Date(intakeAt) : intakeAt,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

/** Columns of what the log comes to. `term`: the version that the case was taken in under. */
export function columnsOf(
  after: ReadingCase,
  term: Pick<ServiceTerm, 'levels' | 'quality'> | undefined,
  now: number,
  partOf: string | undefined,
): Record<string, unknown> {
  const { facts, claim, offer } = after;
  const level = term && levelOf(term, facts.priority);
  const clock = level && clockOf(after, level, now);
  const time = (at: number | undefined) => (at === undefined ? null : new Date(at));
  return {
    sequence: after.sequence,
    changed_at: new Date(now),
    state: after.state,
    provider: facts.provider,
    term: after.term?.id ?? null,
    term_version: after.term?.version ?? null,
    priority: requestPriorities.indexOf(facts.priority),
    ready_at: time(after.clocks.ready),
    due_at: time(clock?.dueAt),
    watch_at: time(level && isClimbing(after) ? nextRungAt(after, level, now) : undefined),
    claimed_by: claim?.reader ?? null,
    lease_until: time(claim?.leaseUntil),
    offered_to: offer?.reader ?? null,
    offer_until: time(offer?.expiresAt),
    is_blind: isBlind(after, partOf, term),
    has_unseen: after.unseen.length > 0,
    has_open_critical: after.critical.some(({ state }) => state !== 'acknowledged'),
    folded: JSON.stringify(after),
  };
}

/** Only what is still to be read climbs the ladder. */
const isClimbing = ({ state }: ReadingCase): boolean =>
  ['ready', 'offered', 'claimed', 'reading', 'parked', 'preliminary', 'over-read'].includes(state);
