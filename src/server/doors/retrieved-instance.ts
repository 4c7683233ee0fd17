// Kept instances as the DICOMweb door retrieves them, each a small object made when it is looked at: a study has thousands,
// and many clients take them at their own pace.

import { isHtj2k } from '../../dicom/transfer-syntax.ts';
import type { RetrievableInstance, RetrievableInstances } from '../../dicomweb/handlers.ts';
import type { KeptList } from '../../storage/kept-list.ts';
import { servableFrom, type TranscodingSources, transcodable } from '../pixels/transcodable.ts';
import type { FrameSources } from './dicomweb-frames.ts';

/** What all instances of one answer share. */
export interface RetrievalSources extends TranscodingSources {
  signal: AbortSignal;
  htj2k: FrameSources['htj2k'];
  onSent(sizeBytes: number): void;
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
    return this.#list.version;
  }

  metadata(): AsyncIterable<string> {
    return this.#list.metadata();
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

  get sizeBytes(): number {
    return this.#list.sizeBytes(this.#index);
  }

  details() {
    return this.#list.row(this.#index);
  }

  async open(start = 0): Promise<AsyncIterable<Uint8Array>> {
    const { object, sizeBytes } = await this.#list.row(this.#index);
    this.#sources.onSent(sizeBytes - start);
    return this.#sources.objects.open(object, { start, end: sizeBytes });
  }

  get transcodable(): RetrievableInstance['transcodable'] {
    const sources = this.#sources;
    const { all } = servableFrom(this.transferSyntaxUid);
    return {
      transferSyntaxes: sources.htj2k === 'off' ? all.filter((uid) => !isHtj2k(uid)) : all,
      open: async (uid) => transcodable(sources, await this.#list.row(this.#index)).make(uid, sources.signal),
    };
  }
}
