// What stands behind the door in its tests: instances in memory. A stored part is a Part 10 file, or a JSON object with its
// UIDs and any padding, so that a test says in one line what it sends; what is neither cannot be understood.

import type { WebRequest } from '../../base/http/web-request.ts';
import { Problem, type ProblemCode } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { Finding } from '../../dicom/finding.ts';
import type { Query } from '../../dicom/query.ts';
import { readDicom } from '../../dicom/reader.ts';
import type {
  DicomwebHandlers,
  Film,
  InstanceDetails,
  PartSink,
  RenderedWish,
  RetrievableInstance,
  RetrievableInstances,
  Scope,
  ScratchFile,
  StoredBulk,
  StoredFrames,
  StoredPart,
  StoreWish,
} from '../handlers.ts';
import { sizedBytes } from '../wado/byte-range.ts';
import { memoryWorkitems } from './memory-workitems.ts';

export interface MemoryPart {
  study: string;
  series: string;
  instance: string;
  /** Makes `finish` fail with this problem. */
  fails?: ProblemCode;
  /** Makes `finish` succeed with this Warning Reason. */
  warns?: number;
  padding?: string;
}

export const SOP_CLASS = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

type MemoryInstance = Omit<RetrievableInstance, 'series' | 'details'> & InstanceDetails;

export class MemoryArchive implements DicomwebHandlers {
  readonly instances: MemoryInstance[] = [];
  readonly #held = new Map<string, Uint8Array>();
  /** The frames of instances that have some, by SOP Instance UID, and the transfer syntaxes in which they can be made. */
  readonly framesOf = new Map<string, readonly Uint8Array[]>();
  makes: readonly string[] = [];
  /** The bulk data of every instance, by path. */
  readonly valuesOf = new Map<string, { mediaType: string; bytes: Uint8Array } | 'frames'>();
  readonly hidden = new Map<string, string>();
  readonly workitems = memoryWorkitems();
  readonly queries: Query[] = [];
  readonly requests: WebRequest[] = [];
  readonly aborted: string[] = [];
  /** In the files that parts were made of. */
  readonly findings: Finding[] = [];
  /** Those that are open. */
  scratchFiles = 0;
  /** Whether several frames can be had as a video. */
  films = false;
  readonly filmsMade = new Set<string>();
  /** What a search answers. */
  found: { matches: object[]; remaining: number } = { matches: [], remaining: 0 };
  /** The only credential; none is needed where it is undefined. */
  token: string | undefined;
  /** Set: bytes are refused with this problem as they come. */
  writeFails: ProblemCode | undefined;
  /** Parts that are received but not yet durable, now and at most. */
  finishing = { now: 0, most: 0 };
  /** What the data set of an instance holds besides its UID. */
  described: (sopInstanceUid: string) => object = () => ({});
  /** How much a request may announce. */
  roomBytes = Number.POSITIVE_INFINITY;
  /** Awaited before a part is durable. */
  durable: () => Promise<void> = async () => {};

  async authenticate({ authorization }: { authorization?: string }): Promise<string> {
    if (this.token !== undefined && authorization !== `Bearer ${this.token}`) {
      throw new Problem('auth/unauthenticated', { reason: 'no token' });
    }
    return 'somebody';
  }

  async store(
    request: WebRequest,
    { expectedStudyInstanceUid, announcedBytes }: StoreWish,
  ): Promise<{ open(findings?: readonly Finding[]): PartSink }> {
    if (announcedBytes > this.roomBytes) throw new Problem('storage/full', { sizeBytes: announcedBytes });
    this.requests.push(request);
    return {
      open: (findings = []) => {
        this.findings.push(...findings);
        return this.#sink(expectedStudyInstanceUid);
      },
    };
  }

  async openScratch(): Promise<ScratchFile> {
    this.scratchFiles += 1;
    let bytes = Buffer.alloc(0);
    return {
      get sizeBytes() {
        return bytes.length;
      },
      write: async (chunk) => {
        if (this.writeFails !== undefined) throw new Problem(this.writeFails);
        bytes = Buffer.concat([bytes, chunk]);
      },
      read: async (start, end) => new Uint8Array(bytes.subarray(start, end)),
      close: async () => {
        this.scratchFiles -= 1;
      },
    };
  }

  async search(request: WebRequest, query: Query) {
    this.requests.push(request);
    this.queries.push(query);
    const { matches, remaining } = this.found;
    return { body: Buffer.from(JSON.stringify(matches)), count: matches.length, remaining };
  }

  async retrieve(request: WebRequest, scope: Scope): Promise<RetrievableInstances> {
    this.requests.push(request);
    const below = this.#below(scope);
    const series = [...new Set(below.map(({ seriesInstanceUid }) => seriesInstanceUid))];
    const instances = below.map((each) => ({
      ...each,
      series: series.indexOf(each.seriesInstanceUid),
      details: async () => each,
    }));
    const describe = (each: MemoryInstance) => this.#describe(each);
    const metadata = async function* () {
      for (const each of below) yield JSON.stringify(describe(each));
    };
    return Object.assign(instances, { version: String(below.length), metadata });
  }

  async metadata(_request: WebRequest, scope: Scope) {
    const below = this.#below(scope);
    const array = below.map((each) => this.#describe(each));
    const body = Buffer.from(JSON.stringify(array));
    return { etag: `v${below.length}`, body: async () => body };
  }

  async frames(request: WebRequest, scope: Required<Scope>): Promise<StoredFrames> {
    this.requests.push(request);
    const [{ transferSyntaxUid, sopInstanceUid }] = this.#below(scope) as [MemoryInstance];
    const frames = this.framesOf.get(sopInstanceUid) ?? [];
    const availability = async (uid: string) =>
      uid === transferSyntaxUid ? 'stored' : this.makes.includes(uid) ? 'made' : undefined;
    return {
      version: sopInstanceUid.replaceAll('.', 'v'),
      count: frames.length,
      transferSyntaxUid,
      availability,
      stored: (number) => sizedBytes(frames[number - 1]!),
      made: async (number, uid) => this.#made(`${uid} of ${Buffer.from(frames[number - 1]!).toString('latin1')}`),
    };
  }

  async bulkdata(request: WebRequest, scope: Required<Scope>, path: string): Promise<StoredBulk> {
    this.requests.push(request);
    this.#below(scope);
    const value = this.valuesOf.get(path);
    if (value === 'frames') return { kind: 'frames', frames: await this.frames(request, scope) };
    if (value === undefined) throw new Problem('catalogue/not-found', { what: 'bulk data' });
    const { mediaType, bytes } = value;
    return { kind: 'value', version: scope.sopInstanceUid.replaceAll('.', 'v'), mediaType, body: sizedBytes(bytes) };
  }

  async renderable(request: WebRequest, scope: Scope, frame: number | undefined) {
    this.requests.push(request);
    const [{ sopInstanceUid }] = this.#below(scope) as [MemoryInstance];
    const version = sopInstanceUid.replaceAll('.', 'v');
    const value = this.valuesOf.get('00420011');
    if (value !== undefined && value !== 'frames') {
      return { kind: 'value' as const, version, mediaType: value.mediaType, body: sizedBytes(value.bytes) };
    }
    return {
      kind: 'image' as const,
      version,
      frames: this.framesOf.get(sopInstanceUid)?.length ?? 1,
      movingMediaTypes: ['image/gif'],
      render: async (wish: RenderedWish) => Buffer.from(JSON.stringify({ sopInstanceUid, frame, ...wish })),
      ...(this.films
        ? {
            film: (wish: RenderedWish) => this.#film(Buffer.from(JSON.stringify(wish))),
          }
        : { noFilm: 'nobody makes one' }),
    };
  }

  /** Made once. */
  #film(bytes: Uint8Array): Film {
    const whole = async () => {
      this.filmsMade.add(bytes.toString());
      return sizedBytes(bytes);
    };
    return {
      maker: 'm1',
      kept: async () => (this.filmsMade.has(bytes.toString()) ? sizedBytes(bytes) : undefined),
      whole,
      chunks: async function* () {
        await whole();
        yield bytes.slice();
      },
    };
  }

  async hide(_request: WebRequest, scope: Scope, reason: string): Promise<number> {
    const below = this.#below(scope);
    for (const each of below) this.hidden.set(each.sopInstanceUid, reason);
    return below.length;
  }

  async unhide(_request: WebRequest, scope: Scope): Promise<number> {
    const below = this.instances.filter((each) => isBelow(each, scope));
    return below.filter((each) => this.hidden.delete(each.sopInstanceUid)).length;
  }

  /** Puts an instance there whose file is `bytes`. */
  keep(part: Pick<MemoryPart, 'study' | 'series' | 'instance'>, bytes: Uint8Array, more: Partial<MemoryInstance> = {}) {
    this.instances.push({
      studyInstanceUid: part.study,
      seriesInstanceUid: part.series,
      sopInstanceUid: part.instance,
      sopClassUid: SOP_CLASS,
      transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
      sizeBytes: bytes.length,
      datasetOffset: 0,
      async *open(start = 0) {
        yield new Uint8Array(bytes.subarray(start));
      },
      ...more,
    });
  }

  /** Held, and given to whoever asks for the same. */
  #made(text: string): Uint8Array {
    const held = this.#held.get(text) ?? new TextEncoder().encode(text).slice();
    this.#held.set(text, held);
    return held;
  }

  #describe({ sopInstanceUid }: MemoryInstance): object {
    return { '00080018': { vr: 'UI', Value: [sopInstanceUid] }, ...this.described(sopInstanceUid) };
  }

  #below(scope: Scope): MemoryInstance[] {
    const below = this.instances.filter((each) => isBelow(each, scope));
    if (below.length === 0) throw new Problem('catalogue/not-found', { what: 'study, series or instance' });
    const shown = below.filter((each) => !this.hidden.has(each.sopInstanceUid));
    if (shown.length === 0) {
      throw new Problem('catalogue/hidden', { what: 'object', reason: this.hidden.get(below[0]!.sopInstanceUid) });
    }
    return shown;
  }

  #sink(expectedStudy: string | undefined): PartSink {
    const chunks: Uint8Array[] = [];
    return {
      write: (chunk) => {
        if (this.writeFails !== undefined) throw new Problem(this.writeFails);
        chunks.push(chunk.slice());
      },
      abort: (reason) => {
        this.aborted.push(reason);
      },
      finish: async () => {
        this.finishing.now += 1;
        this.finishing.most = Math.max(this.finishing.most, this.finishing.now);
        await this.durable();
        this.finishing.now -= 1;
        return this.#finish(Buffer.concat(chunks), expectedStudy);
      },
    };
  }

  #finish(bytes: Buffer, expectedStudy: string | undefined): StoredPart {
    const part = understood(bytes);
    const known = { sopClassUid: SOP_CLASS, sopInstanceUid: part.instance };
    if (part.fails !== undefined) throw new Problem(part.fails, known);
    if (expectedStudy !== undefined && expectedStudy !== part.study) throw new Problem('dicom/study-mismatch', known);
    this.keep(part, bytes);
    return { studyInstanceUid: part.study, seriesInstanceUid: part.series, ...known, warningReason: part.warns };
  }
}

function understood(bytes: Buffer): MemoryPart {
  if (bytes.toString('latin1', 128, 132) === 'DICM') return uidsOf(readDicom(bytes).dataset);
  try {
    return JSON.parse(bytes.toString('latin1'));
  } catch {
    throw new Problem('dicom/unreadable', { offset: 0, reason: 'no DICOM' });
  }
}

function uidsOf(dataset: DataSet): MemoryPart {
  const uid = (keyword: string): string => dataset.text(keyword) ?? '';
  return { study: uid('StudyInstanceUID'), series: uid('SeriesInstanceUID'), instance: uid('SOPInstanceUID') };
}

function isBelow(instance: MemoryInstance, scope: Scope): boolean {
  return (
    instance.studyInstanceUid === scope.studyInstanceUid &&
    (scope.seriesInstanceUid ?? instance.seriesInstanceUid) === instance.seriesInstanceUid &&
    (scope.sopInstanceUid ?? instance.sopInstanceUid) === instance.sopInstanceUid
  );
}
