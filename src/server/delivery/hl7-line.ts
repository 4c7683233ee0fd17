// Notices of studies and results of them by MLLP: one message each, and the acknowledgement that it asks for. HL7 v2.8.2 2.9; IHE
// RAD-128.

import { asProblem } from '../../base/problem.ts';
import type { CallerTls } from '../../base/tls.ts';
import type { Form, NoticeLine, Outcome } from '../../delivery/line.ts';
import type { Message } from '../../hl7v2/message.ts';
import { MllpSender } from '../../hl7v2/mllp/sender.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import { isCarried, messageOfReport } from '../../translate/report/message-of-report.ts';
import { type OutgoingResult, printed, type Results } from '../reports/outgoing-results.ts';
import { noticeMessage } from './hl7-notice.ts';
import type { Settings } from './settings-schemas.ts';
import { type Noticing, noticed } from './study-notice.ts';

const USUAL_PORT = 2575;

export interface Hl7Told {
  notice: Noticing;
  results: Results;
}

export class Hl7Line implements NoticeLine {
  readonly #settings: Settings<'hl7'>;
  readonly #told: Hl7Told;
  readonly #sender: MllpSender;

  /** `tls`: absent where it is called plainly. */
  constructor(settings: Settings<'hl7'>, told: Hl7Told, tls?: CallerTls) {
    const { host, port = USUAL_PORT } = settings;
    this.#settings = settings;
    this.#told = told;
    // The ledger tries again.
    this.#sender = new MllpSender({ host, port, ...(tls && { tls }), limits: { attempts: 1 } });
  }

  /** Of images that there are some, of reports what they say; the first that is not taken is what becomes of all. */
  async tell(instances: readonly KeptInstance[], form: Form): Promise<Outcome> {
    const { message, results: dialect } = this.#settings;
    const isNotice = message !== undefined && dialect === undefined;
    const results = isNotice ? [] : await this.#told.results(form.tenant, instances);
    const reported = new Set(results.flatMap((result) => result.instances));
    const others = instances.filter((instance) => !reported.has(instance));
    let outcome: Outcome = { taken: true };
    if (others.length > 0) outcome = await this.#notice(others, form);
    for (const result of results) if ('taken' in outcome) outcome = await this.#result(result, form);
    return outcome;
  }

  close(): Promise<void> {
    return this.#sender.close();
  }

  abort(): void {
    void this.#sender.close();
  }

  #notice(instances: readonly KeptInstance[], form: Form): Promise<Outcome> {
    const { receivingApplication: application, receivingFacility: facility, message } = this.#settings;
    return noticed(this.#told.notice, [instances, form], (notice) =>
      this.#send(noticeMessage(notice, { application, facility }, message)),
    );
  }

  /** Where its character set does not carry the text it gets it on paper; where it does not even carry the names, nothing. */
  async #result({ instances, report }: OutgoingResult, { steps }: Form): Promise<Outcome> {
    if (steps.length > 0) return { refused: 'delivery/not-transformed', reason: 'a result changes nothing' };
    const { receivingApplication: application, receivingFacility: facility, results = {} } = this.#settings;
    const { pdf = false, ...how } = results;
    const dialect = { ...how, ...(application && { application }), ...(facility && { facility }) };
    const sending = { controlId: `R${instances[0]!.id}`, now: new Date().toISOString() };
    const paper = pdf ? await printed(report) : undefined;
    const written = messageOfReport(report, dialect, { ...sending, ...(paper && { document: paper }) });
    if (isCarried(written)) return this.#send(written);
    const document = paper ?? (await printed(report));
    const onPaper = document && messageOfReport(report, dialect, { ...sending, document, instead: true });
    return onPaper && isCarried(onPaper) ? this.#send(onPaper) : { refused: 'delivery/not-carried' };
  }

  async #send(message: Message): Promise<Outcome> {
    try {
      const answer = await this.#sender.send(message);
      const code = answer?.segment('MSA')?.text(1);
      return { taken: true, ...(code && { proof: `${code} ${message.header.messageControlId}` }) };
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code !== 'hl7/peer-refused') throw thrown;
      const code = String(problem.details.acknowledgmentCode);
      // AR, CR: it could not deal with it now. AE, CE: it wants another message.
      return /^[AC]E$/.test(code) ? { refused: problem.code, reason: code } : { later: problem.code };
    }
  }
}
