// A kept instance as the DICOMweb door retrieves it. One small object each: a study has thousands, and many clients take them
// at their own pace.

import type { RetrievableInstance } from '../../dicomweb/handlers.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import { type TranscodingSources, transcodable } from '../pixels/transcodable.ts';

/** What all instances of one answer share. */
export interface RetrievalSources extends TranscodingSources {
  signal: AbortSignal;
  onSent(sizeBytes: number): void;
}

export class RetrievedInstance implements RetrievableInstance {
  readonly #kept: KeptInstance;
  readonly #sources: RetrievalSources;

  constructor(kept: KeptInstance, sources: RetrievalSources) {
    this.#kept = kept;
    this.#sources = sources;
  }

  get studyInstanceUid(): string {
    return this.#kept.studyInstanceUid;
  }

  get seriesInstanceUid(): string {
    return this.#kept.seriesInstanceUid;
  }

  get sopInstanceUid(): string {
    return this.#kept.sopInstanceUid;
  }

  get sopClassUid(): string {
    return this.#kept.sopClassUid;
  }

  get transferSyntaxUid(): string {
    return this.#kept.transferSyntaxUid;
  }

  get sizeBytes(): number {
    return this.#kept.sizeBytes;
  }

  get datasetOffset(): number {
    return this.#kept.datasetOffset;
  }

  open(start = 0): AsyncIterable<Uint8Array> {
    const { object, sizeBytes } = this.#kept;
    this.#sources.onSent(sizeBytes - start);
    return this.#sources.objects.open(object, { start, end: sizeBytes });
  }

  get transcodable(): RetrievableInstance['transcodable'] {
    const { transferSyntaxes, make } = transcodable(this.#sources, this.#kept);
    return { transferSyntaxes, open: (uid) => make(uid, this.#sources.signal) };
  }
}
