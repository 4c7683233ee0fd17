// A report that a provider signed in its own system ends its case: by a reader of the provider who passes the gates of signing, in
// the log with licence and privilege as any signature, its text beside it as any that is signed here. Who brings it home is
// return-report.ts or return-instance.ts; this says whether it counts, and as which version.

import { createHash, randomBytes } from 'node:crypto';
import { asProblem, Problem } from '../../base/problem.ts';
import { newUid } from '../../dicom/uid.ts';
import type { CaseHappening, Entitlement } from '../../reading/case/case-event.ts';
import { mayFollow } from '../../reading/case/fold.ts';
import type { ReadingCase } from '../../reading/case/reading-case.ts';
import { textOf } from '../../reading/content/content-text.ts';
import type { Override } from '../../reading/content/finding.ts';
import type { SignedContent } from '../../reading/content/report-content.ts';
import { authorOf } from '../../reading/home/author-of-report.ts';
import { criticalOfReported } from '../../reading/home/critical-in-report.ts';
import {
  contentOfReported,
  endsReading,
  happeningsOfReported,
  happeningsOfWithdrawn,
  signedStatus,
  WITHDRAWN_BY_PROVIDER,
} from '../../reading/home/happenings-of-reported.ts';
import type { ReturnFinding } from '../../reading/privacy/way-home.ts';
import { wasCarried } from '../../reading/store/carriage.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import type { ReturnDecision, ReturnKey } from '../../reading/store/returns.ts';
import { keepSigned, signedContents } from '../../reading/store/signed-contents.ts';
import { transact } from '../../storage/transaction.ts';
import type { Report } from '../../translate/report/report.ts';
import { isWithdrawn } from '../../translate/report/report-status.ts';
import type { Core } from '../core.ts';
import { limits as leases } from './case-desk.ts';
import { reportFacts } from './report-facts-reader.ts';
import type { WritersDesk } from './writing.ts';

export const limits = {
  /** How often a signature is thought out again because its case has moved on. */
  attempts: 5,
} as const;

/** What would be a wrong side, a wrong patient or a report at odds with itself: only a person lets that pass. */
const STOPPING: ReadonlySet<string> = new Set(['laterality', 'sex-and-organ', 'contradiction']);

/** As it lies in the room. */
export interface ProvidersReport {
  /** In pseudonyms, as it was said. */
  report: Report;
  origin: Pick<ReturnKey, 'kind' | 'name' | 'version'> & { kind: 'instance' | 'report' };
  /** Names in the room of what it takes the place of, its own among them. */
  versions: readonly string[];
  /** Whether somebody has signed it: of an SR its Verification Flag says so, of others their status. */
  isSigned: boolean;
}

export type Taken =
  /** It waits: neither its case nor its client's archive is told anything. */
  | { kind: 'refused'; finding: ReturnFinding }
  /** It is no signature of its case: it goes home as what it is, and the case stays as it is. */
  | { kind: 'beside' }
  /** It says what is signed already, to the letter. */
  | { kind: 'known'; version: number }
  /** This version of its case. */
  | { kind: 'signed'; version: number; textHash: string }
  /** Its provider takes it back. */
  | { kind: 'withdrawn' };

export class ProviderSigning {
  readonly #core: Core;
  readonly #gatesOf: WritersDesk['gatesOf'];

  constructor(core: Core, gatesOf: WritersDesk['gatesOf']) {
    this.#core = core;
    this.#gatesOf = gatesOf;
  }

  /** May be asked again for the same. Rejects where the catalogue is away. */
  async take(caseId: string, said: ProvidersReport, decision?: ReturnDecision): Promise<Taken> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#take(await this.#core.cases.stored(caseId), said, decision);
      } catch (thrown) {
        const { code } = asProblem(thrown);
        if (!(thrown instanceof Problem) || !code.startsWith('reading/')) throw thrown;
        if (code !== 'reading/moved') return refused('case-not-open', code);
        if (attempt === limits.attempts) throw thrown;
      }
    }
  }

  /** A signed report of the case waits for `code`: both sides are told once, by the log and so by the feed. */
  async alarm(caseId: string, code: string): Promise<void> {
    const { cases, log } = this.#core;
    const isOver = ({ reading: { state } }: StoredCase) => ['cancelled', 'rejected', 'in-error'].includes(state);
    await cases.change(caseId, exchange, (stored) =>
      isOver(stored) || stored.reading.refused === code ? [] : [{ kind: 'report-refused', why: code }],
    );
    log.warn({ code: `reading/${code}` }, 'a report that its provider signed waits, and its case stays open');
  }

  async #take(stored: StoredCase, said: ProvidersReport, decision?: ReturnDecision): Promise<Taken> {
    const { report, isSigned } = said;
    const { reading } = stored;
    if ((await wasCarried(this.#core.database, [reading.id])).has(reading.id)) return this.#answered(stored, said);
    const versions = await signedContents(this.#core.database, reading.id);
    const isIts = versions.some(({ reported }) => reported !== undefined && said.versions.includes(reported.name));
    if (isWithdrawn(report.status)) return this.#withdraw(stored, isIts, decision);
    if (!isSigned || !endsReading(report.status, reading)) {
      return isIts && reading.reports.length > 0 ? refused('case-not-open', report.status) : { kind: 'beside' };
    }
    const same = versions.find(
      ({ reported }) => reported?.name === said.origin.name && reported.version === said.origin.version,
    );
    if (same !== undefined) return { kind: 'signed', version: same.report.version, textHash: same.report.textHash };
    const textHash = hashOf(report);
    const last = reading.reports.at(-1);
    if (last?.textHash === textHash && reading.preliminary?.version !== last.version) {
      await this.#flag(stored, report, versions.at(-1));
      return { kind: 'known', version: last.version };
    }
    // A person says that it is a report of its own; what is only preliminary is followed by the final one, whoever sends it.
    const isFollowing = reading.preliminary !== undefined && reading.clocks.final === undefined;
    if (last !== undefined && !isIts && !isFollowing) {
      return decision === undefined ? refused('second-report', '') : { kind: 'beside' };
    }
    const author = authorOf(report.people, this.#core.readers.readersOf(reading.facts.provider));
    if (author === undefined) return refused('author-unknown', 'author');
    const { entitlement, closed } = await this.#entitled(stored, author.id);
    if (entitlement === undefined) return refused('author-not-entitled', closed);
    const by = { reader: author.id, entitlement, textHash };
    return this.#sign(stored, said, by, { decision, before: versions.at(-1) });
  }

  /** The same words, and only now a flag at them. */
  async #flag({ reading }: StoredCase, report: Report, before: SignedContent | undefined): Promise<void> {
    const flagged = await this.#critical(reading, report, before);
    if (flagged === undefined || mayFollow(reading, flagged) !== undefined) return;
    const { reader: id } = reading.reports.at(-1)!;
    await this.#core.cases.append(reading.id, reading.sequence, { kind: 'reader', id }, [flagged]);
  }

  async #critical(reading: ReadingCase, report: Report, before: SignedContent | undefined) {
    const texts = before?.content.sections.map(({ text }) => text);
    return criticalOfReported(reading, report, { events: await this.#core.cases.events(reading.id), texts });
  }

  /** An exchange elsewhere, to which the case was carried, asked its own gates: this node knows none of its readers. */
  async #answered({ reading }: StoredCase, { report, isSigned }: ProvidersReport): Promise<Taken> {
    const happening: CaseHappening | undefined = isWithdrawn(report.status)
      ? { kind: 'entered-in-error', reason: WITHDRAWN_BY_PROVIDER }
      : isSigned
        ? { kind: 'answered', as: report.status === 'preliminary' ? 'preliminary' : 'final', textHash: hashOf(report) }
        : undefined;
    // Of what is called off, or closed, the report is home all the same.
    if (happening !== undefined && mayFollow(reading, happening) === undefined) {
      await this.#core.cases.append(reading.id, reading.sequence, exchange, [happening]);
    }
    return { kind: 'beside' };
  }

  /** The gates of signing; a contract that wants its readers to say again who they are cannot have that of another system. */
  async #entitled(
    stored: StoredCase,
    reader: string,
  ): Promise<{ entitlement?: Entitlement | undefined; closed: string }> {
    const { term } = stored.reading;
    if (term && this.#core.terms.term(term)?.signing?.stepUp === true) return { closed: 'step-up' };
    const { entitlement, failed } = await this.#gatesOf(stored, reader, 'sign');
    return { entitlement, closed: failed.map(({ gate }) => gate).join(', ') };
  }

  async #sign(
    stored: StoredCase,
    { report, origin }: ProvidersReport,
    by: { reader: string; entitlement: Entitlement; textHash: string },
    { decision, before }: { decision: ReturnDecision | undefined; before: SignedContent | undefined },
  ): Promise<Taken> {
    const { cases, database } = this.#core;
    const { reading } = stored;
    const content = contentOfReported(report);
    const overrides = await this.#overrides(stored, content, by.reader, decision);
    if (typeof overrides === 'string') return refused('contradicts-case', overrides);
    const now = Date.now();
    const version = reading.reports.length + 1;
    const signed: SignedContent = {
      case: reading.id,
      status: signedStatus(report.status, reading.clocks.final === undefined),
      report: { version, ...by, overridden: overrides.map(({ check }) => check) },
      signedAt: momentOf(report.issuedAt) ?? new Date(now).toISOString(),
      subject: {
        studyUid: stored.roomStudyUid ?? '',
        patientId: report.patient.patientId,
        ...(report.accession && { accession: report.accession.number }),
      },
      content,
      overrides,
      reported: origin,
    };
    const happenings = happeningsOfReported(reading, {
      status: report.status,
      report: signed.report,
      transactionUid: newUid(randomBytes(16)),
      leaseUntil: now + leases.leaseMs,
      isSameText: reading.reports.at(-1)?.textHash === by.textHash,
    });
    const flagged = await this.#critical(reading, report, before);
    if (flagged !== undefined) happenings.push(flagged);
    await transact(database, async (transaction) => {
      await keepSigned(transaction, signed);
      await cases.append(reading.id, reading.sequence, { kind: 'reader', id: by.reader }, happenings, { transaction });
    });
    return { kind: 'signed', version, textHash: by.textHash };
  }

  /** What a person let pass, each with their reason; the names of the checks where nobody did. */
  async #overrides(
    stored: StoredCase,
    content: SignedContent['content'],
    reader: string,
    decision: ReturnDecision | undefined,
  ): Promise<(Override & { message: string })[] | string> {
    const { database, terms } = this.#core;
    const { term } = stored.reading;
    const facts = await reportFacts(database, stored, reader, term && terms.term(term));
    const { checkReport } = await import('../../reading/content/check-report.ts');
    const found = checkReport(content, facts).filter(({ check }) => STOPPING.has(check));
    if (found.length > 0 && decision === undefined) return [...new Set(found.map(({ check }) => check))].join(', ');
    return found.map(({ check, message }) => ({ check, message, reason: decision!.reason }));
  }

  async #withdraw(stored: StoredCase, isIts: boolean, decision: ReturnDecision | undefined): Promise<Taken> {
    const { reading } = stored;
    // Nobody calls off what was signed by calling off another.
    if (reading.reports.length > 0 && !isIts) {
      return decision === undefined ? refused('second-report', 'cancelled') : { kind: 'beside' };
    }
    const happenings = happeningsOfWithdrawn(reading, isIts);
    if (happenings.length > 0) await this.#core.cases.append(reading.id, reading.sequence, exchange, happenings);
    return { kind: 'withdrawn' };
  }
}

const exchange = { kind: 'exchange', id: 'returns' } as const;

const refused = (code: ReturnFinding['code'], path: string): Taken => ({ kind: 'refused', finding: { code, path } });

/** Of its text; of what has none, of the documents that it is. */
function hashOf(report: Report): string {
  const text = textOf(contentOfReported(report));
  const said = text === '' ? report.documents.map(({ data }) => data).join('\n') : text;
  return createHash('sha256').update(said).digest('hex');
}

/** An instant; what is said of a day alone is none. */
function momentOf(said: string | undefined): string | undefined {
  const at = said?.includes('T') ? Date.parse(said) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
