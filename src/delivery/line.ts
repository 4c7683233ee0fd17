// What a kind of destination must be able to do: open a line, send objects over it one after another, and close it.

import type { CoercedValues } from '../dicom/coercion.ts';
import type { DataSet } from '../dicom/dataset.ts';
import type { Step } from '../routing/step.ts';
import type { KeptInstance } from '../storage/catalogue.ts';
import type { StoredDestination } from '../storage/destinations.ts';

/** What became of one object. */
export type Outcome =
  /**
   * The receiver has it, under UIDs that the rules gave it where `sentAs` is there. A warning of its own is told by `status`;
   * `proof` is what it gave to show for it; `isVerified`: it was asked, and has it whole.
   */
  | { taken: true; status?: number; proof?: string; isVerified?: true; sentAs?: SentAs }
  /** It will not have this object, however often it is asked. */
  | { refused: string; status?: number; reason?: string }
  /** It may have it later: it has no room, or lost the connection in the middle of this object. */
  | { later: string; status?: number };

/** Under which UIDs a receiver knows an object. */
export type SentAs = Pick<KeptInstance, 'studyInstanceUid' | 'seriesInstanceUid' | 'sopInstanceUid'>;

/** What the rules make of the objects of a consignment. */
export interface Form {
  tenant: number;
  /** Row of the study. */
  study: string;
  /** Row of the consignment. */
  consignment: string;
  steps: readonly Step[];
  /** What its new UIDs are made from; the same for the same form. */
  text: string;
  /** Values of the person, where steps take them. */
  patient?: CoercedValues;
  /** Gives bytes as fast as the rules let them go; absent: as fast as the receiver takes them. */
  paced?(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

export type Line = ObjectLine | NoticeLine;

/** Sends objects, each by itself. */
export interface ObjectLine extends Closable {
  /** Rejects with a Problem where nothing can be sent just now, whatever the object: nobody answers, or nobody lets us in. */
  send(instance: KeptInstance, form: Form): Promise<Outcome>;
  /** An object that was made for the receiver, and is kept nowhere. Rejects as `send` does. */
  sendMade(dataset: DataSet): Promise<Outcome>;
  /** Called before a few objects are sent, so that what they need is asked for at once. */
  prepare?(instances: readonly KeptInstance[], form: Form): void;
  /** Absent where the receiver is not to be asked what it has. */
  questions?: Questions;
  /** Absent where it is not to commit to what it accepted; where there is one there are `questions` as well. */
  commitment?: Commitment;
}

/** Tells of a study: one message for all of its objects that wait. */
export interface NoticeLine extends Closable {
  /** Rejects as `send` does. */
  tell(instances: readonly KeptInstance[], form: Form): Promise<Outcome>;
  /** What is told again takes the place of what was told: of a patient who was another nothing is left to be rejected. */
  replaces?: true;
}

interface Closable {
  close(): Promise<void>;
  /** Breaks off what is being sent, which then may be sent later. */
  abort(): void;
}

export interface Questions {
  /** SOP Instance UIDs that the receiver has of a series. Rejects as `send` does. */
  held(studyInstanceUid: string, seriesInstanceUid: string): Promise<ReadonlySet<string>>;
  /** How long after it accepted something it is asked, in milliseconds. */
  askAfterMs: number;
}

export interface Commitment {
  /**
   * Resolves when it has taken the request; its result comes to whoever the node hands such results to. Rejects with
   * dimse/context-refused or dimse/operation-failed where it does not do such a thing, else as `send` does.
   */
  request(transactionUid: string, objects: readonly CommittedObject[]): Promise<void>;
  /** How long a result may take, in milliseconds, before it is asked what it has. */
  withinMs: number;
}

export interface CommittedObject {
  sopClassUid: string;
  sopInstanceUid: string;
}

export interface DestinationKind {
  line(destination: StoredDestination): Line;
  /** Lines at once; as many as `limits` of lane.ts has where absent. */
  lines?: number;
}
