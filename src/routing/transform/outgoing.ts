// An instance on its way out: read as its bytes come, without its pixels, transformed, and said again as edits with which
// the same bytes can leave. Memory does not grow with the object.

import type { DataSet } from '../../dicom/dataset.ts';
import { DicomReader } from '../../dicom/reader.ts';
import type { Step } from '../step.ts';
import { copyOf } from './copy-of.ts';
import { type ElementEdits, editsOf, replacing } from './edits.ts';
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
  /** Where an instance is de-identified all values up to here are looked into; beyond it only samples leave. */
  searchedValue: 32 * 1024 * 1024,
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
  const isSearched = steps.some((step) => 'deidentify' in step);
  const received = await headOf(chunks, context.syntax.uid, isSearched ? limits.searchedValue : limits.heldValue);
  const dataset = copyOf(received);
  const transformed = transformInstance(steps, dataset, context);
  const { deidentified } = transformed;
  const edits = deidentified === undefined ? editsOf(received, dataset) : replacing(dataset, deidentified.pixels);
  return { ...transformed, dataset, ...(edits && { edits }) };
}

async function headOf(
  chunks: AsyncIterable<Uint8Array>,
  transferSyntaxUid: string,
  holdValuesUpTo: number,
): Promise<DataSet> {
  const reader = new DicomReader({ transferSyntaxUid, holdValuesUpTo });
  for await (const chunk of chunks) {
    reader.push(chunk);
    if (reader.atPixelData) return reader.partial.dataset;
  }
  return reader.end().dataset;
}
