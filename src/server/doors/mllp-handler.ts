// What the MLLP door gets: each message admitted, judged, kept together with what it says of persons, and told what became
// of it. Kept comes first: an acknowledgement that says so is true after a crash too.

import { requireMay } from '../../auth/principal.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { acknowledgements, type Outcome } from '../../hl7v2/acknowledgement.ts';
import type { Message } from '../../hl7v2/message.ts';
import { eventOf, handlingOf } from '../../hl7v2/message-types.ts';
import { type MessageHandler, type MllpPeer, systemAnswering } from '../../hl7v2/mllp/served-connection.ts';
import { type Batch, readBatch, readMessage } from '../../hl7v2/reader.ts';
import type { WaitingMessage } from '../../storage/hl7-backlog.ts';
import {
  type ArrivedMessage,
  type Hl7Messages,
  type KeptMessage,
  openHl7Messages,
  type Taken,
  type Verdict,
} from '../../storage/hl7-messages.ts';
import type { Core } from '../core.ts';
import type { Hl7Backend } from './hl7-backend.ts';
import { answerBatch } from './hl7-batch.ts';
import { type Said, said } from './hl7-statements.ts';
import { auditRow, faultFrom, principalOf, reread, type Sender, senderOf, verdictOf } from './hl7-verdict.ts';

export interface Hl7Intake {
  /** For the door. */
  handler: MessageHandler;
  /** A message out of quarantine, as though its sender had sent it now. `replayOf`: the row that it replaces. */
  takeAgain(bytes: Uint8Array, from: { tenant: number; interface: string }, replayOf: string): Promise<Taken>;
  /** Applies a message that was kept and never applied; what went back to its sender then stays as it was. */
  applyKept(message: WaitingMessage): Promise<void>;
}

export function openHl7Intake(core: Core, backend: Hl7Backend = {}): Hl7Intake {
  const intake = new Intake(core, openHl7Messages(core.database), backend);
  return {
    handler: (bytes, peer) => intake.frame(bytes, peer),
    takeAgain: (bytes, from, replayOf) => intake.again(bytes, from, replayOf),
    applyKept: (message) => intake.applyKept(message),
  };
}

class Intake {
  readonly #core: Core;
  readonly #messages: Hl7Messages;
  readonly #backend: Hl7Backend;

  constructor(core: Core, messages: Hl7Messages, backend: Hl7Backend) {
    this.#core = core;
    this.#messages = messages;
    this.#backend = backend;
  }

  async frame(bytes: Uint8Array, peer: MllpPeer): Promise<readonly Uint8Array[]> {
    const batch = await this.#read(bytes, peer);
    const answers: Uint8Array[][] = [];
    for (const message of batch.messages) answers.push(await this.#one(message, peer));
    return answerBatch(batch, answers);
  }

  /** What cannot be read is set aside for whoever looks into it, where it can be told whose it is. */
  async #read(bytes: Uint8Array, { remoteAddress }: MllpPeer): Promise<Batch> {
    const start = performance.now();
    try {
      return readBatch(bytes);
    } catch (thrown) {
      const problem = asProblem(thrown);
      const tenant = await this.#core.interfaces.tenantAt(remoteAddress);
      if (tenant !== undefined && bytes.length > 0) {
        const unknown = { tenant, interface: UNREADABLE, controlId: '', messageType: '', remoteAddress, bytes };
        await this.#messages.keep({ ...unknown, ...verdictOf(problem, []) });
      }
      this.#core.metrics.message('quarantined', performance.now() - start);
      throw problem;
    }
  }

  async #one(message: Message, { remoteAddress }: MllpPeer): Promise<Uint8Array[]> {
    try {
      const admitted = await this.#core.interfaces.admit({ ...senderOf(message), remoteAddress });
      const declared = reread(message, admitted.interface);
      return [...((await this.#take(declared, { ...admitted, remoteAddress })).acknowledgements ?? [])];
    } catch (thrown) {
      const problem = asProblem(thrown);
      this.#core.log.warn({ door: 'mllp', code: problem.code, remoteAddress }, 'message refused');
      if (problem.code === 'internal/unexpected') this.#core.log.error({ error: problem.cause }, 'message failed');
      return bytesOf(acknowledgements(message, { problem }, systemAnswering));
    }
  }

  async again(bytes: Uint8Array, from: { tenant: number; interface: string }, replayOf: string): Promise<Taken> {
    const { interfaces } = this.#core;
    const message = readMessage(bytes);
    const sender =
      from.interface === UNREADABLE
        ? await interfaces.admit({ ...senderOf(message), remoteAddress: LOOPBACK })
        : { tenant: from.tenant, interface: interfaces.find(from.tenant, from.interface) };
    if (sender.tenant !== from.tenant) throw new Problem('catalogue/not-found', { what: 'interface' });
    return this.#take(reread(message, sender.interface), sender, replayOf);
  }

  async applyKept({ id, tenant, interface: name, bytes }: WaitingMessage): Promise<void> {
    const sender: Sender = { tenant, interface: this.#core.interfaces.find(tenant, name) };
    const message = reread(readMessage(bytes), sender.interface);
    // Taken when it came: a switch that was turned since is no reason to lose it.
    const { problem, ...statements } = this.#said(message, sender);
    if (problem !== undefined) {
      await this.#messages.settle(tenant, id, verdictOf(problem, this.#answers(message, { problem })));
    } else if (statements.says ?? statements.orders ?? statements.reports)
      await this.#kept({ message, sender, ...statements });
  }

  async #take(message: Message, sender: Sender, replayOf?: string): Promise<Taken> {
    const start = performance.now();
    const isQuery = handlingOf(message) === 'query';
    const row = auditRow(sender, isQuery ? 'search' : 'store');
    try {
      requireMay(principalOf(sender), isQuery ? 'search' : 'store');
      const judged = this.#judged(message, sender);
      const isAnswered = isQuery && judged.problem === undefined;
      const taken = isAnswered
        ? await this.#answered(message, sender)
        : await this.#kept({ message, sender, ...judged, replayOf });
      this.#core.metrics.message(isAnswered ? 'answered' : taken.state, performance.now() - start);
      // What is kept has its audit row in the same commit.
      if (isAnswered) await this.#core.audit.record({ ...row, outcome: taken.problem ?? 'success' });
      return taken;
    } catch (error) {
      await this.#core.audit.record({ ...row, outcome: asProblem(error).code });
      throw error;
    }
  }

  async #answered(message: Message, { tenant, interface: from }: Sender): Promise<Taken> {
    if (this.#backend.answer === undefined) throw new Problem('request/not-built', { what: 'the answer to a query' });
    const answer = await this.#backend.answer({ tenant, interface: from, message });
    return { state: 'applied', acknowledgements: [answer.bytes] };
  }

  /** Why a message is not taken from this sender now, or what it says. */
  #judged(message: Message, sender: Sender): Said {
    const problem = faultFrom(message, sender.interface);
    return problem === undefined ? this.#said(message, sender) : { problem };
  }

  #said(message: Message, sender: Sender): Said {
    return said(message, sender, { interfaces: this.#core.interfaces, backend: this.#backend });
  }

  async #kept(judged: Judged): Promise<Taken> {
    const { message, sender, problem, says, orders, reports, replayOf } = judged;
    const { tenant, remoteAddress } = sender;
    const isSaid = says !== undefined || orders !== undefined || reports !== undefined;
    const verdict = verdictOf(problem, this.#answers(message, problem && { problem }), isSaid ? 'applied' : undefined);
    const { messageCode, messageControlId } = message.header;
    const arrived: ArrivedMessage = {
      // Orders and reports are applied once the message is safe: until then nothing goes back.
      ...((orders ?? reports) === undefined ? verdict : { state: 'accepted' }),
      tenant,
      interface: sender.interface.name,
      controlId: messageControlId,
      messageType: [messageCode, eventOf(message)].filter((part) => part !== '').join('^'),
      bytes: message.bytes,
      findings: message.findings,
      ...(remoteAddress !== undefined && { remoteAddress }),
      ...(replayOf !== undefined && { replayOf }),
      ...(says !== undefined && { says }),
    };
    let kept: KeptMessage;
    try {
      kept = await this.#messages.keep(arrived);
    } catch (thrown) {
      if (says === undefined || asProblem(thrown).code !== 'internal/unexpected') throw thrown;
      const unfit = new Problem('hl7/unreadable', { reason: 'what it says cannot be kept as text' }, thrown);
      return this.#kept({ message, sender, problem: unfit, replayOf });
    }
    await this.#apply(judged, kept, verdict);
    if (!kept.isNew) {
      const answers = kept.acknowledgements ?? verdict.acknowledgements ?? [];
      return { id: kept.id, state: isSaid ? 'applied' : kept.state, acknowledgements: answers };
    }
    if (!kept.isControlIdReused || problem !== undefined) return { id: kept.id, ...verdict };
    return { id: kept.id, ...verdict, acknowledgements: this.#answers(message, { warnings: [CONTROL_ID_REUSED] }) };
  }

  /**
   * This node knows it, and what follows from it is durable. A message that was here before is applied where it was not:
   * the node stopped in between, or nobody was behind the door.
   */
  async #apply({ sender, says, orders, reports }: Judged, kept: KeptMessage, verdict: Verdict): Promise<void> {
    const { tenant } = sender;
    if (says !== undefined) {
      this.#backend.logged?.(says, kept.entryIds);
      if (orders === undefined) await this.#backend.told?.(tenant, says);
    }
    const later = orders ?? reports;
    const isWaiting = kept.state === 'accepted' && (!kept.isNew || later !== undefined);
    if (!isWaiting || (says === undefined && later === undefined)) return;
    if (orders !== undefined) await this.#backend.ordered?.(tenant, sender.interface.name, orders);
    if (reports !== undefined) await this.#backend.reported?.(tenant, kept.id, reports);
    await this.#messages.settle(tenant, kept.id, verdict);
  }

  /** A response of somebody is not answered, or two programs would never stop. */
  #answers(message: Message, outcome: Outcome = {}): Uint8Array[] {
    if (handlingOf(message) === 'response') return [];
    return bytesOf(acknowledgements(message, outcome, systemAnswering));
  }
}

interface Judged extends Said {
  message: Message;
  sender: Sender;
  replayOf?: string | undefined;
}

/** The interface of what has no header. */
const UNREADABLE = 'unreadable';
/** Where an administrator is taken to be. */
const LOOPBACK = '127.0.0.1';

const CONTROL_ID_REUSED = 'another message of this sender had the same control id';

const bytesOf = (messages: readonly Message[]): Uint8Array[] => messages.map(({ bytes }) => bytes);
