// An association that a peer requested: admission, negotiation, and its requests handed to the services. PS3.8 7.1,
// PS3.7 7. Knows neither sockets nor what a service does.

import type { Log } from '../base/log.ts';
import { Problem } from '../base/problem.ts';
import type { Timers } from '../base/timers.ts';
import type { Association, AssociationEnd, AssociationUser } from './association.ts';
import { cEcho } from './c-echo.ts';
import { cFind } from './c-find.ts';
import { cGet } from './c-get.ts';
import { cMove } from './c-move.ts';
import { cStore } from './c-store.ts';
import { type CommandSet, commandName, commands } from './command-set.ts';
import type { CommitmentResults } from './commitment-results.ts';
import type { DimseHandlers, Exchange, Principal, Rejection } from './handlers.ts';
import type { DimseLimits } from './limits.ts';
import { nCreate, nGet, nSet } from './managed.ts';
import { MessageExchange } from './message-exchange.ts';
import type { DataSetSink } from './message-reader.ts';
import { nAction } from './n-action.ts';
import { nEventReport } from './n-event-report.ts';
import { type AcceptedContext, negotiate } from './negotiation.ts';
import { Operation, type Service } from './operation.ts';
import { rejections } from './pdu/a-associate-rj.ts';
import type { AssociateRq } from './pdu/a-associate-rq.ts';
import { DICOM_APPLICATION_CONTEXT } from './pdu/associate.ts';
import { PduError } from './pdu/cursor.ts';
import { offeredServices } from './services.ts';

/** What all associations of one listener share. */
export interface Surroundings {
  aeTitle: string;
  handlers: DimseHandlers;
  limits: DimseLimits;
  timers: Timers;
  log: Log;
  commitmentResults: CommitmentResults;
  /** Counts an association in; undefined when there are too many, else what counts it out. */
  enter(callingAeTitle: string): (() => void) | undefined;
}

const services: Record<number, Service> = {
  [commands['C-ECHO-RQ']]: cEcho,
  [commands['C-STORE-RQ']]: cStore,
  [commands['C-FIND-RQ']]: cFind,
  [commands['C-MOVE-RQ']]: cMove,
  [commands['C-GET-RQ']]: cGet,
  [commands['N-CREATE-RQ']]: nCreate,
  [commands['N-SET-RQ']]: nSet,
  [commands['N-GET-RQ']]: nGet,
  [commands['N-ACTION-RQ']]: nAction,
  [commands['N-EVENT-REPORT-RQ']]: nEventReport,
};

export class ServedAssociation implements AssociationUser {
  readonly surroundings: Surroundings;
  /** Set at once by the listener: the association needs its user first. */
  association!: Association;
  messages!: MessageExchange;
  exchange!: Exchange;
  contexts: ReadonlyMap<number, AcceptedContext> = new Map();
  extended: ReadonlyMap<string, Uint8Array> = new Map();
  readonly #ended = new AbortController();
  readonly #operations = new Map<Operation, Promise<void>>();
  #leave: (() => void) | undefined;
  #releasing = false;
  #closing = false;

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
  }

  /** Binds it to its association. */
  serve(association: Association): void {
    this.association = association;
    this.messages = new MessageExchange(association, this.limits, (contextId, command) =>
      this.#request(contextId, command),
    );
  }

  get handlers(): DimseHandlers {
    return this.surroundings.handlers;
  }

  get limits(): DimseLimits {
    return this.surroundings.limits;
  }

  get log(): Log {
    return this.surroundings.log;
  }

  /** Whether the connection counts as an association: it was requested, and is not over. */
  get isAssociated(): boolean {
    return this.#leave !== undefined;
  }

  /** The node stops: what is under way is finished, then the association is aborted. */
  close(): void {
    this.#closing = true;
    if (this.#operations.size === 0) this.association.abort('the node stops');
  }

  /** Whether the peer still may ask and be asked. */
  get isOpen(): boolean {
    return this.association.state === 'Sta6' && !this.#releasing;
  }

  requested(request: AssociateRq): void {
    this.#admit(request).catch((error) => {
      this.log.error({ associationId: this.association.id, error }, 'association could not be admitted');
      this.association.reject(rejections['temporary-congestion']);
    });
  }

  piece(contextId: number, control: number, bytes: Uint8Array, endsValue: boolean): void | Promise<void> {
    return this.messages.piece(contextId, control, bytes, endsValue);
  }

  patienceMs(): number {
    return this.messages.patienceMs;
  }

  /** Operations that are under way are answered before: their peer is still there to hear it (Sta8). */
  releaseRequested(): void {
    this.#releasing = true;
    for (const operation of this.#operations.keys()) operation.cancel();
    this.#releaseWhenDone();
  }

  ended({ by, reason, error }: AssociationEnd): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#ended.abort();
    for (const operation of this.#operations.keys()) operation.cancel();
    this.messages.ended(reason);
    const { id: associationId, callingAeTitle, remoteAddress } = this.association;
    const line = { associationId, callingAeTitle, remoteAddress, outcome: by, reason };
    if (error !== undefined) this.log.error({ ...line, error }, 'association ended by an error');
    else if (callingAeTitle !== '') this.log.info(line, 'association ended');
  }

  /** Whether the peer has as many operations under way as one may. */
  get isBusy(): boolean {
    return this.#operations.size >= this.limits.operationsInProgress;
  }

  /** `done` must not reject. The answer is back-pressure when too many operations are under way. */
  track(operation: Operation, done: Promise<void>): void | Promise<void> {
    const forgotten = done.then(() => {
      this.#operations.delete(operation);
      if (this.#releasing) this.#releaseWhenDone();
      if (this.#closing) this.close();
    });
    this.#operations.set(operation, forgotten);
    if (this.isBusy) return Promise.race(this.#operations.values());
  }

  async #admit(request: AssociateRq): Promise<void> {
    const { association, surroundings } = this;
    const { handlers, aeTitle } = surroundings;
    const reject = (reason: Rejection): void => association.reject(reason);
    if (request.applicationContextName !== DICOM_APPLICATION_CONTEXT)
      return reject(rejections['application-context-name-not-supported']);
    const leave = surroundings.enter(request.callingAeTitle);
    if (!leave) return reject(rejections['local-limit-exceeded']);
    this.#leave = leave;
    if (request.calledAeTitle !== aeTitle) return reject(rejections['called-AE-title-not-recognized']);
    const { callingAeTitle, calledAeTitle, userInformation } = request;
    const peer = {
      callingAeTitle,
      calledAeTitle,
      remoteAddress: association.remoteAddress,
      userIdentity: userInformation.userIdentity,
    };
    const admission = await handlers.admit(peer);
    if ('reject' in admission) return reject(admission.reject);
    const { principal } = admission;
    this.exchange = { principal, peer, associationId: association.id, signal: this.#ended.signal };
    this.#accept(request, principal);
  }

  #accept(request: AssociateRq, principal: Principal): void {
    const offer = {
      stores: (uid: string) => this.handlers.storesSopClass(principal, uid),
      services: offeredServices(this.handlers),
      takesCommitmentResults: this.handlers.committed !== undefined,
    };
    const negotiated = negotiate(request, offer, this.limits);
    this.contexts = negotiated.contexts;
    this.extended = negotiated.extended;
    this.messages.peerMaximumLength = request.userInformation.maximumLength;
    this.association.accept(negotiated.answer);
    const { id: associationId, callingAeTitle, remoteAddress } = this.association;
    this.log.info({ associationId, callingAeTitle, remoteAddress }, 'association accepted');
  }

  #request(contextId: number, command: CommandSet): DataSetSink | undefined {
    const context = this.contexts.get(contextId);
    if (!context) throw new PduError(`presentation context ${contextId} was not accepted`);
    if (command.commandField === commands['C-CANCEL-RQ']) {
      this.#cancel(command.messageIdBeingRespondedTo);
      return undefined;
    }
    const operation = new Operation(this, context, command);
    const service = services[command.commandField];
    if (!service) {
      const method = commandName(command.commandField);
      operation.fail(new Problem('request/method-not-allowed', { method }));
      return undefined;
    }
    return service(operation);
  }

  #cancel(messageId: number | undefined): void {
    for (const operation of this.#operations.keys()) if (operation.command.messageId === messageId) operation.cancel();
  }

  #releaseWhenDone(): void {
    if (this.#operations.size === 0) this.association.releaseResponse();
  }
}
