// What the DIMSE door asks of whoever stands behind it. `server/` hands it an object of this shape; the door itself knows
// neither catalogue nor files.

import type { DataSet } from '../dicom/dataset.ts';
import type { AnswerForm, Query, WorklistQuery } from '../dicom/query.ts';
import type { CalledAddress } from './called-address.ts';

/** What is known of the peer once its association request was read. */
export interface PeerAddress {
  callingAeTitle: string;
  calledAeTitle: string;
  remoteAddress: string;
  /** PS3.7 D.3.3.7 User Identity, as received. */
  userIdentity?: { type: number; primary: Uint8Array; secondary: Uint8Array; responseRequested: boolean };
}

/** PS3.8 9.3.4 Table 9-21. */
export interface Rejection {
  result: 1 | 2;
  source: 1 | 2 | 3;
  reason: number;
}

export type Admission = { principal: Principal } | { reject: Rejection };

/** Opaque to the door: what `auth` made of the peer; handed back with every call. */
export type Principal = unknown;

export interface Exchange {
  principal: Principal;
  peer: PeerAddress;
  associationId: string;
  /** Aborts when the association ends or the peer cancels. */
  signal: AbortSignal;
}

export interface StoreRequest {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
}

/** Takes the bytes of one data set as they come. A promise from `write` is back-pressure: the socket is paused until it settles. */
export interface StoreSink {
  /** `chunk` is lent: its memory is taken back once `write` has returned, or its promise has settled. */
  write(chunk: Uint8Array): void | Promise<void>;
  /** Resolves when the instance is durable. Rejects with a Problem. */
  finish(): Promise<{ status: number; comment?: string }>;
  abort(reason: string): void;
}

/** A stored instance that can be sent: the bytes of its data set, after group 0002. */
export interface SendableInstance {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
  transferSyntaxUid: string;
  /** Length of the data set in bytes. */
  sizeBytes: number;
  /** In chunks that are given away: the memory of what was sent is freed. */
  open(): AsyncIterable<Uint8Array>;
  /** What its pixels can be decoded to or encoded in without loss, for peers that did not accept what it is stored in. */
  transcodable?: Transcodable;
}

export interface Transcodable {
  transferSyntaxes: readonly string[];
  /** Its data set in one of these. Rejects with a Problem where this object cannot be had in it. */
  open(transferSyntaxUid: string): Promise<AsyncIterable<Uint8Array>>;
}

export interface Destination extends CalledAddress {
  aeTitle: string;
}

export interface CommitReference {
  sopClassUid: string;
  sopInstanceUid: string;
}

/** What a requestor of storage commitment is told. PS3.4 J.3.3. */
export interface CommitmentResult {
  transactionUid: string;
  references: readonly CommitReference[];
  /** For each reference, in order: undefined = committed, else a failure reason of PS3.3 C.14.1.1. */
  failures: readonly (number | undefined)[];
  /** Where its requestor listens, as far as it is known. */
  destination(): Promise<Destination | undefined>;
  /** The requestor has it, or will not get it: it need not be remembered any more. */
  ended(outcome: 'reported' | 'given up'): Promise<void>;
}

/** What was done to a managed instance: 0000H unless it is a warning. */
export interface Managed {
  status?: number;
}

/**
 * What may be done to the instances of a SOP class of DIMSE-N services (PS3.7 10) in a presentation context of it: the
 * operations that are absent are refused. Rejects with a Problem.
 */
export interface ManagedInstances {
  /** What its messages name as SOP class, where that is another than the context's (PS3.4 CC.3.1: UPS Push for all). */
  sopClassUid?: string;
  /** An absent UID is to be given by us. */
  create?(
    exchange: Exchange,
    sopInstanceUid: string | undefined,
    attributes: DataSet,
  ): Promise<Managed & { sopInstanceUid: string }>;
  set?(exchange: Exchange, sopInstanceUid: string, modifications: DataSet): Promise<Managed>;
  /** `attributes`: tags; none: all. */
  get?(exchange: Exchange, sopInstanceUid: string, attributes: readonly number[]): Promise<DataSet>;
  /** By Action Type ID. */
  actions?: Readonly<Record<number, ManagedAction>>;
  find?(exchange: Exchange, query: WorklistQuery, form: AnswerForm): AsyncIterable<readonly Uint8Array[]>;
}

export type ManagedAction = (exchange: Exchange, sopInstanceUid: string, information: DataSet) => Promise<Managed>;

export interface DimseHandlers {
  admit(peer: PeerAddress): Promise<Admission>;
  /** Whether Storage of this abstract syntax is offered to this principal (else presentation result 3). */
  storesSopClass(principal: Principal, sopClassUid: string): boolean;
  echo(exchange: Exchange): Promise<void>;
  store(exchange: Exchange, request: StoreRequest): StoreSink;
  /** The matches, each as `form` writes it, some at a time as they come. */
  find(exchange: Exchange, query: Query, form: AnswerForm): AsyncIterable<readonly Uint8Array[]>;
  /** The scheduled procedure steps that match (PS3.4 K), as `find` gives its matches. Absent: there is no worklist. */
  worklist?(exchange: Exchange, query: WorklistQuery, form: AnswerForm): AsyncIterable<readonly Uint8Array[]>;
  /** By abstract syntax: Modality Performed Procedure Steps, Unified Procedure Steps and the like. */
  managed?: ReadonlyMap<string, ManagedInstances>;
  /** The instances below the unique keys of a C-MOVE or C-GET identifier. */
  retrieve(exchange: Exchange, query: Query): Promise<SendableInstance[]>;
  destination(exchange: Exchange, aeTitle: string): Promise<Destination | undefined>;
  /** Resolves when the result is safe: it outlives the node until it has ended. */
  commit(exchange: Exchange, transactionUid: string, references: CommitReference[]): Promise<CommitmentResult>;
  /** Results that had not ended when the node stopped. Asked for once, before the door opens. */
  unreported?(): Promise<readonly CommitmentResult[]>;
  /**
   * Takes the Event Information (PS3.4 J.3.3) of a storage commitment that we asked for, which most peers bring on an
   * association of their own. Absent where nobody asks: such a result is refused.
   */
  committed?(exchange: Exchange, information: DataSet): Promise<void>;
}
