// The frames of an instance for the DICOMweb door: read by their places where they can be sent as they lie, else made of the
// bytes there: shifted, swapped or decoded.

import { Problem } from '../base/problem.ts';
import { concatenated } from '../dicom/bytes.ts';
import { swapped } from '../dicom/encoding.ts';
import { type FrameIndex, framePieces } from '../dicom/frame-index.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, type TransferSyntax, transferSyntax } from '../dicom/transfer-syntax.ts';
import { vrs } from '../dicom/vr.ts';
import { joined, type Sized } from '../dicomweb/byte-range.ts';
import type { StoredFrames } from '../dicomweb/handlers.ts';
import { bytesOf } from '../ingest/stored-values.ts';
import { byPlane } from '../pixels/by-pixel.ts';
import { canDecode } from '../pixels/decode-frame.ts';
import { frameDescriptionOf } from '../pixels/frame-description.ts';
import type { InstancePlace } from '../storage/instance-places.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { DecoderPool } from './decoder-pool.ts';
import type { StoredHeads } from './stored-heads.ts';

export interface FrameSources {
  objects: ObjectStore;
  heads: StoredHeads;
  decoders: DecoderPool;
}

/** `onSent` hears of the bytes that are sent as they lie. Throws catalogue/not-found and request/not-acceptable. */
export function storedFrames(
  sources: FrameSources,
  place: InstancePlace,
  index: FrameIndex | undefined,
  onSent: (sizeBytes: number) => void,
): StoredFrames {
  if (index === undefined) throw new Problem('catalogue/not-found', { what: 'frame' });
  if (index.kind === 'video') {
    throw new Problem('request/not-acceptable', {
      reason: 'a video has no frames of its own, it is retrieved as bulk data',
    });
  }
  const syntax = transferSyntax(place.transferSyntaxUid)!;
  const isNative = index.kind === 'native';
  const storedUid = isNative ? EXPLICIT_VR_LITTLE_ENDIAN : place.transferSyntaxUid;
  const asTheyLie = !syntax.deflated && (!isNative || (isLittleEndian(syntax) && index.frameBits % 8 === 0));
  const bytes = (number: number) => frameBytes(sources, place, index, number - 1);
  return {
    version: versionOf(place),
    count: index.frames,
    transferSyntaxUid: storedUid,
    availability(uid) {
      if (uid === storedUid) return asTheyLie ? 'stored' : 'made';
      return uid === EXPLICIT_VR_LITTLE_ENDIAN && canDecode(storedUid) ? 'made' : undefined;
    },
    stored: (number) => joined(piecesOf(index, number - 1).map((piece) => inFile(sources, place, piece, onSent))),
    async made(number, uid) {
      if (isNative) return nativeSamples(sources, place, index.frameBits, number - 1, await bytes(number));
      if (uid === storedUid) return bytes(number);
      const frame = frameDescriptionOf((await sources.heads.read(place)).dataset);
      const samples = await sources.decoders.decode(storedUid, await bytes(number), frame);
      // The codec gives colour by pixel; who reads these samples knows only what /metadata says of them.
      return frame.planarConfiguration === 1 ? byPlane(samples, frame) : samples;
    },
  };
}

/** The name of the bytes without the place where they lie. */
export const versionOf = ({ object }: InstancePlace): string => object.replace(/^.*\/|\.\w+$/g, '');

const isLittleEndian = ({ littleEndian, bigEndianPixelData }: TransferSyntax): boolean =>
  littleEndian && bigEndianPixelData !== true;

function piecesOf(index: FrameIndex, frame: number) {
  return framePieces(index, frame)!.pieces;
}

function inFile(
  { objects }: FrameSources,
  { object }: InstancePlace,
  { offset, length }: { offset: number; length: number },
  onSent: (sizeBytes: number) => void,
): Sized {
  return {
    sizeBytes: length,
    open(start, end) {
      onSent(end - start);
      return objects.open(object, { start: offset + start, end: offset + end });
    },
  };
}

/** The bytes in which a frame (from 0) lies, in memory. */
async function frameBytes(
  { objects }: FrameSources,
  { object, datasetOffset, transferSyntaxUid }: InstancePlace,
  index: FrameIndex,
  frame: number,
): Promise<Uint8Array> {
  const stored = {
    store: objects,
    object,
    datasetOffset,
    datasetOffsetInFile: datasetOffset,
    transferSyntax: transferSyntax(transferSyntaxUid)!,
  };
  const chunks: Uint8Array[] = [];
  for (const piece of piecesOf(index, frame)) for await (const chunk of bytesOf(stored, piece)) chunks.push(chunk);
  return concatenated(chunks);
}

/** Native samples as PS3.5 8.1.1 packs them, little endian, the first in the first bit. */
async function nativeSamples(
  { heads }: FrameSources,
  place: InstancePlace,
  frameBits: number,
  frame: number,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  if (isLittleEndian(transferSyntax(place.transferSyntaxUid)!))
    return shifted(bytes, (frame * frameBits) % 8, frameBits);
  const { pixelData } = await heads.read(place);
  const width = pixelData?.kind === 'native' ? vrs[pixelData.vr].width : 1;
  return shifted(swapped(bytes, width), (frame * frameBits) % 8, frameBits);
}

/** PS3.5 8.1.1: `bits` from `bitOffset` on, the lowest bit of a byte first, as bytes of their own; bits beyond are 0. */
function shifted(bytes: Uint8Array, bitOffset: number, bits: number): Uint8Array {
  if (bitOffset === 0 && bits % 8 === 0) return bytes;
  const out = new Uint8Array(Math.ceil(bits / 8));
  for (let at = 0; at < out.length; at++) {
    out[at] = (bytes[at]! >> bitOffset) | ((bytes[at + 1] ?? 0) << (8 - bitOffset));
  }
  if (bits % 8 !== 0) out[out.length - 1]! &= (1 << (bits % 8)) - 1;
  return out;
}
