// Metadata and bulk data put together to a Part 10 file, as a stream: the data set as it was described, values of bulk data
// where they belong, compressed frames as fragments (PS3.5 A.4). PS3.18 10.5.2: what a codestream says of itself may be
// missing from the metadata and is filled in.

import type { MediaType } from '../../base/http/media-type.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { ByteSink } from '../../dicom/byte-sink.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { UNDEFINED_LENGTH } from '../../dicom/element-header.ts';
import { ascending, writeElement } from '../../dicom/element-writer.ts';
import { explicitLittle } from '../../dicom/encoding.ts';
import { fileMeta } from '../../dicom/file-meta.ts';
import type { Finding } from '../../dicom/finding.ts';
import { writeDelimiter, writeHeader, writeItem } from '../../dicom/header-writer.ts';
import { type DicomJson, fromJson } from '../../dicom/json.ts';
import { offsetTables } from '../../dicom/offset-tables.ts';
import { tagOfHex } from '../../dicom/tag.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, type TransferSyntax, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { isVr, type VR, vrs } from '../../dicom/vr.ts';
import type { ByteSource } from '../../translate/byte-source.ts';
import { type DescribedFile, describeFile, type KeptFile } from '../../translate/describe.ts';
import { fillDocument } from '../../translate/document.ts';
import { exifFinding } from '../../translate/exif.ts';
import { fillNativeImage, fillPixelDescription } from '../../translate/pixel-description.ts';
import type { NativeImage } from '../../translate/png.ts';
import { limits } from '../limits.ts';

const PIXEL_DATA = 0x7fe0_0010;
const ENCAPSULATED_DOCUMENT = 0x0042_0011;
/** PS3.5 7.1.2: the length field holds 32 bits, of which all ones mean undefined; and values are of even length. */
const LONGEST_VALUE = 0xffff_fffe;

/** A stretch of a part, or bytes at hand. */
interface Stretch {
  length: number;
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** The value of an element that is written as it is read. */
interface Streamed {
  vr: VR;
  /** Each becomes a fragment where the value is encapsulated, else there is one. */
  stretches: Stretch[];
  encapsulated: boolean;
  /** Where it is. */
  basicOffsetTable: Uint8Array;
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
      basicOffsetTable: new Uint8Array(0),
      findings: [],
    };
    streamed.set(tag, value);
    if (tag === ENCAPSULATED_DOCUMENT) fillDocument(dataset, parts[0]!.mediaType.type, parts[0]!.sizeBytes);
    if (tag === PIXEL_DATA) transferSyntaxUid = await settlePixelData(dataset, parts, value);
  }
  for (const { stretches } of streamed.values()) requireWritable(stretches);
  const pixels = streamed.get(PIXEL_DATA);
  if (pixels !== undefined) settleOffsetTables(dataset, pixels);
  const meta = fileMeta({
    sopClassUid: required(dataset, 'SOPClassUID'),
    sopInstanceUid: required(dataset, 'SOPInstanceUID'),
    transferSyntaxUid,
  });
  const findings = [...streamed.values()].flatMap((value) => value.findings);
  return { chunks: write(meta, dataset, streamed), findings };
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

/** Those that the client describes were of other fragments. One frame needs none. */
function settleOffsetTables(dataset: DataSet, pixels: Streamed): void {
  for (const keyword of ['ExtendedOffsetTable', 'ExtendedOffsetTableLengths']) dataset.delete(keyword);
  if (!pixels.encapsulated || pixels.stretches.length < 2) return;
  const { basic, extended } = offsetTables(pixels.stretches.map(({ length }) => length));
  pixels.basicOffsetTable = basic;
  if (extended === undefined) return;
  dataset.set('ExtendedOffsetTable', extended.offsets, 'OV').set('ExtendedOffsetTableLengths', extended.lengths, 'OV');
}

const RLE_LOSSLESS = '1.2.840.10008.1.2.5';

function requireWritable(stretches: readonly Stretch[]): void {
  if (stretches.some(({ length }) => length > LONGEST_VALUE)) {
    throw new Problem('dicom/limit', { limit: 'valueBytes', offset: -1 });
  }
}

function required(dataset: DataSet, keyword: string): string {
  const value = dataset.text(keyword);
  if (value === undefined) throw new Problem('dicom/missing-attribute', { attribute: keyword });
  return value;
}

async function* write(
  meta: Uint8Array,
  dataset: DataSet,
  streamed: ReadonlyMap<number, Streamed>,
): AsyncGenerator<Uint8Array> {
  const sink = new ByteSink();
  sink.bytes(meta);
  // PS3.5 7.1: in ascending order.
  const pending = [...streamed].sort(([a], [b]) => a - b);
  for (const element of ascending(dataset)) {
    while (pending.length > 0 && pending[0]![0] < element.tag) yield* writeStreamed(sink, ...pending.shift()!);
    writeElement(sink, element, explicitLittle);
  }
  for (const [tag, value] of pending) yield* writeStreamed(sink, tag, value);
  yield* sink.take();
}

async function* writeStreamed(sink: ByteSink, tag: number, value: Streamed): AsyncGenerator<Uint8Array> {
  const padding = vrs[value.vr].padding;
  if (!value.encapsulated) {
    const [only] = value.stretches;
    writeHeader(sink, tag, value.vr, evenLength(only!), explicitLittle);
    yield* writeStretch(sink, only!, padding);
    return;
  }
  writeHeader(sink, tag, value.vr, UNDEFINED_LENGTH, explicitLittle);
  writeItem(sink, value.basicOffsetTable.length, explicitLittle);
  sink.bytes(value.basicOffsetTable);
  for (const stretch of value.stretches) {
    writeItem(sink, evenLength(stretch), explicitLittle);
    yield* writeStretch(sink, stretch, 0);
  }
  writeDelimiter(sink, 'sequence', explicitLittle);
}

const evenLength = ({ length }: Stretch): number => length + (length % 2);

async function* writeStretch(sink: ByteSink, stretch: Stretch, padding: number): AsyncGenerator<Uint8Array> {
  yield* sink.take();
  yield* stretch.chunks();
  if (stretch.length % 2 === 1) sink.uint8(padding);
}
