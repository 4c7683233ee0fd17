// What /api/v1 asks of critical results and of codes, for whoever asks. A reader speaks for cases of their own, a desk for all of its
// tenant; whose a case is, only its client is told by its code, and a reader only for a reason that stays on record.

import type { ApiCritical } from '../../api/reading-critical.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import { fromJson } from '../../dicom/json-reader.ts';
import { readCaseCode } from '../../reading/case/case-code.ts';
import type { CriticalPolicy } from '../../reading/critical/policy.ts';
import { criticalRecords } from '../../reading/critical/record.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import { listLoops, loopOf } from '../../reading/store/critical-loops.ts';
import { policiesOf, putPolicy } from '../../reading/store/critical-policies.ts';
import { casesHiddenFrom } from '../../reading/store/hidden-cases.ts';
import { type SeenCase, seenCase } from '../../reading/store/worklist.ts';
import type { Core } from '../core.ts';
import { acknowledge } from './acknowledge.ts';
import type { AfterReading } from './after-reading.ts';
import { actorOf } from './case-desk.ts';

type Whose = Awaited<ReturnType<PrincipalsCritical['resolve']>>;

export class PrincipalsCritical implements ApiCritical {
  readonly #core: Core;
  readonly #after: AfterReading;
  readonly #principal: Principal;

  constructor(core: Core, after: AfterReading, principal: Principal) {
    this.#core = core;
    this.#after = after;
    this.#principal = principal;
  }

  async list({ open, limit }: { open: boolean; limit: number }) {
    const found = await listLoops(this.#core.database, this.#principal.tenant, { isOpen: open, limit });
    const hidden = await this.#hidden();
    return found
      .filter((each) => !hidden.has(each.case))
      .map(({ ladder: { rungs, lead }, step, ...loop }) => ({
        ...loop,
        recipient: (rungs[step] ?? lead).recipient,
      }));
  }

  async record(loop: string) {
    const found = await loopOf(this.#core.database, this.#principal.tenant, loop);
    const known = found && (await this.#hidden()).has(found.case) ? undefined : found;
    const events = known === undefined ? [] : await this.#after.cases.events(known.case);
    const record = criticalRecords(events).find((each) => each.loop === loop);
    if (record === undefined) throw new Problem('catalogue/not-found', { what: 'critical result' });
    const time = (at: number) => new Date(at).toISOString();
    const { foundAt, told, received, ...others } = record;
    return {
      ...others,
      foundAt: time(foundAt),
      told: told.map((each) => ({ ...each, at: time(each.at) })),
      received: received ? { ...received, at: time(received.at) } : null,
    };
  }

  /** Cases of which a reader is not to know what was found. */
  async #hidden(): Promise<ReadonlySet<string>> {
    const { reader, tenant } = this.#principal;
    return reader === undefined ? new Set() : casesHiddenFrom(this.#core.database, tenant, reader);
  }

  async flag(caseId: string, { category, finding }: { category: 1 | 2 | 3; finding: string }) {
    const seen = await this.#case(caseId);
    this.#requireOwn(seen);
    const after = await this.#after.cases.change(
      seen.reading.id,
      actorOf(this.#principal, seen.side),
      ({ reading: { id, critical } }) => [
        { kind: 'critical-flagged', loop: `${id}.${critical.length + 1}`, category, finding },
      ],
    );
    return { loop: after.critical.at(-1)!.id };
  }

  async acknowledge(loop: string, said: { recipient: string; readBack: boolean; method: string }) {
    const { tenant } = this.#principal;
    const known = await loopOf(this.#core.database, tenant, loop);
    if (known === undefined) throw new Problem('catalogue/not-found', { what: 'critical result' });
    const seen = await this.#case(known.case);
    if (seen.side === 'room') this.#requireOwn(seen);
    await acknowledge(
      { database: this.#core.database, cases: this.#after.cases },
      { tenant, loop, actor: actorOf(this.#principal, seen.side), said },
    );
  }

  policies() {
    return policiesOf(this.#core.database, this.#principal.tenant);
  }

  putPolicy(name: string, ladders: object) {
    const policy = { name, ladders } as CriticalPolicy;
    return putPolicy(this.#core.database, this.#principal.tenant, policy, this.#principal.id);
  }

  async reveal(caseId: string, reason: string): Promise<Whose> {
    const seen = await this.#case(caseId);
    this.#requireOwn(seen);
    // On record before anything is told.
    await this.#after.cases.change(seen.reading.id, actorOf(this.#principal, seen.side), () => [
      { kind: 'revealed', reason },
    ]);
    return this.#whose(seen);
  }

  async resolve(code: string) {
    const seen = await this.#case(code);
    if (seen.side === 'room') throw new Problem('reading/unknown-case');
    return this.#whose(seen);
  }

  /** As the client's archive has it; a client sees all of its own cases. */
  async #whose({ client, reading: { id }, studyUid, accession }: StoredCase) {
    const seen = await seenCase(this.#core.database, client, id);
    const study = seen?.attributes === undefined ? undefined : fromJson(JSON.parse(seen.attributes));
    const said = (keyword: string) => study?.text(keyword) || null;
    return {
      case: id,
      studyUid: studyUid ?? null,
      accession: accession ?? said('AccessionNumber'),
      patient: {
        id: said('PatientID'),
        issuer: said('IssuerOfPatientID'),
        name: said('PatientName'),
        birthDate: said('PatientBirthDate'),
      },
    };
  }

  /** Rejects with reading/unknown-case of one that this principal's tenant has nothing to do with. */
  async #case(id: string): Promise<SeenCase> {
    const code = readCaseCode(id);
    const seen = code && (await seenCase(this.#core.database, this.#principal.tenant, code));
    if (!seen) throw new Problem('reading/unknown-case');
    return seen;
  }

  /** A reader who has it or signed it; or a desk. */
  #requireOwn({ reading }: Pick<StoredCase, 'reading'>): void {
    const { reader } = this.#principal;
    const isReaders =
      reader !== undefined &&
      (reading.claim?.reader === reader || reading.reports.some((report) => report.reader === reader));
    if (!isReaders && !may(this.#principal, 'administer')) throw new Problem('reading/not-holder');
  }
}
