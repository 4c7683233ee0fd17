// High-Throughput JPEG 2000 (ISO/IEC 15444-15, PS3.5 A.4.13) by OpenJPH in WebAssembly. With RPCL options a codestream lies
// in the order of its resolutions, each a tile-part listed in a TLM marker, so that its first bytes alone are a smaller image.

import type { OpenJph } from '@cornerstonejs/codec-openjph';
import type { FrameDescription } from '../frame-description.ts';

export interface Htj2kOptions {
  /** Absent: reversible. Else the quantization step, in values of a sample. */
  step?: number;
  /** PS3.5 A.4.13: resolution-position-component-layer order with TLM markers. */
  rpcl: boolean;
}

/** ISO/IEC 15444-1 Table A.16. */
const RPCL = 2;
/** With RPCL options the smallest resolution is at most so wide and high. */
const THUMBNAIL_PIXELS = 64;
const FEWEST_DECOMPOSITIONS = 5;

let loading: Promise<OpenJph> | undefined;

/** `frame` with 8 or 16 bits allocated and its precision as bits stored. */
export async function encodeHtj2k(
  samples: Uint8Array,
  frame: FrameDescription,
  { step, rpcl }: Htj2kOptions,
): Promise<Uint8Array> {
  const { HTJ2KEncoder } = await module();
  const encoder = new HTJ2KEncoder();
  try {
    const info = {
      width: frame.columns,
      height: frame.rows,
      bitsPerSample: frame.bitsStored,
      componentCount: frame.samplesPerPixel,
      isSigned: frame.pixelRepresentation === 1,
      isUsingColorTransform: frame.photometricInterpretation === 'RGB',
    };
    encoder.getDecodedBuffer(info).set(samples);
    encoder.setQuality(step === undefined, step === undefined ? 0 : step / 2 ** frame.bitsStored);
    encoder.setDecompositions(decompositionsOf(frame));
    if (rpcl) {
      encoder.setProgressionOrder(RPCL);
      encoder.setTLMMarker(true);
      encoder.setTilePartDivisionsAtResolutions(true);
    }
    encoder.encode();
    return encoder.getEncodedBuffer().slice();
  } finally {
    encoder.delete();
  }
}

/** The samples as the codestream has them: one byte each up to a precision of 8, else two. */
export async function decodeHtj2k(codestream: Uint8Array): Promise<Uint8Array> {
  const { samples } = await decodeHtj2kAt(codestream, 0);
  return samples;
}

export interface SmallerImage {
  samples: Uint8Array;
  width: number;
  height: number;
}

/** The image halved `level` times in each direction; for that, the beginning of an RPCL codestream may do. */
export async function decodeHtj2kAt(codestream: Uint8Array, level: number): Promise<SmallerImage> {
  const { HTJ2KDecoder } = await module();
  const decoder = new HTJ2KDecoder();
  try {
    decoder.getEncodedBuffer(codestream.length).set(codestream);
    decoder.readHeader();
    const reduced = Math.min(level, decoder.getNumDecompositions());
    decoder.decodeSubResolution(reduced);
    const { width, height } = decoder.getFrameInfo();
    const samples = decoder.getDecodedBuffer().slice();
    return { samples, width: Math.ceil(width / 2 ** reduced), height: Math.ceil(height / 2 ** reduced) };
  } catch (thrown) {
    // OpenJPH throws pointers into memory that it may have left in any state: the next frame gets a new instance.
    loading = undefined;
    throw new Error('OpenJPH cannot decode this codestream', { cause: thrown });
  } finally {
    decoder.delete();
  }
}

function decompositionsOf({ rows, columns }: FrameDescription): number {
  return Math.max(FEWEST_DECOMPOSITIONS, Math.ceil(Math.log2(Math.max(rows, columns) / THUMBNAIL_PIXELS)));
}

const module = (): Promise<OpenJph> =>
  (loading ??= import('@cornerstonejs/codec-openjph').then(({ default: load }) => load()));
