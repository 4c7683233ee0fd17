// One compressed frame as native samples: little endian, colour by pixel (PS3.5 8.2, PS3.3 C.7.6.3.1.3). The codecs are
// dcmjs-codecs and OpenJPH (WebAssembly); RLE is ours.

import type { Context, NativeCodecs } from 'dcmjs-codecs';
import { inflateSync } from 'fflate';
import { Problem } from '../../base/problem.ts';
import type { FrameDescription } from '../frame-description.ts';
import { byPixel } from './by-pixel.ts';
import { firstScanComponents, precisionOfCodestream } from './codestream-header.ts';
import { decodeHtj2k } from './htj2k.ts';
import { contextOf, forgetNativeCodecs, nativeCodecs } from './native-codecs.ts';
import { widened } from './precision.ts';
import { decodeRleFrame } from './rle.ts';

type Decoder = (codestream: Uint8Array, frame: FrameDescription) => Uint8Array | Promise<Uint8Array>;

const native =
  (decode: (codec: typeof NativeCodecs, context: Context) => Context): Decoder =>
  async (codestream, frame) => {
    const codec = await nativeCodecs();
    const precision = precisionOfCodestream(codestream) ?? frame.bitsAllocated;
    // The codecs write as many bytes as the codestream's precision needs, and expect to be told so.
    const bitsAllocated = frame.bitsAllocated === 16 && precision <= 8 ? 8 : frame.bitsAllocated;
    const decoded = decode(codec, contextOf({ ...frame, bitsAllocated }, { encodedBuffer: codestream }));
    const samples = decoded.getDecodedBuffer();
    if (!samples) throw new Problem('request/malformed', { reason: 'the codec gave no samples' });
    return decoded.getPlanarConfiguration() === 1 ? byPixel(samples, { ...frame, bitsAllocated }) : samples;
  };

const jpeg = native((codec, context) => codec.decodeJpeg(context, { convertColorspaceToRgb: false }));
const charls = native((codec, context) => codec.decodeJpegLs(context));
// The codec leaves what the scans held: ISO/IEC 14495-1 with one component a scan gives colour by plane.
const jpegLs: Decoder = async (codestream, frame) => {
  const samples = await charls(codestream, { ...frame, planarConfiguration: 0 });
  return frame.samplesPerPixel > 1 && firstScanComponents(codestream) === 1 ? byPixel(samples, frame) : samples;
};
// PS3.5 A.4.14 Deflated Image Frame Compression: each frame a deflate stream of its native samples.
const deflated: Decoder = (codestream, frame) => {
  // One byte more than the frame may have: a longer stream stops there and is seen to be too long.
  const samples = inflateSync(codestream, { out: new Uint8Array(sampleBytes(frame) + 1) });
  return frame.planarConfiguration === 1 ? byPixel(samples, frame) : samples;
};
/** PS3.5 A.4.11 Encapsulated Uncompressed: a fragment of even length is a native frame, perhaps with a byte of padding. */
const uncompressed: Decoder = (bytes, frame) => {
  const samples = bytes.subarray(0, sampleBytes(frame));
  return frame.planarConfiguration === 1 ? byPixel(samples, frame) : samples;
};
const jpeg2000 = native((codec, context) => codec.decodeJpeg2000(context));
const jpegXl = native((codec, context) => codec.decodeJpegXl(context));

const decoders: Record<string, Decoder> = {
  '1.2.840.10008.1.2.1.98': uncompressed,
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
  '1.2.840.10008.1.2.4.110': jpegXl,
  '1.2.840.10008.1.2.4.111': jpegXl,
  '1.2.840.10008.1.2.4.112': jpegXl,
  '1.2.840.10008.1.2.4.201': decodeHtj2k,
  '1.2.840.10008.1.2.4.202': decodeHtj2k,
  '1.2.840.10008.1.2.4.203': decodeHtj2k,
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
  let samples: Uint8Array;
  try {
    samples = await decode(codestream, frame);
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    forgetNativeCodecs();
    throw new Problem('request/malformed', { reason: 'the codestream cannot be decoded' }, thrown);
  }
  const wanted = sampleBytes(frame);
  // A codestream with a precision of up to 8 decodes to bytes, though 16 bits are allocated.
  if (samples.length * 2 === wanted && frame.bitsAllocated === 16) return widened(samples, frame);
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
