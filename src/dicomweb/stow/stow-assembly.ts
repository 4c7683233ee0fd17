// Metadata and bulk data put together to a Part 10 file, as a stream: the data set as it was described, values of bulk data
// where they belong, compressed frames as fragments (PS3.5 A.4). PS3.18 10.5.2: what a codestream says of itself may be
// missing from the metadata and is filled in.

import type { MediaType } from '../../base/http/media-type.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { Finding } from '../../dicom/finding.ts';
import { type DicomJson, fromJson } from '../../dicom/json.ts';
import { PIXEL_DATA, type StreamedValue, type Stretch, writeStreamed } from '../../dicom/streamed-part10.ts';
import { tagOfHex } from '../../dicom/tag.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, type TransferSyntax, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { isVr } from '../../dicom/vr.ts';
import type { ByteSource } from '../../translate/byte-source.ts';
import { type DescribedFile, describeFile, type KeptFile } from '../../translate/describe.ts';
import { fillDocument } from '../../translate/document.ts';
import { exifFinding } from '../../translate/exif.ts';
import { fillNativeImage, fillPixelDescription } from '../../translate/pixel-description.ts';
import type { NativeImage } from '../../translate/png.ts';
import { limits } from '../limits.ts';

const ENCAPSULATED_DOCUMENT = 0x0042_0011;

/** The value of an element while it is found out what it is. */
interface Streamed extends StreamedValue {
  findings: Finding[];
}

/** A part, or a file, whose bytes are a value. */
export interface BulkContent extends ByteSource {
  mediaType: MediaType;
  /** From `start` up to `end`, all of it unless given. */
  chunks(start?: number, end?: number): AsyncIterable<Uint8Array>;
}

export interface Assembled {
  chunks: AsyncGenerator<Uint8Array>;
  findings: Finding[];
}

/** `bulk`: the parts by the path they belong to. Throws a Problem where they do not make an instance together. */
export async function assemble(json: DicomJson, bulk: ReadonlyMap<string, readonly BulkContent[]>): Promise<Assembled> {
  const inItems = await smallValues(bulk);
  const dataset = fromJson(json, { bulkData: (_uri, path) => inItems.get(path) });
  const streamed = new Map<number, Streamed>();
  let transferSyntaxUid = EXPLICIT_VR_LITTLE_ENDIAN;
  for (const [path, parts] of bulk) {
    const tag = topLevelTag(path);
    if (tag === undefined) continue;
    const vr = json[path]?.vr;
    const value: Streamed = {
      vr: vr !== undefined && isVr(vr) ? vr : 'OB',
      stretches: parts.map(whole),
      encapsulated: false,
      findings: [],
    };
    streamed.set(tag, value);
    if (tag === ENCAPSULATED_DOCUMENT) fillDocument(dataset, parts[0]!.mediaType.type, parts[0]!.sizeBytes);
    if (tag === PIXEL_DATA) transferSyntaxUid = await settlePixelData(dataset, parts, value);
  }
  const findings = [...streamed.values()].flatMap((value) => value.findings);
  return { chunks: writeStreamed(dataset, transferSyntaxUid, streamed), findings };
}

const topLevelTag = (path: string): number | undefined => (path.includes('/') ? undefined : tagOfHex(path));

/** Values within sequences are read into the data set; they are small where the objects are sound. */
async function smallValues(bulk: ReadonlyMap<string, readonly BulkContent[]>): Promise<Map<string, Uint8Array>> {
  const values = new Map<string, Uint8Array>();
  let heldBytes = 0;
  for (const [path, [part]] of bulk) {
    if (topLevelTag(path) !== undefined || part === undefined) continue;
    heldBytes += part.sizeBytes;
    if (heldBytes > limits.bulkInItemsBytes)
      throw new Problem('dicom/limit', { limit: 'bulkInItemsBytes', offset: -1 });
    values.set(path, await part.read(0, part.sizeBytes));
  }
  return values;
}

const whole = (part: BulkContent): Stretch => ({ length: part.sizeBytes, chunks: () => part.chunks() });

/** Fills the data set from the pixels, says in `value` how they are written, and returns their transfer syntax. */
async function settlePixelData(dataset: DataSet, parts: readonly BulkContent[], value: Streamed): Promise<string> {
  const [first] = parts;
  const syntax = declaredSyntax(first!);
  const isNative = syntax === undefined ? first!.mediaType.type === 'application/octet-stream' : !syntax.encapsulated;
  if (isNative) {
    requirePixels(dataset, first!.sizeBytes);
    return EXPLICIT_VR_LITTLE_ENDIAN;
  }
  value.vr = 'OB';
  value.encapsulated = true;
  // Its header says nothing of the image, so the metadata says all.
  if (first!.mediaType.type === 'image/dicom-rle' || syntax?.uid === RLE_LOSSLESS) {
    requirePixels(dataset);
    return RLE_LOSSLESS;
  }
  const described = await describeFrames(parts).catch((error) => {
    // What the client names and we cannot read is kept by its word (JPEG XL, H.264 in a transport stream).
    if (syntax === undefined || asProblem(error).answers.http >= 500) throw error;
    return undefined;
  });
  if (described === undefined) {
    requirePixels(dataset);
    return syntax!.uid;
  }
  if (described[0]!.kind === 'native') return settleDecoded(dataset, described[0]!.image, value);
  const { pixels, exif } = described[0]!;
  const finding = exif && exifFinding(exif);
  if (finding !== undefined) value.findings.push(finding);
  value.stretches = described.map((frame, at) => {
    const { offset, length } = frame as KeptFile;
    return { length, chunks: () => parts[at]!.chunks(offset, offset + length) };
  });
  fillPixelDescription(
    dataset,
    pixels,
    value.stretches.reduce((sum, { length }) => sum + length, 0),
  );
  return syntax?.uid ?? pixels.transferSyntaxUid;
}

/** What the part says of its transfer syntax, where it says it. */
function declaredSyntax({ mediaType }: BulkContent): TransferSyntax | undefined {
  const uid = mediaType.parameters.get('transfer-syntax');
  if (uid === undefined) return undefined;
  const syntax = transferSyntax(uid);
  if (syntax?.encapsulated || uid === EXPLICIT_VR_LITTLE_ENDIAN) return syntax;
  throw new Problem('dimse/unsupported-transfer-syntax', { transferSyntaxUid: uid });
}

/** Of each part; all in one transfer syntax. */
async function describeFrames(parts: readonly BulkContent[]): Promise<DescribedFile[]> {
  const frames: DescribedFile[] = [];
  for (const part of parts) frames.push(await describeFile(part));
  const syntaxes = new Set(frames.map((frame) => (frame.kind === 'native' ? '' : frame.pixels.transferSyntaxUid)));
  if (syntaxes.size > 1 || (syntaxes.has('') && parts.length > 1)) {
    throw new Problem('dicom/not-expressible', { what: 'an image whose frames are encoded in several ways' });
  }
  return frames;
}

function settleDecoded(dataset: DataSet, image: NativeImage, value: Streamed): string {
  fillNativeImage(dataset, image);
  value.encapsulated = false;
  value.vr = image.bitsAllocated === 8 ? 'OB' : 'OW';
  value.stretches = [{ length: image.samples.length, chunks: () => [image.samples] }];
  return EXPLICIT_VR_LITTLE_ENDIAN;
}

/** PS3.5 8.1: without these nobody finds a frame; and as many bytes as they ask for, where they are not compressed. */
function requirePixels(dataset: DataSet, sizeBytes = Number.POSITIVE_INFINITY): void {
  const [rows, columns, samples, bits] = ['Rows', 'Columns', 'SamplesPerPixel', 'BitsAllocated'].map((keyword) =>
    Number(required(dataset, keyword)),
  );
  const frames = dataset.number('NumberOfFrames') ?? 1;
  // PS3.3 C.7.6.3.1.2: two pixels share their colour.
  const shared = dataset.text('PhotometricInterpretation') === 'YBR_FULL_422' ? 2 / 3 : 1;
  if (sizeBytes < Math.floor((rows! * columns! * samples! * bits! * frames * shared) / 8)) {
    throw new Problem('dicom/bulk-mismatch', { attribute: 'the number of pixels' });
  }
}

const RLE_LOSSLESS = '1.2.840.10008.1.2.5';

function required(dataset: DataSet, keyword: string): string {
  const value = dataset.text(keyword);
  if (value === undefined) throw new Problem('dicom/missing-attribute', { attribute: keyword });
  return value;
}
