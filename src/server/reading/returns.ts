// What readers store in their rooms, followed home: reads on in the feed, and whatever is no copy of ours is judged once, kept in
// the client's archive or set aside for a person. One node at a time does it; each step can be done again.

import type { DiagnosticReport } from '@medplum/fhirtypes';
import type { ApiReturns } from '../../api/reading-returns.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import {
  isSettled,
  type ReturnDecision,
  type ReturnKey,
  type ReturnRow,
  returnRow,
  returnsOf,
  type Settlement,
  settleReturn,
  waitingOfCase,
} from '../../reading/store/returns.ts';
import type { CatalogueEvent } from '../../storage/events.ts';
import { FeedFollower } from '../../storage/feed-follower.ts';
import { keptVersionOf, resourceOf } from '../../storage/fhir-resources.ts';
import { reportDocuments } from '../../storage/report-documents.ts';
import { NOT_WITHDRAWN } from '../../storage/withheld.ts';
import type { Core } from '../core.ts';
import { ReportReader } from '../reports/report-reader.ts';
import { TYPE } from '../reports/report-store.ts';
import type { Spine } from '../spine.ts';
import { Homecoming } from './homecoming.ts';
import { ProviderSigning } from './provider-signing.ts';
import { caseDesk } from './reading.ts';
import { InstanceReturn, type StoredInRoom } from './return-instance.ts';
import { ReportReturn } from './return-report.ts';

export const limits = {
  /** Events that one step takes in. */
  events: 200,
  /** Between two looks at a feed that goes on. */
  pauseMs: 250,
  /** Looks by itself so often: a notice was missed, or the node that did it is gone. */
  lookMs: 2_000,
} as const;

interface Kept extends StoredInRoom, Record<string, unknown> {}

/** Followed by `follow`; judged by whoever decides as well. */
export class Returns implements ApiReturns {
  readonly #core: Core;
  readonly #instances: InstanceReturn | undefined;
  readonly #reports: ReportReturn;
  readonly #signed: Homecoming;
  readonly #reader: ReportReader;
  #follower: FeedFollower | undefined;

  /** `spine`: absent where nothing receives. */
  constructor(core: Core, spine?: Spine) {
    this.#core = core;
    this.#signed = new Homecoming(core);
    const signing = new ProviderSigning(core, (...asked) => caseDesk(core).gatesOf(...asked));
    this.#instances = spine && new InstanceReturn(core, spine, signing);
    this.#reports = new ReportReturn(core, signing);
    this.#reader = new ReportReader(core);
  }

  async follow(): Promise<void> {
    const { database, log, readingInUse } = this.#core;
    this.#follower = await FeedFollower.open({
      ...{ database, reader: 'reading_return_cursor', ...limits },
      isWanted: () => readingInUse.now(),
      take: (events, signal) => this.#take(events, signal),
      failed: (code) => log.warn({ code }, 'what readers made cannot be brought home just now'),
    });
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  list(tenant: number, asked: { state?: string; before?: string; limit: number }): Promise<ReturnRow[]> {
    return returnsOf(this.#core.database, tenant, asked);
  }

  /**
   * What waited is judged again with what a person said of it. Rejects with catalogue/not-found, and with
   * reading/return-waits where something stands against it that nobody can confirm.
   */
  async release(tenant: number, id: string, decision: ReturnDecision): Promise<ReturnRow> {
    const row = await this.#waiting(tenant, id);
    // Whoever made it has no say in what the client keeps.
    if (row.tenant !== tenant) throw new Problem('auth/forbidden', { action: 'release' });
    const settlement = await this.#judge(row, decision);
    if (settlement === undefined) throw new Problem('catalogue/not-found', { what: 'return' });
    if (settlement.state !== 'home') {
      await this.#settle(row, settlement);
      const reasons = [...new Set((settlement.findings ?? []).map(({ code }) => code))].join(', ');
      throw new Problem('reading/return-waits', { reasons });
    }
    await this.#settle(row, settlement, decision);
    return (await returnRow(this.#core.database, tenant, id))!;
  }

  /** It stays where it was stored, and never comes home. Rejects with catalogue/not-found. */
  async discard(tenant: number, id: string, decision: ReturnDecision): Promise<ReturnRow> {
    const { findings, ...row } = await this.#waiting(tenant, id);
    await this.#settle(row, { state: 'discarded', findings }, decision);
    return (await returnRow(this.#core.database, tenant, id))!;
  }

  async #waiting(tenant: number, id: string): Promise<ReturnRow> {
    const row = await returnRow(this.#core.database, tenant, id);
    if (row?.state !== 'quarantined') throw new Problem('catalogue/not-found', { what: 'return' });
    return row;
  }

  async #take(events: readonly CatalogueEvent[], signal: AbortSignal): Promise<void> {
    for (const key of await this.#stored(events)) {
      if (signal.aborted) return;
      if (!(await isSettled(this.#core.database, key))) await this.#bring(key);
    }
  }

  /** Reports before documents: a document that names a pseudonym is printed anew from its report. */
  async #stored(events: readonly CatalogueEvent[]): Promise<ReturnKey[]> {
    const { database } = this.#core;
    const rows = await database.query<{ tenant: number }>('select tenant from reading_room');
    const rooms = new Set(rows.map(({ tenant }) => tenant));
    const inRooms = events.filter(({ tenant }) => rooms.has(tenant));
    const reports = inRooms.flatMap(({ kind, tenant, detail }): ReturnKey[] => {
      const { type, id, version } = (detail ?? {}) as { type?: string; id: string; version: number };
      return kind === 'resource-changed' && type === TYPE ? [{ room: tenant, kind: 'report', name: id, version }] : [];
    });
    const kept = inRooms.filter(({ kind }) => kind === 'instances-kept').flatMap(({ instanceIds }) => instanceIds);
    if (kept.length === 0) return reports;
    const instances = await database.query<{ room: number; name: string; version: number }>(
      `select i.tenant as room, i.sop_uid as name, i.version from instance i
       where i.id = any($1::bigint[]) and not exists (
         select from reading_egress e where e.room = i.tenant and e.name = i.sop_uid)
       and not (i.source = 'exchange') order by i.id`,
      [kept],
    );
    return [...reports, ...instances.map((each) => ({ ...each, kind: 'instance' as const }))];
  }

  /** One that cannot be judged holds up no other; where the catalogue or the disk is away all of them wait. */
  async #bring(key: ReturnKey): Promise<void> {
    const settlement = await this.#judgedOrSetAside(key);
    if (settlement === undefined) return;
    await this.#settle(key, settlement);
    if (settlement.state !== 'home' || settlement.case === undefined) return;
    for (const waiting of await waitingOfCase(this.#core.database, settlement.case)) {
      const again = await this.#judgedOrSetAside(waiting);
      if (again?.state === 'home') await this.#settle(waiting, again);
    }
  }

  async #judgedOrSetAside(key: ReturnKey): Promise<Settlement | undefined> {
    try {
      return await this.#judge(key);
    } catch (thrown) {
      const { code, cause } = asProblem(thrown);
      if (code.startsWith('storage/')) throw thrown;
      this.#core.log.warn({ code, ...(code === 'internal/unexpected' && { error: cause }) }, 'a return is not judged');
      return { state: 'quarantined', findings: [{ code: 'not-searched', path: code }] };
    }
  }

  /** undefined for what is nothing that comes home: it was made of another that does, or is gone. */
  #judge(key: ReturnKey, decision?: ReturnDecision): Promise<Settlement | undefined> {
    const { kind } = key;
    if (kind === 'signed') return this.#signed.judge(key, decision);
    return kind === 'report' ? this.#report(key, decision) : this.#instance(key, decision);
  }

  async #report(key: ReturnKey, decision?: ReturnDecision): Promise<Settlement | undefined> {
    const { room, name, version } = key;
    const stored = await keptVersionOf(this.#core.database, { tenant: room, type: TYPE, id: name }, version);
    if (stored?.text === undefined) return undefined;
    const resource = resourceOf(stored) as DiagnosticReport;
    // It was made of a document, which comes home itself.
    if (resource.meta?.source?.startsWith('urn:oid:')) return undefined;
    const report = await this.#reader.read(room, resource);
    if (report === undefined) return { state: 'quarantined', findings: [{ code: 'foreign-patient', path: 'patient' }] };
    return this.#reports.bring(key, report, decision);
  }

  async #instance({ room, name, version }: ReturnKey, decision?: ReturnDecision): Promise<Settlement | undefined> {
    const [row] = await this.#core.database.query<Kept>(
      `select i.tenant as room, s.study_uid as "studyInstanceUid", i.sop_uid as "sopInstanceUid", i.object,
         i.size_bytes::float8 as "sizeBytes", i.version
       from instance i join series r on r.id = i.series join study s on s.id = r.study
       where i.tenant = $1 and i.sop_uid = $2 and i.version = $3 and ${NOT_WITHDRAWN} and i.purged_at is null limit 1`,
      [room, name, version],
    );
    if (row === undefined || (await this.#isMade(room, name))) return undefined;
    if (this.#instances === undefined) throw new Problem('request/malformed', { reason: 'nothing is received here' });
    return this.#instances.bring(row, decision);
  }

  /** Filed here of a report that came as none: that one comes home. */
  async #isMade(room: number, sopInstanceUid: string): Promise<boolean> {
    const { database } = this.#core;
    const [document] = await reportDocuments(database, room, [sopInstanceUid]);
    if (document === undefined) return false;
    const key = { tenant: room, type: TYPE, id: document.report };
    const stored = await keptVersionOf(database, key, document.version);
    return stored?.text !== undefined && resourceOf(stored).meta?.source !== `urn:oid:${sopInstanceUid}`;
  }

  async #settle(key: ReturnKey, settlement: Settlement, decision?: ReturnDecision): Promise<void> {
    const { database, audit } = this.#core;
    await settleReturn(database, key, settlement, decision);
    const [finding] = settlement.findings ?? [];
    await audit.record({
      tenant: settlement.tenant ?? key.room,
      principal: decision?.by ?? 'exchange',
      door: 'node',
      action: settlement.state === 'discarded' ? 'return-discard' : 'return',
      outcome: settlement.state === 'home' || finding === undefined ? 'success' : `reading/${finding.code}`,
      ...(settlement.home && key.kind !== 'instance' && { resource: `${TYPE}/${settlement.home}` }),
    });
  }
}
