// How a report is signed: who signs is entitled now, says again who they are, has seen everything, and the report is the one
// of this case; then its text and the entry of the log are kept together or not at all.

import { createHash, randomUUID } from 'node:crypto';
import { Problem } from '../../base/problem.ts';
import type { CaseHappening, Entitlement } from '../../reading/case/case-event.ts';
import type { ReadingCase } from '../../reading/case/reading-case.ts';
import type { CheckOptions } from '../../reading/content/check-report.ts';
import { textOf } from '../../reading/content/content-text.ts';
import { withDifferenceNotice } from '../../reading/content/difference-notice.ts';
import { differenceOf } from '../../reading/content/edit-distance.ts';
import { type ContentFinding, type Override, standing } from '../../reading/content/finding.ts';
import type { ReportContent, SignedContent, Subject } from '../../reading/content/report-content.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import { currentDraft, saveDraft } from '../../reading/store/drafts.ts';
import { type Change, keepSigned, signedContents } from '../../reading/store/signed-contents.ts';
import { transact } from '../../storage/transaction.ts';
import { requireStepUp } from './step-up.ts';
import { draftsOf, factsOf, requiredFieldsOf, type Writer, type WritingOptions } from './writing.ts';

/** Of a loop that a difference from the preliminary report begins: told within minutes. */
const DIFFERENCE_CATEGORY = 1;
export const DIFFERENCE_FINDING = 'differs-from-preliminary';

export interface SignWish {
  content: ReportContent;
  /** What stood on the screen that it was written on. */
  subject: Subject;
  as: 'preliminary' | 'final';
  /** Of a final report after a preliminary one. */
  difference?: 'none' | 'minor' | 'major';
  overrides: readonly Override[];
  /** Typed dates that are meant as they stand. */
  confirmed: readonly string[];
  /** For whoever looks at such: see step-up.ts. */
  proof?: string;
}

export interface AmendWish extends Omit<SignWish, 'as' | 'difference'> {
  /** `appended`: `content` is what is added, and nothing before it changes. */
  how: 'appended' | 'corrected' | 'amended';
  reason: string;
  /** The discrepancy that it comes from. */
  discrepancy?: string;
}

export interface Signed {
  case: string;
  state: ReadingCase['state'];
  version: number;
  textHash: string;
}

type Kept = Omit<SignedContent, 'case' | 'report' | 'signedAt' | 'subject'>;

export class Signing {
  readonly #options: WritingOptions;

  constructor(options: WritingOptions) {
    this.#options = options;
  }

  /**
   * Rejects with reading/not-holder, reading/not-entitled (the draft is kept, and the case goes back to the queue),
   * reading/not-signable, reading/step-up, reading/moved and what the state of the case forbids.
   */
  async sign(writer: Writer, stored: StoredCase, wish: SignWish): Promise<Signed> {
    const { reading } = stored;
    if (reading.claim?.reader !== writer.reader) throw new Problem('reading/not-holder');
    const entitlement = await this.#entitled(writer, stored, wish.content);
    const isMajor = wish.difference === 'major';
    const content = isMajor ? withDifferenceNotice(wish.content) : wish.content;
    const { difference, as: status } = wish;
    return this.#keep(writer, stored, wish, entitlement, {
      kept: { status, content, ...(difference && { difference }) },
      happenings: (report) => [
        status === 'preliminary'
          ? { kind: 'preliminary-signed', report }
          : { kind: 'final-signed', report, ...(difference && { difference }) },
        ...(isMajor ? [differs()] : []),
      ],
    });
  }

  /** An addendum or a correction, by the author or another who is entitled. Rejects as `sign` does. */
  async amend(writer: Writer, stored: StoredCase, wish: AmendWish): Promise<Signed> {
    const versions = await signedContents(this.#options.database, stored.reading.id);
    const last = versions.at(-1);
    if (last === undefined) throw new Problem('reading/out-of-step', { what: 'an addendum' });
    const entitlement = await this.#entitled(writer, stored, wish.content);
    const { how, reason, discrepancy } = wish;
    const content = how === 'appended' ? this.#appended(last.content, wish.content) : wish.content;
    return this.#keep(writer, stored, wish, entitlement, {
      kept: { status: how, content, reason },
      happenings: (report) => [{ kind: 'amended', how, report, reason, ...(discrepancy && { discrepancy }) }],
    });
  }

  /** What was signed stays to the letter; what is added says when it was. */
  #appended(before: ReportContent, added: ReportContent): ReportContent {
    const at = new Date(this.#options.clock.now()).toISOString();
    const sections = added.sections.map((section) => ({ ...section, kind: 'addendum' as const, at }));
    return { ...before, sections: [...before.sections, ...sections] };
  }

  /** By what right; where a credential has run out since the case was claimed, what is written stays and another reader has it. */
  async #entitled(writer: Writer, stored: StoredCase, content: ReportContent): Promise<Entitlement> {
    const { desk, database, cases } = this.#options;
    const { reading } = stored;
    const result = await desk.gatesOf(stored, writer.reader, 'sign');
    if (result.entitlement !== undefined) return result.entitlement;
    if (reading.claim?.reader === writer.reader) {
      const drafts = draftsOf(stored, writer.reader);
      const basis = (await currentDraft(database, drafts))?.version ?? 0;
      await saveDraft(database, drafts, { reader: writer.reader, basis, content });
      await cases.append(reading.id, reading.sequence, { kind: 'exchange', id: 'signing' }, [
        { kind: 'requeued', reader: writer.reader, why: 'credential-expired' },
      ]);
    }
    throw new Problem('reading/not-entitled', { gates: result.failed.map(({ gate }) => gate).join(', ') });
  }

  async #keep(
    writer: Writer,
    stored: StoredCase,
    wish: Pick<SignWish, 'subject' | 'overrides' | 'confirmed' | 'proof'>,
    entitlement: Entitlement,
    what: { kept: Omit<Kept, 'overrides'>; happenings(report: SignedContent['report']): CaseHappening[] },
  ): Promise<Signed> {
    const { database, cases, clock, stepUp } = this.#options;
    const { reading } = stored;
    const { content } = what.kept;
    const facts = await factsOf(this.#options, stored, writer.reader);
    const options: CheckOptions = {
      subject: wish.subject,
      required: await requiredFieldsOf(database, stored, content),
      confirmed: wish.confirmed,
    };
    const { checkReport } = await import('../../reading/content/check-report.ts');
    const findings = checkReport(content, facts, options);
    const left = standing(findings, wish.overrides);
    if (left.length > 0) {
      throw new Problem('reading/not-signable', { checks: [...new Set(left.map(({ check }) => check))].join(', ') });
    }
    const text = textOf(content);
    const textHash = createHash('sha256').update(text).digest('hex');
    const { principal } = writer;
    const term = reading.term && this.#options.terms.term(reading.term);
    const isDemanded = term?.signing?.stepUp === true;
    await requireStepUp(database, stepUp, isDemanded, {
      principal,
      reader: writer.reader,
      case: reading.id,
      textHash,
      proof: wish.proof,
    });
    const overrides = overridesOf(findings, wish.overrides);
    const report = {
      version: reading.reports.length + 1,
      reader: writer.reader,
      textHash,
      entitlement,
      overridden: [...new Set(overrides.map(({ check }) => check))],
    };
    const signed: SignedContent = {
      ...what.kept,
      case: reading.id,
      report,
      signedAt: new Date(clock.now()).toISOString(),
      subject: wish.subject,
      overrides,
      ...(wish.confirmed.length > 0 && { confirmed: wish.confirmed }),
    };
    const change: Change | undefined = facts.proposed && {
      proposedBy: facts.proposed.by,
      changedShare: differenceOf(facts.proposed.text, text).share,
    };
    const after = await transact(database, async (transaction) => {
      await keepSigned(transaction, signed, change);
      const actor = { kind: 'reader', id: writer.reader } as const;
      return cases.append(reading.id, reading.sequence, actor, what.happenings(report), { transaction });
    });
    return { case: reading.id, state: after.state, version: report.version, textHash };
  }
}

const differs = (): CaseHappening => ({
  kind: 'critical-flagged',
  loop: randomUUID(),
  category: DIFFERENCE_CATEGORY,
  finding: DIFFERENCE_FINDING,
});

const overridesOf = (findings: readonly ContentFinding[], overrides: readonly Override[]) =>
  findings.map(({ check, message }) => ({
    check,
    message,
    reason: overrides.find((override) => override.check === check)!.reason,
  }));
