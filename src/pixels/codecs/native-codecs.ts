// dcmjs-codecs (WebAssembly) as decode-frame.ts and encode-frame.ts use it: one frame at a time, a new instance after a trap.

import type dcmjsCodecs from 'dcmjs-codecs';
import type { Context } from 'dcmjs-codecs';
import type { FrameDescription } from '../frame-description.ts';

/** Loaded with the first frame: whoever only asks what can be decoded needs none of its memory. */
let codecs: typeof dcmjsCodecs | undefined;

export async function nativeCodecs(): Promise<typeof dcmjsCodecs.NativeCodecs> {
  codecs ??= (await import('dcmjs-codecs')).default;
  if (!codecs.NativeCodecs.isInitialized()) await codecs.NativeCodecs.initializeAsync();
  return codecs.NativeCodecs;
}

/** A codec that trapped leaves its WebAssembly memory in an unknown state: the next frame gets a new instance. */
export function forgetNativeCodecs(): void {
  if (codecs?.NativeCodecs.isInitialized()) codecs.NativeCodecs.release();
}

/** After `nativeCodecs`. */
export function contextOf(
  frame: FrameDescription,
  buffer: { encodedBuffer: Uint8Array } | { decodedBuffer: Uint8Array },
): Context {
  const { rows: height, columns: width, ...attributes } = frame;
  return new codecs!.Context({
    width,
    height,
    ...attributes,
    photometricInterpretation: knownColour(frame),
    ...buffer,
  });
}

/** What devices write here need not be a defined term, of which the codecs know those for colour. */
function knownColour({ samplesPerPixel, photometricInterpretation }: FrameDescription): string {
  if (samplesPerPixel === 1) return 'MONOCHROME2';
  return /^YBR_(FULL|FULL_422|PARTIAL_422|PARTIAL_420|ICT|RCT)$/.test(photometricInterpretation)
    ? photometricInterpretation
    : 'RGB';
}
