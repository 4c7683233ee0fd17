// A kept instance as it leaves where other demographics are served than were received: its head is exchanged on the way, its
// pixels and everything else go through as they come. The file stays as it is.

import { coercionEdits } from '../../dicom/coercion-edits.ts';
import { Reencoder } from '../../dicom/reencode.ts';
import { transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { ObjectStore } from '../../storage/objects/object-store.ts';
import type { StudyCoercion } from '../../storage/served-demographics.ts';

type Kept = Pick<KeptInstance, 'object' | 'sizeBytes' | 'datasetOffset' | 'transferSyntaxUid'>;

export class ServedInstance {
  readonly #objects: ObjectStore;
  readonly #kept: Kept;
  readonly #coercion: StudyCoercion;

  constructor(objects: ObjectStore, kept: Kept, coercion: StudyCoercion) {
    this.#objects = objects;
    this.#kept = kept;
    this.#coercion = coercion;
  }

  /** From byte `start` of the file: its beginning, or that of its data set. */
  async *open(start: number): AsyncGenerator<Uint8Array> {
    const { object, datasetOffset, transferSyntaxUid } = this.#kept;
    if (start < datasetOffset) yield* this.#objects.open(object, { start, end: datasetOffset });
    yield* this.through(this.#dataSet(), transferSyntaxUid);
  }

  /** The same of its data set as it was made in another transfer syntax. */
  async *through(dataSet: AsyncIterable<Uint8Array>, transferSyntaxUid: string): AsyncGenerator<Uint8Array> {
    const stored = this.#kept.transferSyntaxUid;
    const changed = await coercionEdits(this.#dataSet(), stored, this.#coercion);
    if (changed === undefined) return yield* dataSet;
    const { edits } = changed;
    const syntax = transferSyntaxUid === stored ? changed.transferSyntax : transferSyntax(transferSyntaxUid)!;
    yield* new Reencoder(syntax, syntax, { edits }).through(dataSet);
  }

  #dataSet(): AsyncIterable<Uint8Array> {
    const { object, datasetOffset, sizeBytes } = this.#kept;
    return this.#objects.open(object, { start: datasetOffset, end: sizeBytes });
  }
}
