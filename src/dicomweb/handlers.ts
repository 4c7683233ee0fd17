// What the DICOMweb door asks of whoever stands behind it. `server/` hands it an object of this shape; the door itself
// knows neither catalogue nor files.

import type { Authenticating, WebRequest } from '../base/http/web-request.ts';
import type { Finding } from '../dicom/finding.ts';
import type { Query } from '../dicom/query.ts';
import type { WorkitemHandlers } from './ups/workitem-handlers.ts';
import type { Sized } from './wado/byte-range.ts';

/** What a path names; an absent UID means "all below". */
export interface Scope {
  studyInstanceUid: string;
  seriesInstanceUid?: string;
  sopInstanceUid?: string;
}

/** One `application/dicom` part of a STOW-RS request. */
export interface PartSink {
  /** `chunk` is lent: its memory is taken back once `write` has returned, or its promise has settled. */
  write(chunk: Uint8Array): void | Promise<void>;
  /** Resolves when the instance is durable; rejects with a Problem, which fails this part alone. */
  finish(): Promise<StoredPart>;
  abort(reason: string): void;
}

/** Under whose identity what is stored is kept, instead of the one it says itself (IHE IRWF.b). */
export interface Reconciliation {
  /** Study Instance UID of a study of the patient. */
  patientOf: string;
  /** Of the local order; absent: none. */
  accessionNumber?: string;
}

/** What a STOW-RS request says before its body comes. */
export interface StoreWish {
  /** Of the path. */
  expectedStudyInstanceUid: string | undefined;
  /** Of the body, 0 where the client does not say. */
  announcedBytes: number;
  reconciliation?: Reconciliation;
}

/** Room on disk for what a request brings before it can be kept. It is gone once it is closed, or the node has ended. */
export interface ScratchFile {
  /** What was written so far. */
  readonly sizeBytes: number;
  /** Appends. `chunk` is lent until the promise settles. Rejects with storage/full. */
  write(chunk: Uint8Array): Promise<void>;
  read(start: number, end: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface StoredPart {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
  /** (0008,1196) Warning Reason, PS3.18 I.2.2, where what is served under this UID is not what was sent. */
  warningReason?: number;
}

/** What is known of a part that failed, for (0008,1198) Failed SOP Sequence; attached to the Problem as `details`. */
export type FailedPartDetails = { sopClassUid?: string; sopInstanceUid?: string };

/** What is below a scope, in a stable order. Thousands may be, and of those that wait for their turn little is held. */
export interface RetrievableInstances extends Iterable<RetrievableInstance> {
  readonly length: number;
  /** Names these instances in this order; other ones have another name. */
  readonly version: string;
  /** Of each, in order: its data set as DICOM JSON, without bulk data. */
  metadata(): AsyncIterable<string>;
}

export interface RetrievableInstance {
  /** Which of the series among these instances it belongs to, from 0. */
  series: number;
  transferSyntaxUid: string;
  /** Length of the Part 10 file that `open` gives; absent where that shows only while it is made. */
  sizeBytes?: number | undefined;
  details(): Promise<InstanceDetails>;
  /** The Part 10 file as stored, from byte `start` (0 unless given), in chunks that are given away: what was sent is freed. */
  open(start?: number): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
  /**
   * In which other transfer syntaxes its pixels can be had, and its data set in one of them; what turns out to have no pixels
   * comes in the one that `open` names instead. Rejects with a Problem.
   */
  transcodable?: {
    transferSyntaxes: readonly string[];
    open(
      transferSyntaxUid: string,
    ): Promise<{ sizeBytes?: number; transferSyntaxUid?: string; chunks: AsyncIterable<Uint8Array> }>;
  };
}

export interface InstanceDetails {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
  /** Where in the Part 10 file the data set begins: after group 0002. */
  datasetOffset: number;
}

/** The frames of an instance, each to be had by itself. */
export interface StoredFrames {
  /** Names the bytes that the frames are made of: letters and digits, other ones for other bytes. */
  version: string;
  count: number;
  /** That of the frames as stored. Native ones are Explicit VR Little Endian, whatever the data set around them is in. */
  transferSyntaxUid: string;
  /** Whether frames can be had in a transfer syntax, and if so whether they lie there or have to be made. */
  availability(transferSyntaxUid: string): Promise<'stored' | 'made' | undefined>;
  /** A frame, from 1, where it lies. */
  stored(number: number): Sized;
  /** A frame, from 1, in a transfer syntax in which it does not lie there. The bytes are the asker's alone. */
  made(number: number, transferSyntaxUid: string): Promise<Uint8Array>;
}

/** A value as it is stored. */
export interface StoredValue {
  kind: 'value';
  /** As in StoredFrames. */
  version: string;
  /** What the bytes are: `application/pdf`, `video/mp4`, else `application/octet-stream`. */
  mediaType: string;
  body: Sized;
}

/** What a BulkDataURI names. Compressed pixels have no bytes but those of their frames. */
export type StoredBulk = StoredValue | { kind: 'frames'; frames: StoredFrames };

/** PS3.3 C.11.2.1.2, in values after the modality transformation. */
export interface Window {
  center: number;
  width: number;
  function: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';
}

/** PS3.18 8.3.5.1.3: what is shown keeps its proportions and fits into width and height, where they are given. */
export interface Viewport {
  width?: number;
  height?: number;
  /** Of the image; without a size, up to its end. A negative size mirrors what is shown. */
  region?: { x: number; y: number; width?: number; height?: number; in: 'pixels' | 'fractions' };
}

/** PS3.18 8.3.5.1.5: whether a profile is in the picture, and which colours it is in. */
export type IccProfile = 'no' | 'yes' | 'srgb' | 'adobergb' | 'rommrgb' | 'displayp3';

export type Annotation = 'patient' | 'technique';

export interface RenderedWish {
  mediaType: string;
  /** All frames one after the other, and not one of them. */
  moves: boolean;
  window?: Window;
  viewport?: Viewport;
  /** 1 to 100. */
  quality?: number;
  iccProfile?: IccProfile;
  /** PS3.18 8.3.5.1.1: what is written on the picture. */
  annotation?: readonly Annotation[];
}

export interface RenderableImage {
  kind: 'image';
  /** As in StoredFrames; of everything that is shown. */
  version: string;
  frames: number;
  /** In what all frames can be shown one after the other. */
  movingMediaTypes: readonly string[];
  render(wish: RenderedWish): Promise<Uint8Array>;
  /** All frames as `video/mp4`; absent where nothing here makes one. */
  film?(wish: RenderedWish): Film;
  /** Why nothing does. */
  noFilm?: string;
}

/** A video that is made when it is first asked for. */
export interface Film {
  /** Of what makes it: letters and digits. Another one makes other bytes of the same frames. */
  maker: string;
  /** What was made before. */
  kept(): Promise<Sized | undefined>;
  /** From its beginning, while it is made. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Resolves once it is made. Rejects with a Problem. */
  whole(): Promise<Sized>;
}

/** A document or video that is its own rendering; a video that browsers do not play is made one that they do. */
export type RenderableValue = StoredValue & Pick<RenderableImage, 'film' | 'noFilm'>;

export interface SearchAnswer {
  /** The DICOM JSON array as UTF-8, ready to send. Given away. */
  body: Uint8Array;
  /** How many objects `body` holds. */
  count: number;
  /** How many more match beyond a limit that was ours and not the client's; 0 where all were given. */
  remaining: number;
}

export interface MetadataAnswer {
  /** Strong validator over instances and facts in force, without quotes. */
  etag: string;
  /** The DICOM JSON array as UTF-8; not asked for where the client has this `etag` already. */
  body(): Promise<Uint8Array>;
  /** The same array as one gzip member, where that costs less than compressing `body`. */
  gzip?(): Promise<Uint8Array>;
}

export interface DicomwebHandlers extends Authenticating {
  /** Rejects with auth/forbidden, and with storage/full where there is no room for so much. */
  store(
    request: WebRequest,
    wanted: StoreWish,
  ): Promise<{
    /** `findings`: in the file of another format that the part was. */
    open(findings?: readonly Finding[]): PartSink;
  }>;
  /** For the bulk data of a request that `store` has admitted. */
  openScratch(): Promise<ScratchFile>;
  search(request: WebRequest, query: Query): Promise<SearchAnswer>;
  /** Everything below `scope`, in a stable order. Rejects with catalogue/not-found or catalogue/hidden. */
  retrieve(request: WebRequest, scope: Scope): Promise<RetrievableInstances>;
  metadata(request: WebRequest, scope: Scope): Promise<MetadataAnswer>;
  /** Of one instance. Rejects as `retrieve` does, and with request/not-acceptable where its pixels have no frames: video. */
  frames(request: WebRequest, scope: Required<Scope>): Promise<StoredFrames>;
  /** Of one instance: `7FE00010`, or `54000100/1/54001010`. Rejects as `retrieve` does. */
  bulkdata(request: WebRequest, scope: Required<Scope>, path: string): Promise<StoredBulk>;
  /**
   * What stands for `scope` in a picture: the frame (from 1), else the image in the middle and its representative frame; a
   * presentation state as it presents its first image. A document or a video is its own. Rejects as `retrieve` does, and with
   * request/not-acceptable where there is nothing to see.
   */
  renderable(request: WebRequest, scope: Scope, frame: number | undefined): Promise<RenderableImage | RenderableValue>;
  /** Hides what `scope` names (never deletes bytes); `undo` shows it again. Resolves to the number of instances concerned. */
  hide(request: WebRequest, scope: Scope, reason: string): Promise<number>;
  unhide(request: WebRequest, scope: Scope): Promise<number>;
  /** Absent: there are none (501). */
  workitems?: WorkitemHandlers;
}
