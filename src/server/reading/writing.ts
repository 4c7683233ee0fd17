// What a reader asks of the exchange while writing: the beginning of a report, drafts, checks, proposals, and what was signed.

import { createHash } from 'node:crypto';
import type { Principal } from '../../auth/principal.ts';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { templatesFor } from '../../reading/content/choose-template.ts';
import { textOf } from '../../reading/content/content-text.ts';
import { differenceOf } from '../../reading/content/edit-distance.ts';
import { fillTemplate, requiredOf } from '../../reading/content/fill-template.ts';
import type { ContentFinding } from '../../reading/content/finding.ts';
import type { ReportContent, SignedContent, Subject } from '../../reading/content/report-content.ts';
import type { ReportFacts } from '../../reading/content/report-facts.ts';
import type { GateResult, Stage } from '../../reading/gate/gate.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import {
  addLooked,
  currentDraft,
  type Draft,
  type DraftsOf,
  keepProposed,
  type Looked,
  lookedAt,
  saveDraft,
} from '../../reading/store/drafts.ts';
import { casesHiddenFrom } from '../../reading/store/hidden-cases.ts';
import { templateOf, templatesOf } from '../../reading/store/report-templates.ts';
import { signedContents } from '../../reading/store/signed-contents.ts';
import type { ServiceTerm, TermReference } from '../../reading/terms/service-term.ts';
import type { Database } from '../../storage/database.ts';
import { askForProposal, type DraftServiceOptions } from './draft-service.ts';
import { isWrittenAlone } from './further-reading.ts';
import { reportFacts, tenantOf } from './report-facts-reader.ts';
import type { StepUpMode } from './step-up.ts';

export interface WritingOptions {
  database: Database;
  cases: CaseLog;
  terms: { term(reference: TermReference): ServiceTerm | undefined };
  desk: WritersDesk;
  clock: Clock;
  stepUp: StepUpMode;
  drafts?: DraftServiceOptions | undefined;
}

/** What is asked of cases before anything is written of one: case-desk.ts. */
export interface WritersDesk {
  /** Rejects with reading/unknown-case where there is none that the principal may see. */
  seen(principal: Principal, id: string): Promise<StoredCase>;
  /** Rejects with reading/no-term. */
  gatesOf(stored: StoredCase, reader: string, stage: Stage): Promise<GateResult>;
}

/** Who writes: a principal of the room, as the reader that it is of. */
export interface Writer {
  principal: Principal;
  reader: string;
}

/** Throws auth/forbidden for whoever is no reader. */
export function writerOf(principal: Principal): Writer {
  if (principal.reader === undefined) throw new Problem('auth/forbidden', { action: 'report' });
  return { principal, reader: principal.reader };
}

export interface Desk {
  /** 0 while nothing was saved: then `content` is what the template begins with. */
  version: number;
  content: ReportContent;
  subject: Subject;
  findings: ContentFinding[];
  /** Best first: ids and titles. */
  templates: { id: string; title: string }[];
  facts: ReportFacts;
  /** What a program proposed, always marked as that; and how far the draft is from it. */
  proposal?: Proposal;
}

export interface Proposal {
  by: string;
  content: ReportContent;
  changedWords: number;
  changedShare: number;
}

export class Writing {
  readonly #options: WritingOptions;

  constructor(options: WritingOptions) {
    this.#options = options;
  }

  /** The case as a reader has it: in the room, never through the archive of its client. Rejects with reading/unknown-case. */
  async caseFor(principal: Principal, id: string): Promise<StoredCase> {
    const stored = await this.#options.desk.seen(principal, id);
    if (tenantOf(stored) !== principal.tenant) throw new Problem('reading/unknown-case');
    return stored;
  }

  /** Everything that the editor begins with. `template`: another than the one that is for the study. */
  async open(writer: Writer, id: string, template?: string): Promise<Desk> {
    const { stored, facts } = await this.#held(writer, id);
    const { database } = this.#options;
    const draft = await currentDraft(database, draftsOf(stored, writer.reader));
    const all = await templatesOf(database, tenantOf(stored));
    const fitting = templatesFor(all, facts, stored.reading.facts.language ?? 'en');
    const chosen = template === undefined ? undefined : await templateOf(database, tenantOf(stored), template);
    const content =
      chosen || draft === undefined ? fillTemplate(chosen ?? fitting[0] ?? all[0]!, facts) : draft.content;
    const isAlone = isWrittenAlone(stored);
    const { proposed } = await lookedAt(database, stored.reading.id, { reader: writer.reader, isAlone });
    return {
      version: draft?.version ?? 0,
      content,
      subject: facts.subject,
      findings: await this.#findings(stored, content, facts),
      templates: fitting.map(({ id: name, title }) => ({ id: name, title })),
      facts,
      ...(proposed && { proposal: { by: proposed.by, content: proposed.content, ...changed(proposed.text, content) } }),
    };
  }

  /** Autosave: `basis` is the version that it was written on from. Rejects with reading/draft-moved. */
  async save(
    writer: Writer,
    id: string,
    wish: { basis: number; content: ReportContent; looked?: Partial<Looked> },
  ): Promise<Draft & { findings: ContentFinding[] }> {
    const { stored } = await this.#held(writer, id);
    const { database } = this.#options;
    if (wish.looked !== undefined) await addLooked(database, stored.reading.id, writer.reader, wish.looked);
    const draft = await saveDraft(database, draftsOf(stored, writer.reader), { reader: writer.reader, ...wish });
    if (wish.basis === 0) await this.#began(writer, stored);
    const facts = await factsOf(this.#options, stored, writer.reader);
    return { ...draft, findings: await this.#findings(stored, draft.content, facts) };
  }

  async check(
    writer: Writer,
    id: string,
    wish: { content: ReportContent; subject?: Subject; confirmed?: readonly string[] },
  ): Promise<ContentFinding[]> {
    const { stored, facts } = await this.#held(writer, id);
    return this.#findings(stored, wish.content, facts, wish);
  }

  /** Asks the service that proposes reports. Rejects with reading/no-proposals where there is none. */
  async propose(writer: Writer, id: string, begun: ReportContent): Promise<Proposal> {
    const { drafts, database } = this.#options;
    if (drafts === undefined) throw new Problem('reading/no-proposals');
    const { stored, facts } = await this.#held(writer, id);
    const proposed = await askForProposal(drafts, facts, begun);
    await keepProposed(database, stored.reading.id, writer.reader, proposed);
    return { by: proposed.by, content: proposed.content, ...changed(proposed.text, begun) };
  }

  /** What was signed, for all who may know of the case. */
  async signed(principal: Principal, id: string): Promise<SignedContent[]> {
    const { reading } = await this.caseFor(principal, id);
    const { database } = this.#options;
    const hidden =
      principal.reader === undefined ? undefined : await casesHiddenFrom(database, principal.tenant, principal.reader);
    return hidden?.has(reading.id) ? [] : signedContents(database, reading.id);
  }

  /**
   * The over-reader has written down what they found, and is shown the preliminary report; the log says so, and of which text.
   * Rejects with reading/not-holder, and with reading/not-signable where nothing is written yet.
   */
  async compare(writer: Writer, id: string): Promise<SignedContent[]> {
    const { stored, facts } = await this.#held(writer, id);
    const { database, cases } = this.#options;
    const { reading } = stored;
    if (stored.isBlind && reading.state === 'over-read') {
      const draft = await currentDraft(database, draftsOf(stored, writer.reader));
      const findings = draft && (await this.#findings(stored, draft.content, facts));
      if (findings === undefined || findings.some(({ check }) => check === 'empty'))
        throw new Problem('reading/not-signable', { checks: 'empty' });
      const textHash = createHash('sha256').update(textOf(draft!.content)).digest('hex');
      await cases.append(reading.id, reading.sequence, { kind: 'reader', id: writer.reader }, [
        { kind: 'compared', reader: writer.reader, textHash },
      ]);
    }
    return signedContents(database, reading.id);
  }

  /** Drafts are their reader's as long as that has the case. */
  async #held(writer: Writer, id: string): Promise<{ stored: StoredCase; facts: ReportFacts }> {
    const stored = await this.caseFor(writer.principal, id);
    if (stored.reading.claim?.reader !== writer.reader) throw new Problem('reading/not-holder');
    return { stored, facts: await factsOf(this.#options, stored, writer.reader) };
  }

  /** The clock of drafting begins with the first word that was saved; a case that has moved on has its own. */
  async #began({ reader }: Writer, { reading }: StoredCase): Promise<void> {
    const isBefore =
      reading.clocks.draft === undefined && (reading.state === 'reading' || reading.state === 'over-read');
    if (!isBefore) return;
    await this.#options.cases
      .append(reading.id, reading.sequence, { kind: 'reader', id: reader }, [{ kind: 'drafted', reader }])
      .catch((thrown: unknown) => {
        if (!(thrown instanceof Problem) || thrown.code !== 'reading/moved') throw thrown;
      });
  }

  async #findings(
    stored: StoredCase,
    content: ReportContent,
    facts: ReportFacts,
    { subject, confirmed }: { subject?: Subject; confirmed?: readonly string[] } = {},
  ): Promise<ContentFinding[]> {
    const required = await requiredFieldsOf(this.#options.database, stored, content);
    // Its words come with the first report: nobody else needs them in memory.
    const { checkReport } = await import('../../reading/content/check-report.ts');
    return checkReport(content, facts, { required, ...(subject && { subject }), ...(confirmed && { confirmed }) });
  }
}

/** Those that a reader goes on with. */
export const draftsOf = (stored: StoredCase, reader: string): DraftsOf => ({
  case: stored.reading.id,
  ...(isWrittenAlone(stored) && { only: reader }),
});

function changed(proposed: string, content: ReportContent): { changedWords: number; changedShare: number } {
  const { words, share } = differenceOf(proposed, textOf(content));
  return { changedWords: words, changedShare: share };
}

/** What its template wants filled; nothing of one that is gone. */
export async function requiredFieldsOf(
  database: Database,
  stored: StoredCase,
  { template }: ReportContent,
): Promise<ReadonlySet<string>> {
  const all = template === undefined ? [] : await templatesOf(database, tenantOf(stored));
  const found = all.find(({ id }) => id === template!.id);
  return found === undefined ? new Set() : requiredOf(found);
}

/** What checks and fields go by. */
export const factsOf = (
  { database, terms }: Pick<WritingOptions, 'database' | 'terms'>,
  stored: StoredCase,
  reader: string,
): Promise<ReportFacts> =>
  reportFacts(database, stored, reader, stored.reading.term && terms.term(stored.reading.term));
