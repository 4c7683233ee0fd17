// Sends messages over one MLLP connection, one after the other and in order: connects when there is something to send,
// again when the connection broke, and tries again what was not taken. HL7 v2.8.2 2.9.2 and 2.9.3.

import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { asProblem, Problem } from '../../base/problem.ts';
import { systemTimers, type Timers } from '../../base/timers.ts';
import { type CallerTls, callerOptions } from '../../base/tls.ts';
import type { Message } from '../message.ts';
import { readMessage } from '../reader.ts';
import { FrameReader, frame } from './frame.ts';
import { type SenderLimits, senderLimits } from './limits.ts';

export interface MllpSenderOptions {
  host: string;
  port: number;
  tls?: CallerTls;
  limits?: Partial<SenderLimits>;
  timers?: Timers;
}

export class MllpSender {
  readonly #options: MllpSenderOptions;
  readonly #limits: SenderLimits;
  readonly #timers: Timers;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #link: Link | undefined;
  readonly #closing = new AbortController();

  constructor(options: MllpSenderOptions) {
    this.#options = options;
    this.#limits = { ...senderLimits, ...options.limits };
    this.#timers = options.timers ?? systemTimers;
  }

  /**
   * Resolves to the last acknowledgement that the message asks for, undefined where it asks for none. Rejects with
   * hl7/peer-refused where the receiver wants it corrected (AE, CE), with hl7/peer-unreachable, hl7/peer-silent or
   * hl7/peer-refused (AR, CR) when every attempt has failed. Later messages wait meanwhile.
   */
  send(message: Message): Promise<Message | undefined> {
    if (this.#waiting >= this.#limits.waiting) {
      return Promise.reject(new Problem('request/overloaded', { limit: 'messages waiting for a receiver' }));
    }
    this.#waiting++;
    const sent = this.#last.then(() => this.#deliver(message)).finally(() => this.#waiting--);
    this.#last = sent.catch(() => undefined);
    return sent;
  }

  /** What is waiting is rejected. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#link?.close();
    await this.#last;
  }

  async #deliver(message: Message): Promise<Message | undefined> {
    const { retryMs, attempts } = this.#limits;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(message);
      } catch (thrown) {
        const problem = asProblem(thrown);
        const isFinal =
          problem.code === 'hl7/peer-refused' && /^[AC]E$/.test(String(problem.details.acknowledgmentCode));
        if (isFinal || attempt >= attempts || problem.code === 'internal/unexpected') throw problem;
        await this.#pause(retryMs[Math.min(attempt, retryMs.length) - 1] ?? 0, problem);
      }
    }
  }

  async #attempt(message: Message): Promise<Message | undefined> {
    if (this.#closing.signal.aborted) throw new Problem('hl7/peer-unreachable', { reason: 'the sender was closed' });
    if (this.#link === undefined || this.#link.isGone) {
      this.#link = await Link.open(this.#options, this.#limits, this.#timers);
    }
    try {
      return await this.#link.exchange(message);
    } catch (thrown) {
      // A late answer must not be taken for that of the next attempt.
      if (asProblem(thrown).code === 'hl7/peer-silent') this.#link.close();
      throw thrown;
    }
  }

  #pause(ms: number, problem: Problem): Promise<void> {
    const { signal } = this.#closing;
    return new Promise((resolve, reject) => {
      const stop = () => {
        cancel();
        reject(problem);
      };
      const cancel = this.#timers.after(ms, () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  }
}

/** One connection, as long as it lives. */
class Link {
  isGone = false;
  readonly #socket: Socket;
  readonly #limits: SenderLimits;
  readonly #timers: Timers;
  readonly #reader: FrameReader;
  #heard: ((event: Message | 'gone' | 'late') => void) | undefined;
  /** Came before anybody waited for it: both acknowledgements in one packet. */
  #early: Message[] = [];

  private constructor(socket: Socket, limits: SenderLimits, timers: Timers) {
    this.#socket = socket;
    this.#limits = limits;
    this.#timers = timers;
    this.#reader = new FrameReader({ messageBytes: limits.answerBytes });
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', () => {}); // 'close' follows
    socket.on('end', () => socket.destroy());
    socket.once('close', () => {
      this.isGone = true;
      this.#heard?.('gone');
    });
  }

  static open({ host, port, tls }: MllpSenderOptions, limits: SenderLimits, timers: Timers): Promise<Link> {
    return new Promise((resolve, reject) => {
      const connected = () => {
        stopWaiting();
        socket.off('error', failed);
        resolve(new Link(socket, limits, timers));
      };
      const failed = (cause: NodeJS.ErrnoException) => {
        stopWaiting();
        socket.destroy();
        reject(new Problem('hl7/peer-unreachable', { reason: cause.code ?? cause.message }));
      };
      const socket: Socket =
        tls === undefined
          ? connect({ host, port, noDelay: true }, connected)
          : connectTls({ host, port, ...callerOptions(tls) }, connected);
      const stopWaiting = timers.after(limits.connectMs, () => failed(new Error('no connection in time')));
      socket.once('error', failed);
    });
  }

  async exchange(message: Message): Promise<Message | undefined> {
    const { acceptAcknowledgmentType: accept, applicationAcknowledgmentType: application } = message.header;
    const isEnhanced = accept !== '' || application !== '';
    const wantsApplication = isEnhanced && /^(AL|SU|ER)$/.test(application);
    this.#early = [];
    this.#socket.write(frame(message.bytes));
    if (isEnhanced && accept === 'NE' && !wantsApplication) return undefined;
    const first = checked(await this.#answerTo(message));
    // An accept acknowledgement alone is the end only where no other is asked for in any case.
    if (!isEnhanced || application !== 'AL' || first.segment('MSA')!.text(1).startsWith('A')) return first;
    return checked(await this.#answerTo(message));
  }

  close(): void {
    this.isGone = true;
    this.#socket.destroy();
  }

  #answerTo(message: Message): Promise<Message> {
    const { responseMs } = this.#limits;
    const controlId = message.header.messageControlId;
    return new Promise((resolve, reject) => {
      const stopWaiting = this.#timers.after(responseMs, () => this.#heard?.('late'));
      const settle = (act: () => void) => {
        stopWaiting();
        this.#heard = undefined;
        act();
      };
      this.#heard = (event) => {
        if (event === 'gone') {
          const problem = new Problem('hl7/peer-unreachable', { reason: 'it closed the connection' });
          settle(() => reject(problem));
        } else if (event === 'late') {
          settle(() => reject(new Problem('hl7/peer-silent', { timeoutMs: responseMs })));
        } else {
          const answered = event.segment('MSA')?.text(2);
          // That of another message is late and was given up; an answer to nothing in particular is to this one.
          if (answered === controlId || answered === '') settle(() => resolve(event));
        }
      };
      for (const early of this.#early.splice(0)) this.#heard?.(early);
      if (this.isGone) this.#heard?.('gone');
    });
  }

  #take(chunk: Uint8Array): void {
    for (const event of this.#reader.push(chunk)) {
      if (event.kind !== 'message') continue;
      const answer = messageIn(event.bytes);
      if (answer === undefined) continue;
      if (this.#heard === undefined) this.#early.push(answer);
      else this.#heard(answer);
    }
  }
}

/** undefined where it is no message: as good as no answer. */
function messageIn(bytes: Uint8Array): Message | undefined {
  try {
    return readMessage(bytes);
  } catch {
    return undefined;
  }
}

function checked(answer: Message): Message {
  const acknowledgmentCode = answer.segment('MSA')?.text(1).toUpperCase() ?? '';
  if (!/^[AC]A$/.test(acknowledgmentCode)) {
    throw new Problem('hl7/peer-refused', {
      acknowledgmentCode: acknowledgmentCode.replace(/[^A-Z]/g, '').slice(0, 2),
    });
  }
  return answer;
}
