// Notices of studies by MLLP: one message, and the acknowledgement that it asks for. HL7 v2.8.2 2.9.

import { asProblem } from '../../base/problem.ts';
import type { CallerTls } from '../../base/tls.ts';
import type { NoticeLine, Outcome } from '../../delivery/line.ts';
import { MllpSender } from '../../hl7v2/mllp/sender.ts';
import { noticeMessage } from './hl7-notice.ts';
import type { Settings } from './settings-schemas.ts';
import { type Noticing, noticed, type StudyNotice } from './study-notice.ts';

const USUAL_PORT = 2575;

export class Hl7Line implements NoticeLine {
  readonly #settings: Settings<'hl7'>;
  readonly #notice: Noticing;
  readonly #sender: MllpSender;

  /** `tls`: absent where it is called plainly. */
  constructor(settings: Settings<'hl7'>, notice: Noticing, tls?: CallerTls) {
    const { host, port = USUAL_PORT } = settings;
    this.#settings = settings;
    this.#notice = notice;
    // The ledger tries again.
    this.#sender = new MllpSender({ host, port, ...(tls && { tls }), limits: { attempts: 1 } });
  }

  tell(...of: Parameters<Noticing>): Promise<Outcome> {
    return noticed(this.#notice, of, (notice) => this.#send(notice));
  }

  close(): Promise<void> {
    return this.#sender.close();
  }

  abort(): void {
    void this.#sender.close();
  }

  async #send(notice: StudyNotice): Promise<Outcome> {
    const { receivingApplication: application, receivingFacility: facility, message } = this.#settings;
    try {
      const answer = await this.#sender.send(noticeMessage(notice, { application, facility }, message));
      const code = answer?.segment('MSA')?.text(1);
      return { taken: true, ...(code && { proof: `${code} ${notice.id}` }) };
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code !== 'hl7/peer-refused') throw thrown;
      const code = String(problem.details.acknowledgmentCode);
      // AR, CR: it could not deal with it now. AE, CE: it wants another message.
      return /^[AC]E$/.test(code) ? { refused: problem.code, reason: code } : { later: problem.code };
    }
  }
}
