// An association that we request: what is proposed, what the peer makes of it, and the requests that it may send us in
// turn (C-STORE of a C-GET, N-EVENT-REPORT). PS3.8 7.1. The services we invoke on it are in scu.ts.

import { Problem } from '../base/problem.ts';
import { systemTimers, type Timers } from '../base/timers.ts';
import { Association, type AssociationEnd, type AssociationUser } from './association.ts';
import type { CalledAddress } from './called-address.ts';
import { type CommandSet, commandName, responseTo } from './command-set.ts';
import { type DimseLimits, dimseLimits } from './limits.ts';
import { MessageExchange } from './message-exchange.ts';
import type { DataSetSink } from './message-reader.ts';
import { type AcceptedContext, ownUserInformation } from './negotiation.ts';
import type { AssociateAc } from './pdu/a-associate-ac.ts';
import { type AssociateRj, describeAssociateRj } from './pdu/a-associate-rj.ts';
import type { AssociateRq } from './pdu/a-associate-rq.ts';
import { DICOM_APPLICATION_CONTEXT } from './pdu/associate.ts';
import { PduError } from './pdu/cursor.ts';
import type { ExtendedNegotiation, UserIdentity } from './pdu/user-information.ts';
import type { ContextProposal } from './store-contexts.ts';

export interface AssociationRequest extends CalledAddress {
  calledAeTitle: string;
  callingAeTitle: string;
  contexts: readonly ContextProposal[];
  extendedNegotiations?: ExtendedNegotiation[];
  /** Operations that we want to have outstanding (PS3.7 D.3.3.3); absent: one. */
  operationsWindow?: number;
  userIdentity?: UserIdentity;
  limits?: DimseLimits;
  timers?: Timers;
}

/** Serves a request of the peer; undefined: it is refused (0211H), else the answer takes its data set. */
export type PeerRequest = (context: AcceptedContext, command: CommandSet) => DataSetSink | undefined;

/** PS3.7 C.5.10: unrecognized operation. */
const UNRECOGNIZED_OPERATION = 0x0211;

/** Rejects with dimse/peer-unreachable or dimse/association-rejected. */
export async function openAssociation(request: AssociationRequest): Promise<RequestedAssociation> {
  const association = new RequestedAssociation(request);
  await association.established;
  return association;
}

export class RequestedAssociation implements AssociationUser {
  readonly messages: MessageExchange;
  /** Settles when the peer has answered the request. */
  readonly established: Promise<void>;
  /** By identifier; empty until established. */
  contexts: ReadonlyMap<number, AcceptedContext> = new Map();
  /** What the peer said of itself. */
  answer: AssociateAc | undefined;
  /** Serves requests of the peer, by command field; set for as long as they are expected. */
  readonly served = new Map<number, PeerRequest>();
  readonly #request: AssociationRequest;
  readonly #association: Association;
  readonly #confirmation = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<void>();

  constructor(request: AssociationRequest) {
    const { host, port, tls, limits = dimseLimits, timers = systemTimers } = request;
    this.#request = request;
    this.established = this.#confirmation.promise;
    this.#association = Association.requesting({ host, port, tls }, associateRq(request, limits), this, limits, timers);
    this.messages = new MessageExchange(this.#association, limits, (contextId, command) =>
      this.#requestOfPeer(contextId, command),
    );
  }

  get isOpen(): boolean {
    return this.#association.isOpen;
  }

  /** An accepted context of this abstract syntax. Throws dimse/context-refused. */
  contextOf(abstractSyntax: string): AcceptedContext {
    for (const context of this.contexts.values()) if (context.abstractSyntax === abstractSyntax) return context;
    throw new Problem('dimse/context-refused', { sopClassUid: abstractSyntax });
  }

  /** Resolves when the peer has answered, or the association is over anyway. */
  release(): Promise<void> {
    this.#association.release();
    return this.#over.promise;
  }

  abort(): void {
    this.#association.abort('by our user');
  }

  /** Aborts, and does not wait for the peer to close the connection. */
  drop(): void {
    this.#association.drop('we stop');
  }

  confirmed(answer: AssociateAc | AssociateRj): void {
    if (answer.type === 'A-ASSOCIATE-RJ') {
      const details = { aeTitle: this.#request.calledAeTitle, reason: describeAssociateRj(answer) };
      this.#confirmation.reject(new Problem('dimse/association-rejected', details));
      return;
    }
    this.answer = answer;
    this.contexts = acceptedContexts(this.#request, answer);
    this.messages.peerMaximumLength = answer.userInformation.maximumLength;
    this.#confirmation.resolve();
  }

  piece(contextId: number, control: number, bytes: Uint8Array, endsValue: boolean): void | Promise<void> {
    return this.messages.piece(contextId, control, bytes, endsValue);
  }

  /** A peer that was asked nothing owes nothing. */
  patienceMs(): number {
    return this.messages.isIdle ? Number.POSITIVE_INFINITY : this.messages.patienceMs;
  }

  releaseRequested(): void {
    this.#association.releaseResponse();
  }

  ended({ reason }: AssociationEnd): void {
    const details = { aeTitle: this.#request.calledAeTitle, reason };
    this.#confirmation.reject(new Problem('dimse/peer-unreachable', details));
    this.messages.ended(reason);
    this.#over.resolve();
  }

  #requestOfPeer(contextId: number, command: CommandSet): DataSetSink | undefined {
    const context = this.contexts.get(contextId);
    if (!context) throw new PduError(`presentation context ${contextId} was not accepted`);
    const serve = this.served.get(command.commandField);
    if (serve) return serve(context, command);
    this.respond(context, command, UNRECOGNIZED_OPERATION, `${commandName(command.commandField)} is not expected`);
    return undefined;
  }

  /** Answers a request of the peer. */
  respond(context: AcceptedContext, command: CommandSet, status: number, errorComment?: string): void {
    this.messages.send(context.id, {
      commandField: responseTo(command.commandField),
      messageIdBeingRespondedTo: command.messageId,
      affectedSopClassUid: command.affectedSopClassUid ?? command.requestedSopClassUid,
      affectedSopInstanceUid: command.affectedSopInstanceUid ?? command.requestedSopInstanceUid,
      eventTypeId: command.eventTypeId,
      status,
      errorComment,
    });
  }
}

function associateRq(request: AssociationRequest, limits: DimseLimits): AssociateRq {
  const { calledAeTitle, callingAeTitle, contexts, operationsWindow, userIdentity } = request;
  const roles = new Map(
    contexts.flatMap(({ abstractSyntax, role }) =>
      role ? [[abstractSyntax, { sopClassUid: abstractSyntax, ...role }] as const] : [],
    ),
  );
  return {
    type: 'A-ASSOCIATE-RQ',
    protocolVersion: 1,
    calledAeTitle,
    callingAeTitle,
    applicationContextName: DICOM_APPLICATION_CONTEXT,
    presentationContexts: contexts.map(({ abstractSyntax, transferSyntaxes }, i) => ({
      id: 2 * i + 1,
      abstractSyntax,
      transferSyntaxes: [...transferSyntaxes],
    })),
    userInformation: {
      ...ownUserInformation(limits),
      asynchronousOperationsWindow: operationsWindow ? { invoked: operationsWindow, performed: 1 } : undefined,
      roleSelections: [...roles.values()],
      extendedNegotiations: request.extendedNegotiations ?? [],
      userIdentity,
    },
  };
}

/** PS3.7 D.3.3.4: a role that the acceptor does not answer is the default one. */
function acceptedContexts(request: AssociationRequest, answer: AssociateAc): Map<number, AcceptedContext> {
  const roles = new Map(answer.userInformation.roleSelections.map((role) => [role.sopClassUid, role]));
  return new Map(
    answer.presentationContexts.flatMap(({ id, result, transferSyntax }) => {
      const proposal = request.contexts[(id - 1) / 2];
      if (result !== 0 || !proposal) return [];
      const { abstractSyntax } = proposal;
      const role = roles.get(abstractSyntax);
      const requestorIsScu = role?.scuRole ?? true;
      const requestorIsScp = role?.scpRole ?? false;
      return [[id, { id, abstractSyntax, transferSyntax, requestorIsScu, requestorIsScp }] as const];
    }),
  );
}
