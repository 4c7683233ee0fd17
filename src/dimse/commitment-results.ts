// Results of storage commitment on their way to who asked: on the association of the request while it lasts, else on one
// that we request, again and again until the peer is up. PS3.4 J.3.3 (N-EVENT-REPORT).

import type { Log } from '../base/log.ts';
import type { Timers } from '../base/timers.ts';
import { DataSet } from '../dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import { commands } from './command-set.ts';
import type { CommitmentResult } from './handlers.ts';
import type { DimseLimits } from './limits.ts';
import type { MessageExchange } from './message-exchange.ts';
import type { AcceptedContext } from './negotiation.ts';
import { status } from './operation.ts';
import { writePlainDataSet } from './plain-data-set.ts';
import { openAssociation } from './requested-association.ts';
import { referenceItem } from './scu.ts';
import { STORAGE_COMMITMENT_PUSH, STORAGE_COMMITMENT_PUSH_INSTANCE } from './services.ts';

/** PS3.4 Table J.3-2. */
const [ALL_COMMITTED, FAILURES_EXIST] = [1, 2];

export class CommitmentResults {
  readonly #aeTitle: string;
  readonly #limits: DimseLimits;
  readonly #timers: Timers;
  readonly #log: Log;
  /** Due now, in the order in which they became so. */
  readonly #due: { result: CommitmentResult; attempt: number }[] = [];
  #underWay = 0;
  readonly #waiting = new Map<CommitmentResult, () => void>();
  #closed = false;

  constructor(aeTitle: string, limits: DimseLimits, timers: Timers, log: Log) {
    this.#aeTitle = aeTitle;
    this.#limits = limits;
    this.#timers = timers;
    this.#log = log;
  }

  /** Sends a result on the association of its request; on one of its own where the peer does not take it there. */
  report(messages: MessageExchange, context: AcceptedContext, result: CommitmentResult): void {
    this.#send(messages, context, result).then(
      () => this.#ended(result, 'reported'),
      () => this.deliver(result),
    );
  }

  /** Sends a result on an association of its own, now or when the requestor is up. */
  deliver(result: CommitmentResult, attempt = 0): void {
    this.#due.push({ result, attempt });
    this.#next();
  }

  /** What has not ended is for the next start. */
  close(): void {
    this.#closed = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #next(): void {
    while (!this.#closed && this.#underWay < this.#limits.commitDeliveries) {
      const due = this.#due.shift();
      if (due === undefined) return;
      const { result, attempt } = due;
      this.#underWay += 1;
      this.#attempt(result)
        .then(
          () => {
            this.#log.info({ attempt, outcome: 'delivered' }, 'storage commitment reported');
            this.#ended(result, 'reported');
          },
          (error) => this.#retry(result, attempt, error),
        )
        .then(() => {
          this.#underWay -= 1;
          this.#next();
        });
    }
  }

  async #attempt(result: CommitmentResult): Promise<void> {
    const destination = await result.destination();
    if (!destination) throw new Error('the requestor is no known destination');
    const { host, port, tls, aeTitle: calledAeTitle } = destination;
    const association = await openAssociation({
      host,
      port,
      tls,
      calledAeTitle,
      callingAeTitle: this.#aeTitle,
      contexts: [
        {
          abstractSyntax: STORAGE_COMMITMENT_PUSH,
          transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN],
          role: { scuRole: false, scpRole: true },
        },
      ],
      limits: this.#limits,
      timers: this.#timers,
    });
    try {
      await this.#send(association.messages, association.contextOf(STORAGE_COMMITMENT_PUSH), result);
    } finally {
      await association.release();
    }
  }

  async #send(messages: MessageExchange, context: AcceptedContext, result: CommitmentResult): Promise<void> {
    const failed = result.failures.some((reason) => reason !== undefined);
    const request = {
      commandField: commands['N-EVENT-REPORT-RQ'],
      affectedSopClassUid: STORAGE_COMMITMENT_PUSH,
      affectedSopInstanceUid: STORAGE_COMMITMENT_PUSH_INSTANCE,
      eventTypeId: failed ? FAILURES_EXIST : ALL_COMMITTED,
    };
    const information = writePlainDataSet(eventInformation(result, this.#aeTitle), context.transferSyntax);
    const { command } = await messages.invoke(context.id, request, information);
    if (command.status !== status.success) throw new Error(`N-EVENT-REPORT was answered ${command.status}`);
  }

  #retry(result: CommitmentResult, attempt: number, error: unknown): void {
    const { commitRetryMs, commitAttempts, commitResultsWaiting } = this.#limits;
    const givenUp = attempt + 1 >= commitAttempts;
    const tooMany = this.#waiting.size >= commitResultsWaiting;
    const outcome = givenUp ? 'given up' : tooMany ? 'put off until the next start' : 'waiting';
    this.#log.warn({ attempt, outcome, error }, 'storage commitment could not be reported');
    if (givenUp) this.#ended(result, 'given up');
    if (givenUp || tooMany || this.#closed) return;
    const cancel = this.#timers.after(commitRetryMs[Math.min(attempt, commitRetryMs.length - 1)]!, () => {
      this.#waiting.delete(result);
      this.deliver(result, attempt + 1);
    });
    this.#waiting.set(result, cancel);
  }

  #ended(result: CommitmentResult, outcome: 'reported' | 'given up'): void {
    // What is not known to have ended is reported again after the next start: twice, rather than never.
    result.ended(outcome).catch((error) => this.#log.warn({ outcome, error }, 'end of a storage commitment not noted'));
  }
}

/** PS3.4 Table J.3-2: Event Information. */
function eventInformation(result: CommitmentResult, retrieveAeTitle: string): DataSet {
  const committed: DataSet[] = [];
  const failed: DataSet[] = [];
  result.references.forEach((reference, i) => {
    const reason = result.failures[i];
    if (reason === undefined) committed.push(referenceItem(reference));
    else failed.push(referenceItem(reference).set('FailureReason', reason));
  });
  const information = new DataSet()
    .set('RetrieveAETitle', retrieveAeTitle)
    .set('TransactionUID', result.transactionUid);
  if (failed.length > 0) information.set('FailedSOPSequence', failed);
  if (committed.length > 0) information.set('ReferencedSOPSequence', committed);
  return information;
}
