// Coercion of an object that is not in memory: its data set is read as far as coercion reaches, and what that changes becomes
// edits, with which the object then leaves as it comes (reencode.ts).

import { type Coercion, coerce } from './coercion.ts';
import { DataSet } from './dataset.ts';
import { tagOf } from './dictionary.ts';
import type { Edits } from './editing-sink.ts';
import { DicomReader, type ReadResult } from './reader.ts';
import type { TransferSyntax } from './transfer-syntax.ts';

const ORIGINAL_ATTRIBUTES = tagOf('OriginalAttributesSequence')!;
/** Encodes the values, names their source and holds the originals. */
const concerned = ['SpecificCharacterSet', 'InstitutionName', 'OriginalAttributesSequence'].map((each) => tagOf(each)!);

/** Longer values, in bytes, are nothing that is coerced. */
const HOLD_VALUES_UP_TO = 1024 * 1024;

export interface CoercionEdits {
  edits: Edits;
  /** The one the data set is written in, which need not be the one declared. */
  transferSyntax: TransferSyntax;
}

/** `chunks`: of the data set, no more of which are taken than is needed. undefined where nothing is to be changed. */
export async function coercionEdits(
  chunks: AsyncIterable<Uint8Array>,
  transferSyntaxUid: string,
  { values, note }: Coercion,
): Promise<CoercionEdits | undefined> {
  const { dataset: read, transferSyntax } = await readHead(chunks, transferSyntaxUid);
  const tags = [...concerned, ...Object.keys(values).map((keyword) => tagOf(keyword)!)];
  const head = new DataSet();
  for (const tag of tags) {
    const element = read.get(tag);
    if (element !== undefined) head.add(element);
  }
  head.characterSet = read.characterSet;
  coerce(head, values, note);
  const changed = tags.filter((tag) => head.get(tag) !== read.get(tag));
  if (changed.length === 0) return undefined;
  const [from, to] = [read.characterSet, head.characterSet];
  const elements = new Map(changed.map((tag) => [tag, head.get(tag)]));
  return { transferSyntax, edits: { elements, ...(from !== to && { recoding: { from, to } }) } };
}

/** All elements up to the Original Attributes Sequence. */
async function readHead(
  chunks: AsyncIterable<Uint8Array>,
  transferSyntaxUid: string,
): Promise<Pick<ReadResult, 'dataset' | 'transferSyntax'>> {
  const reader = new DicomReader({ transferSyntaxUid, holdValuesUpTo: HOLD_VALUES_UP_TO });
  for await (const chunk of chunks) {
    reader.push(chunk);
    const { dataset } = reader.partial;
    const isEnough = reader.atPixelData || [...dataset.elements.keys()].some((tag) => tag > ORIGINAL_ATTRIBUTES);
    if (isEnough) return { dataset, transferSyntax: reader.transferSyntax! };
  }
  return reader.end();
}
