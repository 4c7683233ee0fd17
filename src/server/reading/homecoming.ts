// Reports that were signed here, on their way home: reads on in the feed of cases, and each version that was signed is told whose
// it is, kept among the client's reports, and planned for the destinations that the contract names. What was called off, or was
// never true, is taken back likewise. One node at a time does it; each step can be done again.

import { asProblem } from '../../base/problem.ts';
import { taskId } from '../../reading/case/reading-task.ts';
import type { SignedContent } from '../../reading/content/report-content.ts';
import { type AboutReport, reportOfSigned } from '../../reading/home/report-of-signed.ts';
import { CASE_EVENT } from '../../reading/store/case-log.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import {
  isSettled,
  type ReturnDecision,
  type ReturnKey,
  type Settlement,
  settleReturn,
} from '../../reading/store/returns.ts';
import { signedContent } from '../../reading/store/signed-contents.ts';
import type { CatalogueEvent } from '../../storage/events.ts';
import { FeedFollower } from '../../storage/feed-follower.ts';
import { ordersOfStudies } from '../../storage/orders-of-studies.ts';
import type { Code, Order } from '../../translate/order.ts';
import type { Core } from '../core.ts';
import { ReportReader } from '../reports/report-reader.ts';
import { ReportStore } from '../reports/report-store.ts';
import { isFurther } from './further-reading.ts';
import { planReported } from './report-deliveries.ts';
import { confirming } from './return-instance.ts';
import { caseOfSigned, type ReturningCase } from './returning-case.ts';

export const limits = {
  /** Events that one step takes in. */
  events: 200,
  /** Between two looks at a feed that goes on. */
  pauseMs: 250,
  /** Looks by itself so often: a notice was missed, or the node that did it is gone. */
  lookMs: 2_000,
} as const;

const coming: ReadonlySet<string> = new Set([
  'preliminary-signed',
  'final-signed',
  'amended',
  'cancelled',
  'rejected',
  'entered-in-error',
]);

export class Homecoming {
  readonly #core: Core;
  readonly #store: ReportStore;
  readonly #reader: ReportReader;
  #follower: FeedFollower | undefined;

  constructor(core: Core) {
    this.#core = core;
    this.#store = new ReportStore(core);
    this.#reader = new ReportReader(core);
  }

  async follow(): Promise<void> {
    const { database, log, readingInUse } = this.#core;
    this.#follower = await FeedFollower.open({
      ...{ database, reader: 'reading_homecoming_cursor', ...limits },
      isWanted: () => readingInUse.now(),
      take: (events, signal) => this.#take(events, signal),
      failed: (code) => log.warn({ code }, 'signed reports cannot be brought home just now'),
    });
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  /** All that was signed of a case and is not at home. Resolves once what there is of it is durable there, or waits. */
  async comeHome(caseId: string): Promise<void> {
    const stored = await this.#core.cases.stored(caseId);
    if (isFurther(stored)) return;
    const { reports } = stored.reading;
    for (const { version } of reports) await this.#once(stored, version);
    if (withdrawal(stored) !== undefined && reports.length > 0) await this.#once(stored, reports.length + 1);
  }

  async #take(events: readonly CatalogueEvent[], signal: AbortSignal): Promise<void> {
    const cases = events
      .filter(({ kind }) => kind === CASE_EVENT)
      .map(({ detail }) => detail as { case: string; kinds: string[] })
      .filter(({ kinds }) => kinds.some((kind) => coming.has(kind)));
    for (const id of new Set(cases.map((each) => each.case))) {
      if (signal.aborted) return;
      await this.comeHome(id);
    }
  }

  async #once(stored: StoredCase, version: number): Promise<void> {
    const { database } = this.#core;
    const key = keyOf(stored, version);
    if (await isSettled(database, key)) return;
    const settlement = await this.#judgedOrSetAside(stored, key);
    if (settlement !== undefined) await settleReturn(database, key, settlement);
  }

  /** What goes wrong with one is not lost, and holds up no other; where the catalogue is away all of them wait. */
  async #judgedOrSetAside(stored: StoredCase, key: ReturnKey): Promise<Settlement | undefined> {
    try {
      return await this.judge(key);
    } catch (thrown) {
      const { code, cause } = asProblem(thrown);
      if (code.startsWith('storage/')) throw thrown;
      const { log } = this.#core;
      log.warn({ code, ...(code === 'internal/unexpected' && { error: cause }) }, 'a signed report is not at home');
      const findings = [{ code: 'not-kept', path: code } as const];
      return { state: 'quarantined', tenant: stored.client, case: key.name, findings };
    }
  }

  /** Brings one version home, or says why not; undefined where nobody kept what was signed. */
  async judge({ name, version }: ReturnKey, decision?: ReturnDecision): Promise<Settlement | undefined> {
    const { database, cases } = this.#core;
    const stored = await cases.stored(name);
    const { reading } = stored;
    const isWithdrawal = version > reading.reports.length;
    const signed = await signedContent(database, name, Math.min(version, reading.reports.length));
    // What the provider's own system signed comes home as what it came as: returns.ts. Taken back it is by us.
    if (signed === undefined || (signed.reported && !isWithdrawal)) return undefined;
    const found = await caseOfSigned(this.#core, stored);
    const of = { tenant: stored.client, case: name };
    if (typeof found === 'string') return { state: 'quarantined', ...of, findings: [{ code: found, path: '' }] };
    const { dates = [] } = decision ?? {};
    const confirmed = [...(signed.confirmed ?? []), ...dates];
    const about = await this.#about(found, signed, isWithdrawal);
    const origin = { tenant: stored.client, source: `urn:fascia:reading:${name}`, id: taskId(name) };
    const there = signed.reported && (await this.#reader.current(stored.client, origin.id));
    const { report, findings } =
      there === undefined
        ? reportOfSigned({ ...signed, confirmed }, confirming(found.way, decision), about)
        : { report: { ...there, status: about.withdrawn!, issuedAt: new Date().toISOString() }, findings: [] };
    if (findings.length > 0) return { state: 'quarantined', ...of, findings };
    const kept = await this.#store.keep(report, origin);
    const { textHash } = signed.report;
    const planned = { ...(!isWithdrawal && { version }), report: kept.id, reportVersion: kept.version, textHash };
    await planReported(this.#core, stored, planned);
    return { state: 'home', ...of, home: kept.id };
  }

  async #about(
    { stored, study, studyId }: ReturningCase,
    signed: SignedContent,
    isWithdrawal: boolean,
  ): Promise<AboutReport> {
    const { database, config, readers } = this.#core;
    const { reading } = stored;
    const [ordered] = await ordersOfStudies(database, [studyId]);
    const order = ordered?.document as Order | undefined;
    const signer = readers.reader(signed.report.reader);
    const withdrawn = isWithdrawal ? withdrawal(stored) : undefined;
    const date = study.text('StudyDate')?.replaceAll('.', '') ?? '';
    return {
      filler: { number: reading.id, issuer: config.aet },
      ...(order?.placer && { placer: order.placer }),
      code: codeOf(order, reading.facts.procedure, study.text('StudyDescription')),
      ...(/^\d{8}$/.test(date) && { observedAt: `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` }),
      signer: {
        role: 'interpreter',
        name: signer?.name ?? signed.report.reader,
        id: { number: signed.report.reader, issuer: reading.facts.provider },
      },
      organization: reading.facts.provider,
      isCritical: reading.critical.length > 0,
      ...(withdrawn && { withdrawn }),
    };
  }
}

const keyOf = ({ client, room, reading }: StoredCase, version: number): ReturnKey => ({
  room: room ?? client,
  kind: 'signed',
  name: reading.id,
  version,
});

function withdrawal({ reading }: StoredCase): 'cancelled' | 'entered-in-error' | undefined {
  if (reading.state === 'in-error') return 'entered-in-error';
  return reading.state === 'cancelled' || reading.state === 'rejected' ? 'cancelled' : undefined;
}

/** As it was ordered; else as the case was taken in, or what every imaging report is. */
function codeOf(order: Order | undefined, procedure: string | undefined, description: string | undefined): Code {
  const meaning = order?.procedureDescription ?? description;
  if (order?.procedureCode !== undefined) return order.procedureCode;
  const [value, scheme] = procedure?.split('^') ?? [];
  if (value && scheme) return { value, scheme, meaning: meaning ?? value };
  return { value: '18748-4', scheme: 'LN', meaning: meaning ?? 'Diagnostic imaging study' };
}
