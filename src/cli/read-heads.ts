// The DICOM objects below a folder, without their pixels: as much of each file as there is before Pixel Data, files that a
// research archive has compressed (gzip) included. What is no DICOM is counted and passed over.

import { createReadStream } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { DataSet } from '../dicom/dataset.ts';
import { DicomReader } from '../dicom/reader.ts';

export const limits = {
  /** Bytes of one value; longer ones are known by place only. Enough for what vendors put into most objects. */
  valueBytes: 64 * 1024,
  /** Of the first object of each series, which may bring the protocol of all. */
  firstValueBytes: 8 * 1024 * 1024,
} as const;

export interface Heads {
  objects: DataSet[];
  /** Files that are no DICOM objects, or end before they say what they are. */
  passedOver: number;
  /** Objects that came a second time. */
  copies: number;
}

export async function readHeads(folder: string): Promise<Heads> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const heads: Heads = { objects: [], passedOver: 0, copies: 0 };
  const seen = new Set<string>();
  for (const file of files.toSorted()) {
    const head = await readHead(file, limits.valueBytes);
    const [series, instance] = [head?.text('SeriesInstanceUID'), head?.text('SOPInstanceUID')];
    if (head === undefined || series === undefined || instance === undefined) {
      heads.passedOver++;
    } else if (seen.has(instance)) {
      heads.copies++;
    } else {
      const isFirst = !seen.has(series);
      heads.objects.push((isFirst ? await readHead(file, limits.firstValueBytes) : undefined) ?? head);
      seen.add(series).add(instance);
    }
  }
  return heads;
}

async function readHead(file: string, holdValuesUpTo: number): Promise<DataSet | undefined> {
  const reader = new DicomReader({ form: 'detect', holdValuesUpTo });
  const stream = await bytesOf(file);
  try {
    for await (const chunk of stream) {
      reader.push(chunk);
      if (reader.atPixelData) return reader.partial.dataset;
    }
    return reader.end().dataset;
  } catch {
    return undefined;
  } finally {
    stream.destroy();
  }
}

async function bytesOf(file: string): Promise<Readable> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read({ buffer: Buffer.alloc(2), position: 0 });
    const stream = createReadStream(file, { highWaterMark: 256 * 1024 });
    return buffer.readUInt16BE() === 0x1f8b ? stream.pipe(createGunzip()) : stream;
  } finally {
    await handle.close();
  }
}
