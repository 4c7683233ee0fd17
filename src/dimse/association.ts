// One association over one connection: the thin driver of the state table, with the ARTIM timer. What the messages mean
// is its user's. PS3.8 7 (primitives) and 9.2 (procedures).

import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { Deadline, type Timers } from '../base/timers.ts';
import { type CalledAddress, connectTo } from './called-address.ts';
import { Connection, type ConnectionUser } from './connection.ts';
import type { DimseLimits } from './limits.ts';
import type { AssociateAc } from './pdu/a-associate-ac.ts';
import { type AssociateRj, rejections } from './pdu/a-associate-rj.ts';
import type { AssociateRq } from './pdu/a-associate-rq.ts';
import { abortReasons, PduError } from './pdu/cursor.ts';
import { describePdv } from './pdu/p-data-tf.ts';
import { describePdu, type Pdu, readPdu, writePdu } from './pdu/pdu.ts';
import { type Effect, type Event, type State, states, step } from './state-table.ts';
import { nameOfUid, type Traced, trace } from './trace.ts';

/** The service-user of an association. */
export interface AssociationUser {
  /** A-ASSOCIATE indication: answer with `accept` or `reject`. Only where a peer requests. */
  requested?(request: AssociateRq): void;
  /** A-ASSOCIATE confirmation. Only where we request. */
  confirmed?(answer: AssociateAc | AssociateRj): void;
  /** Some bytes of a fragment, or its end (PS3.8 E.2). A promise is back-pressure: the socket waits until it settles. */
  piece(contextId: number, control: number, bytes: Uint8Array, endsValue: boolean): void | Promise<void>;
  /** How long the next PDU may take to come, now that one is complete. */
  patienceMs(): number;
  /** A-RELEASE indication: answer with `releaseResponse`. */
  releaseRequested(): void;
  /** The association is over, whatever the reason. Called once. */
  ended(end: AssociationEnd): void;
}

export interface AssociationEnd {
  by: 'release' | 'rejection' | 'abort' | 'connection';
  /** For people and logs; no patient data. */
  reason: string;
  /** A bug of ours that ended it. */
  error?: unknown;
}

/** What a transition is about. */
interface Occasion {
  event: Event;
  pdu?: Pdu;
  /** Parts of P-DATA-TF PDUs to send. */
  parts?: readonly Uint8Array[];
  taken?: () => void;
}

const receivedEvents: Record<Pdu['type'], Event> = {
  'A-ASSOCIATE-RQ': 'Evt6',
  'A-ASSOCIATE-AC': 'Evt3',
  'A-ASSOCIATE-RJ': 'Evt4',
  'P-DATA-TF': 'Evt10',
  'A-RELEASE-RQ': 'Evt12',
  'A-RELEASE-RP': 'Evt13',
  'A-ABORT': 'Evt16',
};

export class Association implements Traced {
  readonly id: string = randomUUID();
  callingAeTitle = '';
  calledAeTitle = '';
  readonly #connection: Connection;
  readonly #isRequestor: boolean;
  readonly #user: AssociationUser;
  readonly #artim: Deadline;
  readonly #artimMs: number;
  #state: State = 'Sta1';
  #isEnded = false;
  #isReleaseAnswered = false;
  /** Presentation context and message control header of the value being read. */
  #contextId = 0;
  #control = 0;

  private constructor(
    socket: Socket,
    isRequestor: boolean,
    user: AssociationUser,
    limits: DimseLimits,
    timers: Timers,
  ) {
    this.#isRequestor = isRequestor;
    this.#user = user;
    this.#artimMs = limits.artimMs;
    this.#artim = new Deadline(timers, () => this.#event({ event: 'Evt18' }));
    const connectionUser: ConnectionUser = {
      dataBegins: () => this.#event({ event: 'Evt10' })?.effects[0] === 'indicate P-DATA',
      valueBegins: (contextId, control, sizeBytes) => this.#valueBegins(contextId, control, sizeBytes),
      piece: (bytes, endsValue) => user.piece(this.#contextId, this.#control, bytes, endsValue),
      control: (type, body) => this.#received(readPdu(type, body)),
      patienceMs: () => (this.#state === 'Sta6' ? user.patienceMs() : undefined),
      invalid: (error) => this.#invalid(error),
      stalled: (reason) => this.abort(reason, 2),
      closed: () => this.#closed(),
    };
    this.#connection = new Connection(socket, connectionUser, limits, timers);
  }

  /** The association that a peer is about to request on `socket`. */
  static accepting(socket: Socket, user: AssociationUser, limits: DimseLimits, timers: Timers): Association {
    const association = new Association(socket, false, user, limits, timers);
    association.#event({ event: 'Evt5' });
    return association;
  }

  /** Connects and requests an association; the answer comes to `user.confirmed`, a failure to `user.ended`. */
  static requesting(
    to: CalledAddress,
    request: AssociateRq,
    user: AssociationUser,
    limits: DimseLimits,
    timers: Timers,
  ): Association {
    const { socket, ready } = connectTo(to);
    const association = new Association(socket, true, user, limits, timers);
    association.callingAeTitle = request.callingAeTitle;
    association.calledAeTitle = request.calledAeTitle;
    association.#event({ event: 'Evt1' });
    association.#connection.expect(limits.connectMs);
    const failed = (error: NodeJS.ErrnoException): void =>
      association.#end({ by: 'connection', reason: error.code ?? error.message });
    socket.once('error', failed);
    socket.once(ready, () => {
      socket.off('error', failed);
      association.#event({ event: 'Evt2', pdu: request });
      association.#connection.expect(limits.responseMs);
    });
    return association;
  }

  get remoteAddress(): string {
    return this.#connection.remoteAddress;
  }

  get state(): State {
    return this.#state;
  }

  /** Whether P-DATA can be sent. */
  get isOpen(): boolean {
    return this.#state === 'Sta6' || this.#state === 'Sta8';
  }

  accept(pdu: AssociateAc): void {
    this.#event({ event: 'Evt7', pdu });
    this.#connection.expect();
  }

  reject(reason: Omit<AssociateRj, 'type'>): void {
    this.#event({ event: 'Evt8', pdu: { type: 'A-ASSOCIATE-RJ', ...reason } });
  }

  /**
   * Sends parts of P-DATA-TF PDUs, together a whole number of them. Nothing happens when the association is over.
   * `taken` is called when the system has them and their memory is free.
   */
  sendData(parts: readonly Uint8Array[], taken?: () => void): void {
    if (this.#event({ event: 'Evt9', parts, taken })) this.#connection.expect();
    else taken?.();
  }

  /** A promise when too much waits for the peer: resolves when it has taken it, or is gone. */
  drained(): Promise<void> | undefined {
    return this.#connection.drained();
  }

  release(): void {
    this.#event({ event: 'Evt11' });
    this.#connection.expect(this.#artimMs);
  }

  /** In a release collision the acceptor's response waits for the requestor's (Sta10). */
  releaseResponse(): void {
    this.#isReleaseAnswered = true;
    this.#event({ event: 'Evt14' });
  }

  /** `source`: 0 service-user, 2 service-provider (PS3.8 9.3.8). */
  abort(reason: string, source: 0 | 2 = 0): void {
    const pdu: Pdu = { type: 'A-ABORT', source, reason: abortReasons.notSpecified };
    this.#end({ by: 'abort', reason });
    if (!this.#event({ event: 'Evt15', pdu })) this.#connection.destroy();
  }

  /** The same without waiting for the peer to close the connection: for those who stop. */
  drop(reason: string): void {
    this.abort(reason);
    this.#connection.end();
  }

  #valueBegins(contextId: number, control: number, sizeBytes: number): void {
    this.#contextId = contextId;
    this.#control = control;
    const [command, last] = [(control & 1) === 1, (control & 2) === 2];
    trace(this, 'received', () => describePdv({ contextId, command, last }, sizeBytes));
  }

  /** A PDU that is not P-DATA-TF. Answers whether more is to be read. */
  #received(pdu: Pdu): boolean {
    if (pdu.type === 'A-ASSOCIATE-RQ' && this.#state === 'Sta2') {
      this.callingAeTitle = pdu.callingAeTitle;
      this.calledAeTitle = pdu.calledAeTitle;
    }
    trace(this, 'received', () => describePdu(pdu, nameOfUid));
    this.#event({ event: receivedEvents[pdu.type], pdu });
    return this.#state !== 'Sta1' && !this.#connection.isDeaf;
  }

  /** Evt19; a bug of ours ends the association as loudly. */
  #invalid(error: unknown): void {
    const known = error instanceof PduError;
    this.#end({ by: 'abort', reason: known ? error.message : 'an unexpected error', error: known ? undefined : error });
    const reason = known ? error.reason : abortReasons.notSpecified;
    this.#event({ event: 'Evt19', pdu: { type: 'A-ABORT', source: 2, reason } });
  }

  #closed(): void {
    this.#event({ event: 'Evt17' });
    this.#artim.close();
    this.#end({ by: 'connection', reason: 'the connection was closed' });
  }

  /** Performs one event of Table 9-10; undefined for a blank cell, where it means nothing. */
  #event(occasion: Occasion) {
    const transition = step(this.#state, occasion.event, this.#condition(occasion));
    if (!transition) return undefined;
    if (this.#state !== transition.next) {
      this.#state = transition.next;
      trace(this, 'local', () => `${occasion.event}, ${transition.action}: ${states[transition.next]}`);
    }
    for (const effect of transition.effects) Association.#effects[effect](this, occasion);
    return transition;
  }

  /** AE-6: only bit 0 of the protocol version is tested (PS3.8 9.3.2). AR-8: who requested the association. */
  #condition({ event, pdu }: Occasion): boolean {
    if (event === 'Evt6' && pdu?.type === 'A-ASSOCIATE-RQ') return (pdu.protocolVersion & 1) === 1;
    return event !== 'Evt12' || this.#isRequestor;
  }

  static readonly #effects: Record<Effect, (association: Association, occasion: Occasion) => void> = {
    'issue transport connect request': () => {},
    'issue transport connect response': () => {},
    'close transport connection': (a, { event }) => {
      // A peer that aborted, or let ARTIM run out, reads nothing any more.
      if (event === 'Evt16' || event === 'Evt18') a.#connection.destroy();
      else a.#connection.end();
    },
    'start ARTIM': (a) => a.#artim.set(a.#artimMs),
    'stop ARTIM': (a) => a.#artim.clear(),
    'send A-ASSOCIATE-RQ': (a, { pdu }) => a.#send(pdu!),
    'send A-ASSOCIATE-AC': (a, { pdu }) => a.#send(pdu!),
    'send A-ASSOCIATE-RJ': (a, { pdu }) =>
      a.#sendRejection(
        pdu?.type === 'A-ASSOCIATE-RJ'
          ? pdu
          : { type: 'A-ASSOCIATE-RJ', ...rejections['protocol-version-not-supported'] },
      ),
    'send P-DATA-TF': (a, { parts, taken }) => a.#connection.write(parts!, taken),
    'send A-RELEASE-RQ': (a) => a.#send({ type: 'A-RELEASE-RQ' }),
    'send A-RELEASE-RP': (a) => {
      a.#send({ type: 'A-RELEASE-RP' });
      a.#end({ by: 'release', reason: 'released by the peer' });
    },
    'send A-ABORT': (a, { pdu }) => a.#sendAbort(pdu),
    'indicate A-ASSOCIATE': (a, { pdu }) => a.#user.requested?.(pdu as AssociateRq),
    'confirm A-ASSOCIATE (accept)': (a, { pdu }) => a.#user.confirmed?.(pdu as AssociateAc),
    'confirm A-ASSOCIATE (reject)': (a, { pdu }) => {
      a.#user.confirmed?.(pdu as AssociateRj);
      a.#end({ by: 'rejection', reason: describePdu(pdu!) });
    },
    'indicate P-DATA': () => {}, // the pieces follow
    'indicate A-RELEASE': (a) => a.#user.releaseRequested(),
    'confirm A-RELEASE': (a) => {
      a.#end({ by: 'release', reason: 'released by us' });
      if (a.#state === 'Sta12' && a.#isReleaseAnswered) a.#event({ event: 'Evt14' });
    },
    'indicate A-ABORT': (a, { pdu }) => a.#end({ by: 'abort', reason: `the peer sent ${describePdu(pdu!)}` }),
    'indicate A-P-ABORT': (a, { event }) => {
      if (event === 'Evt17') a.#end({ by: 'connection', reason: 'the connection was closed' });
    },
  };

  #sendRejection(rejection: AssociateRj): void {
    this.#send(rejection);
    this.#end({ by: 'rejection', reason: describePdu(rejection) });
  }

  /**
   * What a peer sent where it does not belong, our provider complains about: source 2 with a reason, also in AA-1, where
   * the standard has no better word than service-user.
   */
  #sendAbort(asked: Pdu | undefined): void {
    const abort: Pdu =
      asked?.type === 'A-ABORT' ? asked : { type: 'A-ABORT', source: 2, reason: abortReasons.unexpectedPdu };
    this.#send(abort);
    this.#connection.goDeaf();
    this.#end({ by: 'abort', reason: `we sent ${describePdu(abort)}` });
  }

  #send(pdu: Pdu): void {
    trace(this, 'sent', () => describePdu(pdu, nameOfUid));
    this.#connection.write([writePdu(pdu)]);
    this.#connection.flush();
  }

  #end(end: AssociationEnd): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#connection.expectNothing();
    trace(this, 'local', () => `association ended: ${end.reason}`);
    this.#user.ended(end);
  }
}
