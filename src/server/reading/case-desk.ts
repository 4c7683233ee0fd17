// What people and programs ask of cases: lists of them, and everything that is done to one but reading it. A client acts on its
// own cases, a reader on what their provider's room holds; of any other case nobody is told that there is one.

import { randomBytes } from 'node:crypto';
import { may, type Principal } from '../../auth/principal.ts';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { newUid } from '../../dicom/uid.ts';
import { readCaseCode } from '../../reading/case/case-code.ts';
import type { Actor, CaseEvent, CaseHappening } from '../../reading/case/case-event.ts';
import { clockOf, levelOf } from '../../reading/case/clocks.ts';
import type { ReadingCase } from '../../reading/case/reading-case.ts';
import type { GateResult, Stage } from '../../reading/gate/gate.ts';
import { gates } from '../../reading/gate/gates.ts';
import type { Reader } from '../../reading/readers/reader.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import type { CasePlace, StoredCase } from '../../reading/store/case-row.ts';
import { personsBesideCase } from '../../reading/store/egress.ts';
import { casesHiddenFrom } from '../../reading/store/hidden-cases.ts';
import { roomOf } from '../../reading/store/rooms.ts';
import { type SeenCase, seenCase, type WorklistQuery, worklist } from '../../reading/store/worklist.ts';
import {
  type RequestPriority,
  requestPriorities,
  type ServiceTerm,
  type TermReference,
} from '../../reading/terms/service-term.ts';
import type { Database } from '../../storage/database.ts';
import { type ShownCase, shownCase } from './case-view.ts';
import { countedSince } from './leave-policy.ts';
import { causeOfPark } from './park-reasons.ts';

export const limits = {
  /** A claim ends when its reader is not heard of for so long: two heartbeats of a minute. */
  leaseMs: 120_000,
  /** What a desk offers to one reader is theirs for so long. */
  offerMs: 120_000,
} as const;

export interface DeskOptions {
  database: Database;
  log: CaseLog;
  clock: Clock;
  terms: { term(reference: TermReference): ServiceTerm | undefined };
  readers: { reader(id: string): Reader | undefined };
  /** A client wants it read: case-intake.ts. */
  request(
    tenant: number,
    wish: { studyUid?: string | undefined; accession?: string | undefined },
  ): Promise<ReadingCase>;
}

export interface RequestedReading {
  studyUid?: string | undefined;
  accession?: string | undefined;
  priority?: RequestPriority | undefined;
  reason?: string | undefined;
}

export class CaseDesk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  async list(
    principal: Principal,
    { mine, ...query }: Omit<WorklistQuery, 'mine'> & { mine?: boolean },
  ): Promise<ShownCase[]> {
    const asked = { ...query, ...(mine === true && { mine: readerOf(principal) }) };
    const found = await worklist(this.#options.database, principal.tenant, asked);
    const hidden = await this.#hiddenFrom(principal);
    return found
      .filter((each) => each.isBlind || !hidden.has(each.reading.id))
      .map((each) => this.#shown(each, hidden));
  }

  async read(principal: Principal, id: string): Promise<ShownCase> {
    return this.#shown(await this.seen(principal, id), await this.#hiddenFrom(principal));
  }

  async events(principal: Principal, id: string): Promise<CaseEvent[]> {
    const { reading } = await this.seen(principal, id);
    const events = await this.#options.log.events(reading.id);
    const hidden = await this.#hiddenFrom(principal);
    return hidden.has(reading.id) ? events.filter(({ kind }) => !tellsFindings.has(kind)) : events;
  }

  /** The case of a study or an accession number of the client, made where there is none. Its priority is only ever raised. */
  async request(principal: Principal, { priority, ...wish }: RequestedReading): Promise<ShownCase> {
    const { id } = await this.#options.request(principal.tenant, wish);
    await this.#options.log.change(id, actorOf(principal, 'client'), ({ reading: { facts } }) =>
      priority !== undefined && requestPriorities.indexOf(priority) > requestPriorities.indexOf(facts.priority)
        ? [{ kind: 'raised', priority, why: 'client', ...(wish.reason && { evidence: wish.reason }) }]
        : [],
    );
    return this.read(principal, id);
  }

  /**
   * One reader has it, or nobody. Rejects with reading/not-entitled where a gate is closed. `transactionUid`: of whoever claims
   * its workitem.
   */
  async claim(principal: Principal, id: string, transactionUid = newUid(randomBytes(16))): Promise<ShownCase> {
    const reader = readerOf(principal);
    const { clock } = this.#options;
    return this.#act(principal, id, async (seen) => {
      const { open, failed } = await this.gatesOf(seen, reader, 'claim');
      if (!open) throw new Problem('reading/not-entitled', { gates: failed.map(({ reason }) => reason).join('; ') });
      const claim = { reader, transactionUid, leaseUntil: clock.now() + limits.leaseMs };
      return [{ kind: seen.reading.preliminary === undefined ? 'claimed' : 'over-read-begun', ...claim }];
    });
  }

  /** Whether a reader may have a case now, and by what right. Rejects with reading/no-term of an orphan. */
  async gatesOf({ reading }: Pick<SeenCase, 'reading'>, id: string, stage: Stage): Promise<GateResult> {
    const { terms, readers, clock, database } = this.#options;
    const term = reading.term && terms.term(reading.term);
    if (term === undefined) throw new Problem('reading/no-term');
    const reader = readers.reader(id);
    if (reader === undefined)
      return { open: false, failed: [{ gate: 'reader', reason: 'nobody is known by this id' }] };
    const now = clock.now();
    const level = levelOf(term, reading.facts.priority);
    const { provider } = reading.facts;
    const room = await roomOf(database, provider);
    const isCounted = term.jurisdictions.personsPerRecipient !== undefined;
    return gates(reading.facts, term, reader, now, stage, {
      ...(room && { dataRestsAt: room.restsAt }),
      ...(isCounted && {
        persons: await personsBesideCase(database, reading.id, { recipient: provider, since: countedSince(now) }),
      }),
      ...(level && { elapsed: clockOf(reading, level, now).usedMs / (level.minutes * 60_000) }),
      widened: reading.rungs.includes('widened'),
    });
  }

  open(principal: Principal, id: string): Promise<ShownCase> {
    const reader = readerOf(principal);
    return this.#act(principal, id, () => [{ kind: 'opened', reader }]);
  }

  /** The reader is still there: resolves to until when the case is theirs. */
  async heartbeat(principal: Principal, id: string): Promise<{ leaseUntil: string }> {
    const reader = readerOf(principal);
    const { reading } = await this.seen(principal, id);
    const until = this.#options.clock.now() + limits.leaseMs;
    await this.#options.log.heartbeat(reading.id, reader, until);
    return { leaseUntil: new Date(until).toISOString() };
  }

  /** An offer is turned down, or what was claimed is given back. */
  decline(principal: Principal, id: string, reason: string): Promise<ShownCase> {
    const reader = readerOf(principal);
    return this.#act(principal, id, ({ reading: { state } }) =>
      state === 'offered'
        ? [{ kind: 'offer-ended', reader, why: 'declined', reason }]
        : [{ kind: 'requeued', reader, why: 'gave-back', reason }],
    );
  }

  park(principal: Principal, id: string, reason: string): Promise<ShownCase> {
    const reader = readerOf(principal);
    return this.#act(principal, id, () => [{ kind: 'parked', reader, reason, cause: causeOfPark(reason) }]);
  }

  /** Its reader goes on with what was parked; the desk lets go what was held, all of it. */
  async resume(principal: Principal, id: string): Promise<ShownCase> {
    const { reading } = await this.seen(principal, id);
    // Intake sees to it that what was held goes on, at once.
    const place = reading.state === 'hold' ? { intakeAt: this.#options.clock.now() } : {};
    const resumed = ({ reading: { state, pauses } }: StoredCase): CaseHappening[] => {
      if (state !== 'hold') return [{ kind: 'resumed', reader: readerOf(principal) }];
      requireDesk(principal);
      const open = pauses.filter(({ to }) => to === undefined);
      return open.map(({ reason }): CaseHappening => ({ kind: 'released', reason }));
    };
    return this.#act(principal, id, resumed, place);
  }

  /** The holder has seen what changed; or, of who asked for it, the report. */
  seenBy(principal: Principal, id: string): Promise<ShownCase> {
    return this.#act(principal, id, ({ side }) =>
      side === 'client' ? [{ kind: 'seen' }] : [{ kind: 'change-seen', reader: readerOf(principal) }],
    );
  }

  cancel(principal: Principal, id: string, reason: string): Promise<ShownCase> {
    return this.#act(principal, id, () => {
      requireDesk(principal);
      return [{ kind: 'cancelled', reason }];
    });
  }

  /** It cannot be read as it is: undiagnostic, the wrong side, out of scope. */
  reject(
    principal: Principal,
    id: string,
    { reason, retake }: { reason: string; retake: boolean },
  ): Promise<ShownCase> {
    const reader = readerOf(principal);
    return this.#act(principal, id, ({ reading: { claim } }) => {
      if (claim?.reader !== reader) throw new Problem('reading/not-holder');
      return [{ kind: 'rejected', reader, reason, retake }];
    });
  }

  /** The desk takes a case from whoever has it, and offers it to another where one is named. */
  reassign(
    principal: Principal,
    id: string,
    { reader, reason }: { reader?: string; reason: string },
  ): Promise<ShownCase> {
    const { clock } = this.#options;
    return this.#act(principal, id, async (seen) => {
      requireDesk(principal);
      const { claim, offer, preliminary } = seen.reading;
      const back: CaseHappening[] =
        claim !== undefined
          ? [{ kind: 'requeued', reader: claim.reader, why: 'reassigned', reason }]
          : offer !== undefined
            ? [{ kind: 'offer-ended', reader: offer.reader, why: 'left', reason }]
            : [];
      if (reader === undefined) return back;
      const { open, failed } = await this.gatesOf(seen, reader, 'offer');
      if (!open) throw new Problem('reading/not-entitled', { gates: failed.map((each) => each.reason).join('; ') });
      // What is given as preliminary waits for whoever takes it up: only a first reading is offered.
      if (preliminary !== undefined) return back;
      return [...back, { kind: 'offered', reader, expiresAt: clock.now() + limits.offerMs, decision: 'desk' }];
    });
  }

  /** Rejects with reading/unknown-case where there is none that the principal may see. */
  async seen(principal: Principal, id: string): Promise<SeenCase> {
    const code = readCaseCode(id);
    const found = code && (await seenCase(this.#options.database, principal.tenant, code));
    if (found === undefined || found === '') throw new Problem('reading/unknown-case');
    // The case that is read blind itself is there, without what is hidden.
    if (!found.isBlind && (await this.#hiddenFrom(principal)).has(found.reading.id))
      throw new Problem('reading/unknown-case');
    return found;
  }

  async #act(
    principal: Principal,
    id: string,
    decide: (seen: SeenCase) => readonly CaseHappening[] | Promise<readonly CaseHappening[]>,
    place: Partial<CasePlace> = {},
  ): Promise<ShownCase> {
    const { log } = this.#options;
    const seen = await this.seen(principal, id);
    await log.change(seen.reading.id, actorOf(principal, seen.side), (now) => decide({ ...seen, ...now }), place);
    return this.read(principal, id);
  }

  async #hiddenFrom({ reader, tenant }: Principal): Promise<ReadonlySet<string>> {
    return reader === undefined ? new Set() : casesHiddenFrom(this.#options.database, tenant, reader);
  }

  #shown(seen: SeenCase, hidden: ReadonlySet<string>): ShownCase {
    const { terms, clock } = this.#options;
    const shown = shownCase(seen, seen.reading.term && terms.term(seen.reading.term), clock.now());
    return hidden.has(seen.reading.id) ? { ...shown, critical: 0 } : shown;
  }
}

/** Entries by which a report that is not shown could be guessed. */
const tellsFindings: ReadonlySet<string> = new Set([
  ...['preliminary-signed', 'critical-flagged', 'critical-notified', 'critical-acknowledged', 'critical-escalated'],
  ...['critical-exhausted', 'delivered', 'sampled', 'reviewed', 'arbitrated'],
]);

/** Rejects with auth/forbidden where nobody reads as this principal. */
export function readerOf(principal: Principal): string {
  if (principal.reader === undefined || !may(principal, 'report')) {
    throw new Problem('auth/forbidden', { action: 'report' });
  }
  return principal.reader;
}

function requireDesk(principal: Principal): void {
  if (!may(principal, 'administer')) throw new Problem('auth/forbidden', { action: 'administer' });
}

export function actorOf(principal: Principal, side: SeenCase['side']): Actor {
  if (principal.reader !== undefined) return { kind: 'reader', id: principal.reader };
  return { kind: side === 'client' ? 'client' : 'desk', id: principal.id };
}
