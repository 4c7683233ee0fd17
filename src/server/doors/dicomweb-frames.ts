// The frames of an instance for the DICOMweb door: read by their places where they can be sent as they lie, else made of the
// bytes there: shifted to a byte, or decoded.

import { Problem } from '../../base/problem.ts';
import { concatenated } from '../../dicom/bytes.ts';
import { type FrameIndex, framePieces, type NativeFrames } from '../../dicom/frame-index.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, isHtj2k, transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { StoredFrames } from '../../dicomweb/handlers.ts';
import { joined, type Sized } from '../../dicomweb/wado/byte-range.ts';
import { byPixel, byPlane } from '../../pixels/codecs/by-pixel.ts';
import { canDecode } from '../../pixels/codecs/decode-frame.ts';
import { canEncode } from '../../pixels/codecs/encode-frame.ts';
import { decodedFrame } from '../../pixels/codecs/encoded-attributes.ts';
import { frameDescriptionOf } from '../../pixels/frame-description.ts';
import type { InstancePlace } from '../../storage/instance-places.ts';
import type { ObjectStore } from '../../storage/objects/object-store.ts';
import type { CacheKey, PixelCache } from '../pixels/pixel-cache.ts';
import type { PixelPool } from '../pixels/pixel-pool.ts';
import type { StoredHeads } from '../pixels/stored-heads.ts';
import { type BigEndian, bigEndianOf, stretch } from '../pixels/stored-stretch.ts';

export interface FrameSources {
  objects: ObjectStore;
  heads: StoredHeads;
  pixels: PixelPool;
  /** Absent: everything is made each time. */
  cache?: PixelCache;
  /** Off: no frame is encoded as HTJ2K; those stored so are served. */
  htj2k?: 'off' | 'first-use' | 'idle';
}

/** Under which a frame, from 1, in another transfer syntax is in the cache. */
export const frameKey = ({ object }: InstancePlace, number: number, transferSyntaxUid: string): CacheKey => ({
  object,
  made: `frame ${number} ${transferSyntaxUid}`,
});

/** `signal` stops what is being made; `onSent` hears of the bytes that are sent as they lie. Rejects with catalogue/not-found and request/not-acceptable. */
export async function storedFrames(
  sources: FrameSources,
  place: InstancePlace,
  index: FrameIndex | undefined,
  signal: AbortSignal | undefined,
  onSent: (sizeBytes: number) => void,
): Promise<StoredFrames> {
  if (index === undefined) throw new Problem('catalogue/not-found', { what: 'frame' });
  if (index.kind === 'video') {
    throw new Problem('request/not-acceptable', {
      reason: 'a video has no frames of its own, it is retrieved as bulk data',
    });
  }
  const isNative = index.kind === 'native';
  const storedUid = isNative ? EXPLICIT_VR_LITTLE_ENDIAN : place.transferSyntaxUid;
  const order = isNative ? await nativeOrder(sources.heads, place, index) : undefined;
  /** The bytes in which a frame (from 1) begins and ends. */
  const bytes = (number: number): Sized => {
    const pieces = framePieces(index, number - 1)!.pieces.map((piece) =>
      stretch(sources.objects, place, piece, order, onSent),
    );
    return pieces.length === 1 ? pieces[0]! : joined(() => pieces);
  };
  const make = async (number: number, uid: string): Promise<Uint8Array> => {
    const lying = await read(bytes(number));
    const codestream = isNative ? shifted(lying, ((number - 1) * index.frameBits) % 8, index.frameBits) : lying;
    if (uid === storedUid) return codestream;
    const frame = frameDescriptionOf((await sources.heads.read(place)).dataset);
    if (uid !== EXPLICIT_VR_LITTLE_ENDIAN) {
      const samples = isNative && frame.planarConfiguration === 1 ? byPixel(codestream, frame) : codestream;
      return sources.pixels.transcode({ from: storedUid, to: uid, codestream: samples, frame }, { signal });
    }
    const samples = await sources.pixels.decode(storedUid, codestream, frame, { signal });
    // The codec gives colour by pixel; who reads these samples knows only what /metadata says of them.
    return frame.planarConfiguration === 1 ? byPlane(samples, frame) : samples;
  };
  return {
    version: versionOf(place),
    count: index.frames,
    transferSyntaxUid: storedUid,
    async availability(uid) {
      if (uid === storedUid) return isNative && index.frameBits % 8 !== 0 ? 'made' : 'stored';
      if (!isNative && !canDecode(storedUid)) return undefined;
      if (uid === EXPLICIT_VR_LITTLE_ENDIAN) return 'made';
      if (!canEncode(uid) || (sources.htj2k === 'off' && isHtj2k(uid))) return undefined;
      const { dataset } = await sources.heads.read(place);
      return canEncode(uid, decodedFrame(frameDescriptionOf(dataset), storedUid)) ? 'made' : undefined;
    },
    stored: bytes,
    async made(number, uid) {
      if (uid === storedUid || uid === EXPLICIT_VR_LITTLE_ENDIAN) return make(number, uid);
      const key = frameKey(place, number, uid);
      if (sources.cache === undefined) return make(number, uid);
      // Memory that was sent is given back: the cache keeps its own.
      return (await sources.cache.get(key, () => make(number, uid))).slice();
    },
  };
}

/** The name of the bytes without the place where they lie. */
export const versionOf = ({ object }: InstancePlace): string => object.replace(/^.*\/|\.\w+$/g, '');

/** Only where the syntax is big endian, which few are, does the head have to be read for it. */
async function nativeOrder(
  heads: StoredHeads,
  place: InstancePlace,
  { offset }: NativeFrames,
): Promise<BigEndian | undefined> {
  const syntax = transferSyntax(place.transferSyntaxUid)!;
  if (bigEndianOf(syntax, 'OW', offset, true) === undefined) return undefined;
  const { pixelData } = await heads.read(place);
  return pixelData?.kind === 'native' ? bigEndianOf(syntax, pixelData.vr, offset, true) : undefined;
}

const read = async ({ sizeBytes, open }: Sized): Promise<Uint8Array> =>
  concatenated(await Array.fromAsync(open(0, sizeBytes)));

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
