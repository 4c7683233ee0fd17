// A value of a stored object for the DICOMweb door, named by the path that BulkDataURI has in /metadata: `7FE00010`, or
// `54000100/1/54001010` with items counted from 1.

import { Problem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { type Element, isBulkRef, isFragments } from '../../dicom/element.ts';
import type { FrameIndex } from '../../dicom/frame-index.ts';
import { pixelDataTags } from '../../dicom/pixel-data-layout.ts';
import { transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { StoredBulk } from '../../dicomweb/handlers.ts';
import { joined, type Sized, sizedBytes } from '../../dicomweb/wado/byte-range.ts';
import { mediaTypeOf, OCTET_STREAM } from '../../dicomweb/wado/pixel-media-types.ts';
import type { InstancePlace } from '../../storage/instance-places.ts';
import type { StoredHead } from '../pixels/stored-heads.ts';
import { bigEndianOf, stretch } from '../pixels/stored-stretch.ts';
import { type FrameSources, storedFrames, versionOf } from './dicomweb-frames.ts';

const ENCAPSULATED_DOCUMENT = 0x0042_0011;

/** Rejects with catalogue/not-found and request/malformed. */
export async function storedBulk(
  sources: FrameSources,
  place: InstancePlace,
  index: () => Promise<FrameIndex | undefined>,
  path: string,
  onSent: (sizeBytes: number) => void,
  signal?: AbortSignal,
): Promise<StoredBulk> {
  const steps = stepsOf(path);
  const head = await sources.heads.read(place);
  const value = (mediaType: string, body: Sized): StoredBulk => ({
    kind: 'value',
    version: versionOf(place),
    mediaType,
    body,
  });
  const inPlace = (offset: number, length: number, { vr, tag }: Pick<Element, 'vr' | 'tag'>): Sized => {
    const syntax = transferSyntax(place.transferSyntaxUid)!;
    const order = bigEndianOf(syntax, vr, offset, pixelDataTags.has(tag));
    return stretch(sources.objects, place, { offset, length }, order, onSent);
  };
  if (steps.length === 1 && steps[0]!.tag === head.pixelData?.tag) {
    if (head.pixelData.kind === 'native') {
      return value(OCTET_STREAM, inPlace(head.pixelData.offset, head.pixelData.length, head.pixelData));
    }
    const frames = await index();
    if (frames?.kind !== 'video') {
      return { kind: 'frames', frames: await storedFrames(sources, place, frames, signal, onSent) };
    }
    const pieces = frames.fragments.map((piece) => stretch(sources.objects, place, piece, undefined, onSent));
    return value(
      mediaTypeOf(place.transferSyntaxUid),
      joined(() => pieces),
    );
  }
  const found = await elementAt(sources, place, head, steps);
  if (found === undefined) throw new Problem('catalogue/not-found', { what: 'bulk data' });
  const { dataset, element } = found;
  const bytes = element.value;
  if (bytes instanceof Uint8Array) return document(dataset, element, sizedBytes(bytes), value);
  if (isBulkRef(bytes)) return document(dataset, element, inPlace(bytes.offset, bytes.length, element), value);
  if (!isFragments(bytes)) throw new Problem('catalogue/not-found', { what: 'bulk data' });
  const pieces = bytes.fragments.map((piece) => stretch(sources.objects, place, piece, undefined, onSent));
  return value(
    mediaTypeOf(place.transferSyntaxUid),
    joined(() => pieces),
  );
}

interface Step {
  tag: number;
  /** The item to go into, from 1; of the last step absent. */
  item?: number;
}

function stepsOf(path: string): Step[] {
  const names = path.split('/');
  const steps: Step[] = [];
  for (let at = 0; at < names.length; at += 2) {
    const [tag = '', item] = names.slice(at);
    if (!/^[\da-f]{8}$/i.test(tag) || (item !== undefined && !/^[1-9]\d{0,8}$/.test(item))) {
      throw new Problem('request/malformed', { reason: 'bulk data is named by tags, and by items counted from 1' });
    }
    steps.push({ tag: Number.parseInt(tag, 16), item: item === undefined ? undefined : Number(item) });
  }
  if (steps.at(-1)!.item !== undefined) throw new Problem('catalogue/not-found', { what: 'bulk data' });
  return steps;
}

type Found = { dataset: DataSet; element: Element };

/** What comes after the pixels is not in the head: then the file is read whole. */
async function elementAt(
  { heads }: FrameSources,
  place: InstancePlace,
  { dataset, pixelData }: StoredHead,
  steps: readonly Step[],
): Promise<Found | undefined> {
  const found = walk(dataset, steps);
  if (found !== undefined || pixelData === undefined || steps[0]!.tag < pixelData.tag) return found;
  return walk(await heads.readWhole(place), steps);
}

function walk(root: DataSet, steps: readonly Step[]): Found | undefined {
  let dataset: DataSet | undefined = root;
  for (const { tag, item } of steps) {
    if (dataset === undefined) return undefined;
    const element = dataset.get(tag);
    if (item === undefined) return element && { dataset, element };
    dataset = dataset.items(tag)[item - 1];
  }
  return undefined;
}

/** PS3.3 C.24.2: an encapsulated document says its media type, and its length without the padding. */
function document(
  dataset: DataSet,
  { tag }: Element,
  body: Sized,
  value: (mediaType: string, body: Sized) => StoredBulk,
): StoredBulk {
  if (tag !== ENCAPSULATED_DOCUMENT) return value(OCTET_STREAM, body);
  const declared = dataset.text('MIMETypeOfEncapsulatedDocument')?.trim().toLowerCase() ?? '';
  const mediaType = /^[\w.+-]+\/[\w.+-]+$/.test(declared) ? declared : OCTET_STREAM;
  const length = dataset.number('EncapsulatedDocumentLength') ?? body.sizeBytes;
  return value(mediaType, length === body.sizeBytes - 1 ? { ...body, sizeBytes: length } : body);
}
