// What we answer to an association request: presentation contexts, roles, extended negotiation, windows. Pure.
// PS3.8 9.3.3, PS3.7 D.3.3, PS3.4 B.3.1 (storage), C.5 (query/retrieve).

import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  transferSyntax,
} from '../dicom/transfer-syntax.ts';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '../dicom/uid.ts';
import type { DimseLimits } from './limits.ts';
import type { AssociateAc, ContextResult } from './pdu/a-associate-ac.ts';
import type { AssociateRq, ProposedContext } from './pdu/a-associate-rq.ts';
import { DICOM_APPLICATION_CONTEXT } from './pdu/associate.ts';
import type { ExtendedNegotiation, RoleSelection, UserInformation } from './pdu/user-information.ts';
import { queryRetrieveClasses, STORAGE_COMMITMENT_PUSH, VERIFICATION } from './services.ts';

/** A presentation context in force. Roles are those of the requestor (PS3.7 D.3.3.4). */
export interface AcceptedContext {
  id: number;
  abstractSyntax: string;
  transferSyntax: string;
  requestorIsScu: boolean;
  requestorIsScp: boolean;
}

export interface Negotiated {
  answer: AssociateAc;
  contexts: ReadonlyMap<number, AcceptedContext>;
  /** PS3.7 D.3.3.5: what both sides agreed on, by SOP class UID. */
  extended: ReadonlyMap<string, Uint8Array>;
}

/** PS3.8 Table 9-18. */
const [ACCEPTANCE, ABSTRACT_SYNTAX_NOT_SUPPORTED, TRANSFER_SYNTAXES_NOT_SUPPORTED] = [0, 3, 4];

/** C.5.1.1 to C.5.3.1. Bytes: relational queries, combined date-time, fuzzy person names, timezone adjustment, enhanced conversion. */
const QUERY_SUPPORT = [1, 1, 1, 0, 0];
/** Bytes: relational retrieval, enhanced conversion. */
const RETRIEVE_SUPPORT = [1, 0];
/** B.3.1: level 2 (full), signatures kept bit for bit (level 3), no coercion; reserved bytes between. */
const STORAGE_SUPPORT = [2, 0, 3, 0, 0, 0];

/** Identifiers and the like: we read and write these. */
const plainSyntaxes = [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN];

/** What is offered to this peer besides our own services. */
export interface Offer {
  /** Whether Storage of an abstract syntax is. */
  stores: (uid: string) => boolean;
  /** SOP classes of worklists and the like, as far as somebody stands behind them. */
  services: ReadonlySet<string>;
  /** Whether it may bring results of storage commitment (PS3.4 J.3.3), as SCP. */
  takesCommitmentResults: boolean;
}

export function negotiate(request: AssociateRq, offer: Offer, limits: DimseLimits): Negotiated {
  const isOwn = (uid: string): boolean => isOwnService(uid) || offer.services.has(uid);
  const contexts = new Map<number, AcceptedContext>();
  const roles = new Map(request.userInformation.roleSelections.map((role) => [role.sopClassUid, role]));
  const presentationContexts = request.presentationContexts.map((proposed): ContextResult => {
    const { id, abstractSyntax } = proposed;
    const role = acceptedRole(roles.get(abstractSyntax), offer);
    const { result, transferSyntax: chosen } = contextResult(proposed, role, isOwn(abstractSyntax), offer.stores);
    if (result === ACCEPTANCE) {
      contexts.set(id, {
        id,
        abstractSyntax,
        transferSyntax: chosen,
        requestorIsScu: role?.scuRole ?? true,
        requestorIsScp: role?.scpRole ?? false,
      });
    }
    return { id, result, transferSyntax: chosen };
  });
  const extendedNegotiations = request.userInformation.extendedNegotiations.flatMap((proposed) =>
    extendedAnswer(proposed, offer),
  );
  const answer: AssociateAc = {
    type: 'A-ASSOCIATE-AC',
    protocolVersion: 1,
    calledAeTitle: request.calledAeTitle,
    callingAeTitle: request.callingAeTitle,
    applicationContextName: DICOM_APPLICATION_CONTEXT,
    presentationContexts,
    userInformation: {
      ...ownUserInformation(limits),
      asynchronousOperationsWindow: windowAnswer(request.userInformation, limits),
      roleSelections: [...roles.values()].flatMap((role) => acceptedRole(role, offer) ?? []),
      extendedNegotiations,
      userIdentityResponse: request.userInformation.userIdentity?.responseRequested ? new Uint8Array(0) : undefined,
    },
  };
  const extended = new Map(extendedNegotiations.map((agreed) => [agreed.sopClassUid, agreed.information]));
  return { answer, contexts, extended };
}

/** What we say of ourselves in requests and answers. */
export function ownUserInformation(limits: DimseLimits): UserInformation {
  return {
    maximumLength: limits.pduLength,
    implementationClassUid: IMPLEMENTATION_CLASS_UID,
    implementationVersionName: IMPLEMENTATION_VERSION_NAME,
    roleSelections: [],
    extendedNegotiations: [],
    commonExtendedNegotiations: [],
  };
}

/**
 * The first proposed transfer syntax that is known: the proposer has its reasons. But where it begins with an
 * uncompressed one and also offers Explicit VR Little Endian, that one: it keeps private VRs and costs no swapping.
 */
function chooseTransferSyntax(proposed: readonly string[], isUsable: (uid: string) => boolean): string | undefined {
  const first = proposed.find(isUsable);
  const isPlain = first === IMPLICIT_VR_LITTLE_ENDIAN || first === EXPLICIT_VR_BIG_ENDIAN;
  return isPlain && proposed.includes(EXPLICIT_VR_LITTLE_ENDIAN) ? EXPLICIT_VR_LITTLE_ENDIAN : first;
}

function contextResult(
  proposed: ProposedContext,
  role: RoleSelection | undefined,
  isService: boolean,
  stores: (uid: string) => boolean,
): { result: number; transferSyntax: string } {
  const { abstractSyntax, transferSyntaxes } = proposed;
  const notSignificant = transferSyntaxes[0] ?? IMPLICIT_VR_LITTLE_ENDIAN;
  if (!isService && !stores(abstractSyntax) && !role?.scpRole)
    return { result: ABSTRACT_SYNTAX_NOT_SUPPORTED, transferSyntax: notSignificant };
  const chosen = chooseTransferSyntax(transferSyntaxes, isService ? isPlainSyntax : isKnownSyntax);
  return chosen === undefined
    ? { result: TRANSFER_SYNTAXES_NOT_SUPPORTED, transferSyntax: notSignificant }
    : { result: ACCEPTANCE, transferSyntax: chosen };
}

const isPlainSyntax = (uid: string): boolean => plainSyntaxes.includes(uid);
const isKnownSyntax = (uid: string): boolean => transferSyntax(uid) !== undefined;

const isOwnService = (uid: string): boolean =>
  uid === VERIFICATION || uid === STORAGE_COMMITMENT_PUSH || queryRetrieveClasses.has(uid);

/**
 * A requestor may be SCP of any class but our own services, to be sent what it gets (C-GET): what we would not take from
 * it may have come from others. Of storage commitment it may be where it brings what we asked for.
 */
function acceptedRole(proposed: RoleSelection | undefined, offer: Offer): RoleSelection | undefined {
  if (proposed === undefined) return undefined;
  const { sopClassUid, scuRole, scpRole } = proposed;
  const isService = isOwnService(sopClassUid) || offer.services.has(sopClassUid);
  const mayBeScp = !isService || (sopClassUid === STORAGE_COMMITMENT_PUSH && offer.takesCommitmentResults);
  return { sopClassUid, scuRole: scuRole && (isService || offer.stores(sopClassUid)), scpRole: scpRole && mayBeScp };
}

function extendedAnswer(proposed: ExtendedNegotiation, { stores, services }: Offer): ExtendedNegotiation[] {
  const { sopClassUid } = proposed;
  const model = queryRetrieveClasses.get(sopClassUid);
  if (model !== undefined || services.has(sopClassUid)) {
    const support = model === undefined || model.service === 'find' ? QUERY_SUPPORT : RETRIEVE_SUPPORT;
    const information = proposed.information.map((asked, i) => (asked === 1 ? (support[i] ?? 0) : 0));
    return [{ sopClassUid, information }];
  }
  return stores(sopClassUid) ? [{ sopClassUid, information: Uint8Array.from(STORAGE_SUPPORT) }] : [];
}

/** PS3.7 D.3.3.3: no window proposed, none answered, one operation at a time. 0 proposes no limit. */
function windowAnswer({ asynchronousOperationsWindow: proposed }: UserInformation, limits: DimseLimits) {
  if (!proposed) return undefined;
  return { invoked: Math.min(proposed.invoked || limits.operationsWindow, limits.operationsWindow), performed: 1 };
}
