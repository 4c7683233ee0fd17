// Kept instances as the DICOMweb door retrieves them, each a small object made when it is looked at: a study has thousands,
// and many clients take them at their own pace.

import { isHtj2k } from '../../dicom/transfer-syntax.ts';
import type { RetrievableInstance, RetrievableInstances } from '../../dicomweb/handlers.ts';
import type { KeptList } from '../../storage/kept-list.ts';
import { coercedObject } from '../../storage/search/coerced-members.ts';
import { type StudyCoercion, versionOf } from '../../storage/served-demographics.ts';
import { servableFrom, type TranscodingSources, transcodable } from '../pixels/transcodable.ts';
import type { FrameSources } from './dicomweb-frames.ts';
import { ServedInstance } from './served-instance.ts';

/** What all instances of one answer share. */
export interface RetrievalSources extends TranscodingSources {
  signal: AbortSignal;
  htj2k: FrameSources['htj2k'];
  onSent(sizeBytes: number): void;
  /** By study, where other demographics are served than were received. */
  coercions?: ReadonlyMap<string, StudyCoercion> | undefined;
}

export class RetrievedInstances implements RetrievableInstances {
  readonly #list: KeptList;
  readonly #sources: RetrievalSources;

  constructor(list: KeptList, sources: RetrievalSources) {
    this.#list = list;
    this.#sources = sources;
  }

  get length(): number {
    return this.#list.length;
  }

  get version(): string {
    const { coercions } = this.#sources;
    return coercions === undefined ? this.#list.version : `${this.#list.version}.${versionOf(coercions)}`;
  }

  async *metadata(): AsyncGenerator<string> {
    let index = 0;
    for await (const text of this.#list.metadata()) {
      const coercion = this.#sources.coercions?.get(this.#list.study(index));
      yield coercion === undefined ? text : coercedObject(text, coercion);
      index += 1;
    }
  }

  *[Symbol.iterator](): Iterator<RetrievableInstance> {
    for (let index = 0; index < this.#list.length; index++) {
      yield new RetrievedInstance(this.#list, index, this.#sources);
    }
  }
}

class RetrievedInstance implements RetrievableInstance {
  readonly #list: KeptList;
  readonly #index: number;
  readonly #sources: RetrievalSources;

  constructor(list: KeptList, index: number, sources: RetrievalSources) {
    this.#list = list;
    this.#index = index;
    this.#sources = sources;
  }

  get series(): number {
    return this.#list.series(this.#index);
  }

  get transferSyntaxUid(): string {
    return this.#list.transferSyntaxUid(this.#index);
  }

  get sizeBytes(): number | undefined {
    return this.#coercion === undefined ? this.#list.sizeBytes(this.#index) : undefined;
  }

  get #coercion(): StudyCoercion | undefined {
    return this.#sources.coercions?.get(this.#list.study(this.#index));
  }

  details() {
    return this.#list.row(this.#index);
  }

  async open(start = 0): Promise<AsyncIterable<Uint8Array>> {
    const kept = await this.#list.row(this.#index);
    const { objects, onSent } = this.#sources;
    onSent(kept.sizeBytes - start);
    if (this.#coercion !== undefined) return new ServedInstance(objects, kept, this.#coercion).open(start);
    return objects.open(kept.object, { start, end: kept.sizeBytes });
  }

  get transcodable(): RetrievableInstance['transcodable'] {
    const sources = this.#sources;
    const { all } = servableFrom(this.transferSyntaxUid);
    return {
      transferSyntaxes: sources.htj2k === 'off' ? all.filter((uid) => !isHtj2k(uid)) : all,
      open: async (uid) => {
        const kept = await this.#list.row(this.#index);
        const made = await transcodable(sources, kept).make(uid, { signal: sources.signal });
        if (this.#coercion === undefined) return made;
        const { chunks, transferSyntaxUid = uid } = made;
        const served = new ServedInstance(sources.objects, kept, this.#coercion);
        return { transferSyntaxUid, chunks: served.through(chunks, transferSyntaxUid) };
      },
    };
  }
}
