// Takes a STOW-RS request of metadata and bulk data (PS3.18 10.5.2, application/dicom+json and +xml): data sets refer to
// parts by BulkDataURI, parts name themselves by Content-Location. An instance is handed over as soon as all of it is there,
// whatever the order; one that stays incomplete fails alone.

import { type MediaType, parseMediaType } from '../../base/http/media-type.ts';
import { Problem } from '../../base/problem.ts';
import { plain } from '../../dicom/bytes.ts';
import { entryOf } from '../../dicom/dictionary.ts';
import type { Finding } from '../../dicom/finding.ts';
import type { DicomJson } from '../../dicom/json.ts';
import { tagOfHex } from '../../dicom/tag.ts';
import type { PartSink, ScratchFile } from '../handlers.ts';
import { limits } from '../limits.ts';
import { BulkPart, BulkRoom } from './bulk-part.ts';
import { type Intake, requireBinary } from './part-intake.ts';
import { StoreOutcomes } from './store-outcomes.ts';
import { assemble } from './stow-assembly.ts';
import {
  type BulkReference,
  bulkReferences,
  isMetadataType,
  type MetadataType,
  numberOfFrames,
  readMetadata,
  uidsOf,
} from './stow-metadata.ts';
import type { PartOutcome } from './stow-response.ts';

/** An instance that waits for its bulk data. */
interface Draft {
  place: number;
  json: unknown;
  references: readonly BulkReference[];
}

export interface MetadataIntakeOptions {
  open(findings: readonly Finding[]): PartSink;
  openScratch(): Promise<ScratchFile>;
  requestId: string;
  /** What a part is that does not say it: the `type` of the multipart. */
  metadataType: MetadataType;
  /** Against which relative URIs are resolved. */
  baseUrl: string;
}

export class MetadataIntake implements Intake {
  readonly #options: MetadataIntakeOptions;
  readonly #outcomes: StoreOutcomes;
  readonly #room: BulkRoom;
  readonly #waiting = new Set<Draft>();
  /** The drafts that refer to a part, and the parts of that name; several are the frames of one value, in order. */
  readonly #referring = new Map<string, Set<Draft>>();
  readonly #parts = new Map<string, BulkPart[]>();
  #partsWaiting = 0;
  #metadataBytes = 0;
  #receiving: { metadata: Uint8Array[]; type: MetadataType } | { bulk: BulkPart; uri: string } | undefined;

  constructor(options: MetadataIntakeOptions) {
    this.#options = options;
    this.#outcomes = new StoreOutcomes(options.requestId);
    this.#room = new BulkRoom(options.openScratch);
  }

  get outcomes(): PartOutcome[] {
    return this.#outcomes.decided;
  }

  /** Throws Problem where the request is not what it says to be. */
  begin(headers: ReadonlyMap<string, string>): void {
    const location = headers.get('content-location');
    const mediaType = parseMediaType(headers.get('content-type')) ?? this.#usualType(location);
    requireBinary(headers, mediaType.type);
    if (location === undefined) {
      if (!isMetadataType(mediaType.type)) {
        throw new Problem('request/malformed', { reason: 'a bulk data part has no Content-Location' });
      }
      this.#receiving = { metadata: [], type: mediaType.type };
      return;
    }
    this.#partsWaiting += 1;
    if (this.#partsWaiting > limits.bulkPartsWaiting) {
      throw new Problem('request/too-large', { what: 'bulkPartsWaiting', limit: limits.bulkPartsWaiting });
    }
    this.#receiving = { bulk: new BulkPart(this.#room, mediaType), uri: this.#resolved(location) };
  }

  write(bytes: Uint8Array): void | Promise<void> {
    const receiving = this.#receiving!;
    if ('bulk' in receiving) return receiving.bulk.write(plain(bytes));
    this.#metadataBytes += bytes.length;
    if (this.#metadataBytes > limits.metadataBytes) {
      throw new Problem('request/too-large', { what: 'metadataBytes', limit: limits.metadataBytes });
    }
    receiving.metadata.push(plain(bytes).slice());
  }

  async end(): Promise<void> {
    const receiving = this.#receiving!;
    this.#receiving = undefined;
    if ('bulk' in receiving) {
      const { uri, bulk } = receiving;
      this.#parts.set(uri, [...(this.#parts.get(uri) ?? []), bulk]);
      for (const draft of this.#referring.get(uri) ?? []) await this.#storeIfWhole(draft);
      return;
    }
    const { metadata, type } = receiving;
    for (const json of readMetadata(Buffer.concat(metadata), type)) {
      const draft = this.#draft(json);
      if (draft !== undefined) await this.#storeIfWhole(draft);
    }
  }

  async settle(reason?: string): Promise<void> {
    for (const { place, json, references } of this.#waiting) {
      const missing = references.find(({ uri }) => !this.#parts.has(uri)) ?? references[0];
      const attribute = nameOf(missing?.path ?? '');
      if (reason === undefined)
        this.#outcomes.fail(place, new Problem('dicom/bulk-missing', { attribute }), uidsOf(json));
    }
    this.#waiting.clear();
    await this.#outcomes.settled();
    await this.#room.close();
  }

  #usualType(location: string | undefined): MediaType {
    const type = location === undefined ? this.#options.metadataType : 'application/octet-stream';
    return { type, parameters: new Map() };
  }

  #draft(json: unknown): Draft | undefined {
    const place = this.#outcomes.begin();
    try {
      const references = bulkReferences(json).map(({ uri, path }) => ({ uri: this.#resolved(uri), path }));
      const draft = { place, json, references };
      this.#waiting.add(draft);
      for (const { uri } of references) {
        const referring = this.#referring.get(uri) ?? new Set();
        this.#referring.set(uri, referring.add(draft));
      }
      return draft;
    } catch (error) {
      this.#outcomes.fail(place, error, uidsOf(json));
    }
  }

  async #storeIfWhole(draft: Draft): Promise<void> {
    if (!draft.references.every((reference) => this.#isThere(draft, reference))) return;
    this.#waiting.delete(draft);
    await this.#store(draft);
    for (const { uri } of draft.references) {
      const referring = this.#referring.get(uri);
      referring?.delete(draft);
      if (referring?.size === 0) this.#release(uri);
    }
  }

  /** PS3.18 8.7.3.3: frames that are compressed as images are parts of their own, under one name. */
  #isThere(draft: Draft, { uri, path }: BulkReference): boolean {
    const parts = this.#parts.get(uri) ?? [];
    const [first] = parts;
    if (first === undefined) return false;
    const isFrames = path === '7FE00010' && first.mediaType.type.startsWith('image/');
    return parts.length >= (isFrames ? numberOfFrames(draft.json) : 1);
  }

  async #store({ place, json, references }: Draft): Promise<void> {
    const known = uidsOf(json);
    const bulk = new Map(references.map(({ uri, path }) => [path, this.#parts.get(uri)!]));
    let sink: PartSink | undefined;
    try {
      const { chunks, findings } = await assemble(json as DicomJson, bulk);
      sink = this.#options.open(findings);
      for await (const chunk of chunks) await sink.write(plain(chunk));
    } catch (error) {
      const { message } = this.#outcomes.fail(place, error, known);
      sink?.abort(message);
      return;
    }
    await this.#outcomes.finish(place, sink, known);
  }

  #release(uri: string): void {
    for (const part of this.#parts.get(uri) ?? []) {
      part.release();
      this.#partsWaiting -= 1;
    }
    this.#parts.delete(uri);
    this.#referring.delete(uri);
  }

  #resolved(uri: string): string {
    return URL.parse(uri, `${this.#options.baseUrl}/studies/`)?.href ?? uri;
  }
}

/** An attribute by its keyword where it stands at the top, else by its path. */
const nameOf = (path: string): string => entryOf(tagOfHex(path) ?? -1)?.keyword ?? path;
