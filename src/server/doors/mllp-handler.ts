// What the MLLP door gets: each message admitted, judged, kept, applied, and told what became of it. Kept comes first: an
// acknowledgement that says so is true after a crash too.

import type { Interface } from '../../auth/interfaces.ts';
import { requireMay } from '../../auth/principal.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { acknowledgements, type Outcome } from '../../hl7v2/acknowledgement.ts';
import type { Message } from '../../hl7v2/message.ts';
import { eventOf, handlingOf } from '../../hl7v2/message-types.ts';
import { type MessageHandler, type MllpPeer, systemAnswering } from '../../hl7v2/mllp/served-connection.ts';
import { type Batch, readBatch, readMessage } from '../../hl7v2/reader.ts';
import type { WaitingMessage } from '../../storage/hl7-backlog.ts';
import { type Hl7Messages, openHl7Messages, type Taken, type Verdict } from '../../storage/hl7-messages.ts';
import type { AdtStatements } from '../../translate/adt.ts';
import type { Core } from '../core.ts';
import { answerBatch } from './hl7-batch.ts';
import { statementsOf } from './hl7-statements.ts';
import { auditRow, faultFrom, principalOf, reread, type Sender, senderOf, verdictOf } from './hl7-verdict.ts';

/** What stands behind the door. Each may be absent: then such messages are kept, such queries refused. */
export interface Hl7Backend {
  /** Applies a message that is safe already; doing it twice is harmless. What it rejects with is told to the sender. */
  apply?(received: ReceivedMessage): Promise<void>;
  /** One text for every name of an authority; by which a sender owns it. */
  canonical?(tenant: number): Promise<(issuer: string) => string>;
  /** Answers a query. */
  answer?(received: Omit<ReceivedMessage, 'id'>): Promise<Message>;
}

export interface ReceivedMessage {
  /** Of the row of hl7_message. */
  id: string;
  tenant: number;
  interface: Interface;
  message: Message;
  /** Of an ADT message. */
  statements?: AdtStatements | undefined;
}

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
    const { problem, statements } = await this.#stated(message, sender);
    if (problem !== undefined) {
      await this.#messages.settle(tenant, id, verdictOf(problem, this.#answers(message, { problem })));
    } else if (this.#backend.apply !== undefined && statements !== undefined) {
      await this.#applied({ id, tenant, interface: sender.interface, message, statements }, []);
    }
  }

  async #take(message: Message, sender: Sender, replayOf?: string): Promise<Taken> {
    const start = performance.now();
    const isQuery = handlingOf(message) === 'query';
    const row = auditRow(sender, isQuery ? 'search' : 'store');
    try {
      requireMay(principalOf(sender), isQuery ? 'search' : 'store');
      const { problem, statements } = await this.#judged(message, sender);
      const isAnswered = isQuery && problem === undefined;
      const taken = isAnswered
        ? await this.#answered(message, sender)
        : await this.#kept({ message, sender, problem, statements, replayOf });
      this.#core.metrics.message(isAnswered ? 'answered' : taken.state, performance.now() - start);
      // What is kept has its audit row in the same commit.
      if (isAnswered || (problem === undefined && taken.problem !== undefined)) {
        await this.#core.audit.record({ ...row, outcome: taken.problem ?? 'success' });
      }
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
  async #judged(message: Message, sender: Sender): Promise<Pick<Judged, 'problem' | 'statements'>> {
    const problem = faultFrom(message, sender.interface);
    return problem === undefined ? this.#stated(message, sender) : { problem, statements: undefined };
  }

  async #stated(message: Message, sender: Sender): Promise<Pick<Judged, 'problem' | 'statements'>> {
    if (handlingOf(message) !== 'identity') return { problem: undefined, statements: undefined };
    try {
      const canonical = await this.#backend.canonical?.(sender.tenant);
      return {
        problem: undefined,
        statements: statementsOf(message, sender, { interfaces: this.#core.interfaces, canonical }),
      };
    } catch (thrown) {
      return { problem: asProblem(thrown), statements: undefined };
    }
  }

  async #kept({ message, sender, problem, statements, replayOf }: Judged): Promise<Taken> {
    const { tenant, remoteAddress } = sender;
    const isApplied = this.#backend.apply !== undefined && statements !== undefined;
    const verdict = verdictOf(problem, isApplied ? undefined : this.#answers(message, problem && { problem }));
    const { messageCode, messageControlId } = message.header;
    const kept = await this.#messages.keep({
      ...verdict,
      tenant,
      interface: sender.interface.name,
      controlId: messageControlId,
      messageType: [messageCode, eventOf(message)].filter((part) => part !== '').join('^'),
      bytes: message.bytes,
      findings: message.findings,
      ...(remoteAddress !== undefined && { remoteAddress }),
      ...(replayOf !== undefined && { replayOf }),
    });
    const warnings = kept.isControlIdReused ? [CONTROL_ID_REUSED] : [];
    if (!isApplied || (kept.acknowledgements !== undefined && !kept.isNew)) {
      // The same message once more: what went back then. The warning is for whoever sees it the first time.
      if (!kept.isNew) return { id: kept.id, state: kept.state, acknowledgements: kept.acknowledgements ?? [] };
      if (warnings.length === 0 || problem !== undefined) return { id: kept.id, ...verdict };
      return { id: kept.id, ...verdict, acknowledgements: this.#answers(message, { warnings }) };
    }
    return this.#applied({ id: kept.id, tenant, interface: sender.interface, message, statements }, warnings);
  }

  async #applied(received: ReceivedMessage, warnings: readonly string[]): Promise<Taken> {
    const { id, tenant, message } = received;
    try {
      await this.#backend.apply!(received);
    } catch (thrown) {
      const problem = asProblem(thrown);
      // May succeed later: the row stays as it is, and the sender asks again.
      if (problem.answers.retry) throw problem;
      const verdict = verdictOf(problem, this.#answers(message, { problem }));
      await this.#messages.settle(tenant, id, verdict);
      return { id, ...verdict };
    }
    const verdict: Verdict = { state: 'applied', acknowledgements: this.#answers(message, { warnings }) };
    await this.#messages.settle(tenant, id, verdict);
    return { id, ...verdict };
  }

  /** A response of somebody is not answered, or two programs would never stop. */
  #answers(message: Message, outcome: Outcome = {}): Uint8Array[] {
    if (handlingOf(message) === 'response') return [];
    return bytesOf(acknowledgements(message, outcome, systemAnswering));
  }
}

interface Judged {
  message: Message;
  sender: Sender;
  problem: Problem | undefined;
  statements: AdtStatements | undefined;
  replayOf: string | undefined;
}

/** The interface of what has no header. */
const UNREADABLE = 'unreadable';
/** Where an administrator is taken to be. */
const LOOPBACK = '127.0.0.1';

const CONTROL_ID_REUSED = 'another message of this sender had the same control id';

const bytesOf = (messages: readonly Message[]): Uint8Array[] => messages.map(({ bytes }) => bytes);
