// A kept instance as the DICOMweb door retrieves it. One small object each: a study has thousands, and many clients take them
// at their own pace.

import { isHtj2k } from '../../dicom/transfer-syntax.ts';
import type { RetrievableInstance } from '../../dicomweb/handlers.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import { type TranscodingSources, transcodable } from '../pixels/transcodable.ts';
import type { FrameSources } from './dicomweb-frames.ts';

/** What all instances of one answer share. */
export interface RetrievalSources extends TranscodingSources {
  signal: AbortSignal;
  htj2k: FrameSources['htj2k'];
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
    const { htj2k } = this.#sources;
    const offered = htj2k === 'off' ? transferSyntaxes.filter((uid) => !isHtj2k(uid)) : transferSyntaxes;
    return { transferSyntaxes: offered, open: (uid) => make(uid, this.#sources.signal) };
  }
}
