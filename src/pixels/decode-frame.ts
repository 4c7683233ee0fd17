// One compressed frame as native samples: little endian, colour by pixel (PS3.5 8.2, PS3.3 C.7.6.3.1.3). The codecs are
// dcmjs-codecs (WebAssembly); RLE is ours.

import codecs, { type Context as CodecContext } from 'dcmjs-codecs';
import { inflateSync } from 'fflate';
import { Problem } from '../base/problem.ts';
import { byPixel } from './by-pixel.ts';
import type { FrameDescription } from './frame-description.ts';
import { decodeRleFrame } from './rle.ts';

type Decoder = (codestream: Uint8Array, frame: FrameDescription) => Uint8Array;

const native =
  (decode: (context: CodecContext) => CodecContext): Decoder =>
  (codestream, frame) => {
    const context = new codecs.Context({
      width: frame.columns,
      height: frame.rows,
      bitsAllocated: frame.bitsAllocated,
      bitsStored: frame.bitsStored,
      samplesPerPixel: frame.samplesPerPixel,
      pixelRepresentation: frame.pixelRepresentation,
      planarConfiguration: frame.planarConfiguration,
      photometricInterpretation: frame.photometricInterpretation,
      encodedBuffer: codestream,
    });
    const decoded = decode(context);
    const samples = decoded.getDecodedBuffer();
    if (!samples) throw new Problem('request/malformed', { reason: 'the codec gave no samples' });
    return decoded.getPlanarConfiguration() === 1 ? byPixel(samples, frame) : samples;
  };

const jpeg = native((context) => codecs.NativeCodecs.decodeJpeg(context, { convertColorspaceToRgb: false }));
const charls = native((context) => codecs.NativeCodecs.decodeJpegLs(context));
// The codec leaves what the scans held: ISO/IEC 14495-1 with one component a scan gives colour by plane.
const jpegLs: Decoder = (codestream, frame) =>
  frame.samplesPerPixel > 1 && firstScanComponents(codestream) === 1
    ? byPixel(charls(codestream, { ...frame, planarConfiguration: 0 }), frame)
    : charls(codestream, { ...frame, planarConfiguration: 0 });
// PS3.5 A.4.14 Deflated Image Frame Compression: each frame a deflate stream of its native samples.
const deflated: Decoder = (codestream, frame) => {
  // One byte more than the frame may have: a longer stream stops there and is seen to be too long.
  const samples = inflateSync(codestream, { out: new Uint8Array(sampleBytes(frame) + 1) });
  return frame.planarConfiguration === 1 ? byPixel(samples, frame) : samples;
};
const jpeg2000 = native((context) => codecs.NativeCodecs.decodeJpeg2000(context));
const htJpeg2000 = native((context) => codecs.NativeCodecs.decodeHtJpeg2000(context));

const decoders: Record<string, Decoder> = {
  '1.2.840.10008.1.2.4.50': jpeg,
  '1.2.840.10008.1.2.4.51': jpeg,
  '1.2.840.10008.1.2.4.53': jpeg,
  '1.2.840.10008.1.2.4.55': jpeg,
  '1.2.840.10008.1.2.4.57': jpeg,
  '1.2.840.10008.1.2.4.70': jpeg,
  '1.2.840.10008.1.2.4.80': jpegLs,
  '1.2.840.10008.1.2.4.81': jpegLs,
  '1.2.840.10008.1.2.4.90': jpeg2000,
  '1.2.840.10008.1.2.4.91': jpeg2000,
  '1.2.840.10008.1.2.4.201': htJpeg2000,
  '1.2.840.10008.1.2.4.202': htJpeg2000,
  '1.2.840.10008.1.2.4.203': htJpeg2000,
  '1.2.840.10008.1.2.5': decodeRleFrame,
  '1.2.840.10008.1.2.8.1': deflated,
};

/** Whether frames of this transfer syntax can be decoded here. */
export const canDecode = (transferSyntaxUid: string): boolean => Object.hasOwn(decoders, transferSyntaxUid);

/**
 * Decodes one frame. Throws dimse/unsupported-transfer-syntax where no codec is at hand, request/malformed where the
 * codestream cannot be decoded or does not have the size that the attributes announce.
 */
export async function decodeFrame(
  transferSyntaxUid: string,
  codestream: Uint8Array,
  frame: FrameDescription,
): Promise<Uint8Array> {
  const decode = decoders[transferSyntaxUid];
  if (!decode) throw new Problem('dimse/unsupported-transfer-syntax', { transferSyntaxUid });
  if (!codecs.NativeCodecs.isInitialized()) await codecs.NativeCodecs.initializeAsync();
  let samples: Uint8Array;
  try {
    samples = decode(codestream, frame);
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    // A codec that trapped leaves its WebAssembly memory in an unknown state: the next frame gets a new instance.
    if (codecs.NativeCodecs.isInitialized()) codecs.NativeCodecs.release();
    throw new Problem('request/malformed', { reason: 'the codestream cannot be decoded' }, thrown);
  }
  const wanted = sampleBytes(frame);
  if (samples.length !== wanted) {
    throw new Problem('request/malformed', { reason: `the frame decodes to ${samples.length} bytes, not ${wanted}` });
  }
  return samples;
}

/** The size of a native frame in bytes; one-bit samples are packed (PS3.5 8.1.1). */
function sampleBytes(frame: FrameDescription): number {
  const samples = frame.rows * frame.columns * frame.samplesPerPixel;
  return frame.bitsAllocated === 1 ? Math.ceil(samples / 8) : samples * Math.ceil(frame.bitsAllocated / 8);
}

/** How many components the first scan of a JPEG or JPEG-LS codestream holds (its SOS marker segment), 0 where there is none. */
function firstScanComponents(codestream: Uint8Array): number {
  for (let at = 2; at + 4 < codestream.length; ) {
    if (codestream[at] !== 0xff) return 0;
    if (codestream[at + 1] === 0xda) return codestream[at + 4]!;
    at += 2 + ((codestream[at + 2]! << 8) | codestream[at + 3]!);
  }
  return 0;
}
