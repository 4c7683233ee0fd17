// The data sets of stored objects up to their pixels, read from their files and remembered: attributes by which frames are
// decoded and rendered, and the places of large values.

import type { DataSet } from '../../dicom/dataset.ts';
import type { PixelDataLayout } from '../../dicom/pixel-data-layout.ts';
import { DicomReader } from '../../dicom/reader.ts';
import { renderingValueBytes } from '../../pixels/image.ts';
import type { InstancePlace } from '../../storage/instance-places.ts';
import { LeastRecentlyUsed } from '../../storage/least-recently-used.ts';
import type { ObjectStore } from '../../storage/objects/object-store.ts';

export const limits = {
  /** Bytes of files whose heads are remembered; a data set takes some times as much. */
  rememberedBytes: 16 * 1024 * 1024,
} as const;

export interface StoredHead {
  /** Up to the pixels, and of what was read with them. */
  dataset: DataSet;
  /** Where the pixels begin and how they are written; of compressed ones the fragments are in the frame index. */
  pixelData: PixelDataLayout | undefined;
}

export class StoredHeads {
  readonly #objects: ObjectStore;
  readonly #remembered = new LeastRecentlyUsed<string, { head: StoredHead; readBytes: number }>(
    limits.rememberedBytes,
    ({ readBytes }) => readBytes,
  );

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  async read({ object, sizeBytes }: Pick<InstancePlace, 'object' | 'sizeBytes'>): Promise<StoredHead> {
    const remembered = this.#remembered.get(object);
    if (remembered !== undefined) return remembered.head;
    const reader = new DicomReader({ holdValuesUpTo: renderingValueBytes });
    let readBytes = 0;
    for await (const chunk of this.#objects.open(object, { end: sizeBytes })) {
      reader.push(chunk);
      readBytes += chunk.length;
      if (reader.atPixelData) break;
    }
    const { dataset, pixelData } = reader.partial;
    const head = { dataset, pixelData };
    this.#remembered.set(object, { head, readBytes });
    return head;
  }

  /** All of the data set, what comes after the pixels too; not remembered. */
  async readWhole({ object, sizeBytes }: Pick<InstancePlace, 'object' | 'sizeBytes'>): Promise<DataSet> {
    const reader = new DicomReader({ holdValuesUpTo: renderingValueBytes });
    for await (const chunk of this.#objects.open(object, { end: sizeBytes })) reader.push(chunk);
    return reader.end().dataset;
  }
}
