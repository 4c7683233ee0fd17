// What a door says about an object it is about to hand over, and what it gets back. The bytes follow through `Receiving`.

import type { Finding } from '../dicom/finding.ts';

export interface Arrival {
  /** `api` an uploaded file, `inbox` the watched folder, `report` a document that is made of a report, `exchange` a copy in a reader's room. */
  door: 'dimse' | 'stow-rs' | 'import' | 'api' | 'inbox' | 'fhir' | 'report' | 'exchange';
  tenant: number;
  /** Who sent it, for the catalogue and the audit row: an AE title, a token's name, `import`. */
  source: string;
  principal: string;
  remoteAddress?: string;
  requestId?: string;
  /** The transfer syntax of a bare data set (C-STORE); absent: the bytes are a Part 10 file. */
  transferSyntaxUid?: string;
  /** What was found in the file of another format that the object was made of. */
  findings?: readonly Finding[];
  /** What the request announced; a data set that says otherwise fails with dicom/instance-mismatch or dicom/study-mismatch. */
  expected?: { sopClassUid?: string; sopInstanceUid?: string; studyInstanceUid?: string };
}

/** How the arrived bytes relate to what was there under the same UIDs. */
export type KeptAs =
  /** New. */
  | 'first'
  /** The very same bytes: nothing was written twice. */
  | 'same'
  /** The same data set and pixels in another encoding. */
  | 'transcoded'
  /** Only patient, study or other descriptive attributes differ. */
  | 'demographics'
  /** Pixels or geometry differ: nothing is routed from it until somebody decides. */
  | 'conflict';

export interface Kept {
  keptAs: KeptAs;
  instanceId: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
  sizeBytes: number;
  findings: Finding[];
}

/** An object on its way in. Bytes may not be used by the caller after `write` returned (or its promise settled). */
export interface Receiving {
  write(chunk: Uint8Array): void | Promise<void>;
  /** Resolves once the object is durable: file and directory synced, row committed. Rejects with a Problem. */
  finish(): Promise<Kept>;
  /** The sender gave up: nothing stays. */
  abort(reason: string): void;
}

export type Receive = (arrival: Arrival) => Receiving;
