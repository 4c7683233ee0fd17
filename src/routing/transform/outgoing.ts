// An instance on its way out: read as its bytes come, without its pixels, transformed, and said again as edits with which
// the same bytes can leave. Memory does not grow with the object.

import type { DataSet } from '../../dicom/dataset.ts';
import { DicomReader } from '../../dicom/reader.ts';
import type { Step } from '../step.ts';
import { copyOf } from './copy-of.ts';
import { type ElementEdits, editsOf } from './edits.ts';
import { type TransformContext, type Transformed, transformInstance } from './transform.ts';

export interface Outgoing extends Transformed {
  /** As it leaves, its bulk not held: SOP Class and Instance UIDs for the association are here. */
  dataset: DataSet;
  /** Absent: it leaves as it is. */
  edits?: ElementEdits;
}

export const limits = {
  /** Longer values, in bytes, pass as they are: nothing in them is changed. */
  heldValue: 1024 * 1024,
} as const;

/**
 * `chunks`: the data set after group 0002, in `context.syntax`; no more are taken than up to its pixels, and what comes
 * after those leaves as it is. Rejects as the reader does.
 */
export async function outgoing(
  chunks: AsyncIterable<Uint8Array>,
  steps: readonly Step[],
  context: TransformContext,
): Promise<Outgoing> {
  const received = await headOf(chunks, context.syntax.uid);
  const dataset = copyOf(received);
  const transformed = transformInstance(steps, dataset, context);
  const edits = editsOf(received, dataset);
  return { ...transformed, dataset, ...(edits && { edits }) };
}

async function headOf(chunks: AsyncIterable<Uint8Array>, transferSyntaxUid: string): Promise<DataSet> {
  const reader = new DicomReader({ transferSyntaxUid, holdValuesUpTo: limits.heldValue });
  for await (const chunk of chunks) {
    reader.push(chunk);
    if (reader.atPixelData) return reader.partial.dataset;
  }
  return reader.end().dataset;
}
