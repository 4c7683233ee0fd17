// One frame of native samples as a codestream of a transfer syntax, PS3.5 8.2 and Annex A.4. The codecs are dcmjs-codecs and
// OpenJPH (WebAssembly); RLE is ours. Which syntaxes, and which frames each can hold, is the table below.

import type { Context, NativeCodecs } from 'dcmjs-codecs';
import { deflateSync } from 'fflate';
import { Problem } from '../../base/problem.ts';
import type { FrameDescription } from '../frame-description.ts';
import { ybrToRgb } from '../ybr.ts';
import { encodeRleFrame, MOST_SEGMENTS } from './encode-rle.ts';
import { encodeHtj2k, type Htj2kOptions } from './htj2k.ts';
import { contextOf, forgetNativeCodecs, nativeCodecs } from './native-codecs.ts';
import { precisionOf } from './precision.ts';

/** PS3.5 8.2.1: the quality of a lossy JPEG (libjpeg's scale), and chroma halved in rows: what YBR_FULL_422 says. */
const JPEG = { lossy: true, quality: 90, sampleFactor: 1 };
/** PS3.5 A.4.2: selection value 1, which every reader of lossless JPEG knows. */
const JPEG_LOSSLESS = { lossy: false, predictor: 1, pointTransform: 0 };
/** ISO/IEC 14495-1 NEAR, in values of a sample. */
const NEAR = 2;
/** JPEG 2000 irreversible: uncompressed to compressed. */
const JPEG_2000_RATE = 10;
/** The codec's JPEG 2000 needs an image that it can halve. */
const FEWEST_PIXELS = 2;

interface Encoder {
  /** Whether the syntax, and the codec, can hold such frames. */
  holds(frame: FrameDescription): boolean;
  encode(samples: Uint8Array, frame: FrameDescription): Uint8Array | Promise<Uint8Array>;
}

const isGrayOrColour = ({ samplesPerPixel }: FrameDescription): boolean =>
  samplesPerPixel === 1 || samplesPerPixel === 3;

/** Native 4:2:2 frames (PS3.3 C.7.6.3.1.2) hold fewer samples than pixels. */
const isSubsampled = ({ photometricInterpretation }: FrameDescription): boolean =>
  /_42[02]$/.test(photometricInterpretation);

const hasWholeSamples = (frame: FrameDescription): boolean =>
  frame.bitsAllocated % 8 === 0 && isGrayOrColour(frame) && !isSubsampled(frame);

const upTo16Bits = (frame: FrameDescription): boolean =>
  hasWholeSamples(frame) && (frame.bitsAllocated === 8 || frame.bitsAllocated === 16);

/** The codecs at hand write signed bytes, and colour of more than 8 bits, wrongly. */
const asWavelets = (frame: FrameDescription): boolean =>
  upTo16Bits(frame) &&
  !(frame.pixelRepresentation === 1 && frame.bitsAllocated === 8) &&
  !(frame.samplesPerPixel === 3 && frame.bitsAllocated > 8);

/** Indices of a palette are no shades that may be near each other. */
const mayLose = ({ photometricInterpretation }: FrameDescription): boolean =>
  photometricInterpretation !== 'PALETTE COLOR';

const as8Bits = (frame: FrameDescription): boolean =>
  upTo16Bits(frame) &&
  frame.bitsAllocated === 8 &&
  frame.bitsStored === 8 &&
  frame.pixelRepresentation === 0 &&
  mayLose(frame);

/** The frame as its codec wants it: the precision as Bits Stored. */
function encoder(
  holds: Encoder['holds'],
  encode: (samples: Uint8Array, frame: FrameDescription) => Uint8Array | Promise<Uint8Array>,
): Encoder {
  return {
    holds,
    encode: (samples, frame) =>
      encode(samples, { ...frame, bitsStored: precisionOf(samples, frame), planarConfiguration: 0 }),
  };
}

const native =
  (encode: (codec: typeof NativeCodecs, context: Context, frame: FrameDescription) => Context) =>
  async (samples: Uint8Array, frame: FrameDescription): Promise<Uint8Array> => {
    const codec = await nativeCodecs();
    const codestream = encode(codec, contextOf(frame, { decodedBuffer: samples }), frame).getEncodedBuffer();
    if (!codestream) throw new TypeError('the codec gave no codestream');
    return codestream.slice();
  };

// The codec takes all colour for RGB.
const encodeJpeg = native((codec, context) => codec.encodeJpeg(context, JPEG));
const jpeg = encoder(as8Bits, (samples, frame) =>
  encodeJpeg(frame.photometricInterpretation === 'YBR_FULL' ? ybrToRgb.YBR_FULL!(samples) : samples, frame),
);
const jpegLossless = encoder(
  upTo16Bits,
  native((codec, context) => codec.encodeJpeg(context, JPEG_LOSSLESS)),
);
// ISO/IEC 14495-1 knows no sign: where there is one, -1 and 0 are far apart, and nothing may be lost.
const jpegLs = (near: number) =>
  encoder(
    (frame) => upTo16Bits(frame) && (near === 0 || mayLose(frame)),
    native((codec, context, { pixelRepresentation }) =>
      codec.encodeJpegLs(context, {
        lossy: near > 0,
        allowedLossyError: pixelRepresentation === 1 ? 0 : near,
      }),
    ),
  );
const jpeg2000 = (lossy: boolean) =>
  encoder(
    (frame) => asWavelets(frame) && Math.min(frame.rows, frame.columns) >= FEWEST_PIXELS && (!lossy || mayLose(frame)),
    native((codec, context) => codec.encodeJpeg2000(context, lossy ? { lossy, rate: JPEG_2000_RATE } : { lossy })),
  );
const htj2k = (options: Htj2kOptions) =>
  encoder(
    (frame) => asWavelets(frame) && (options.reversible || mayLose(frame)),
    (samples, frame) => encodeHtj2k(samples, frame, options),
  );

const encoders: Record<string, Encoder> = {
  '1.2.840.10008.1.2.1': { holds: () => true, encode: (samples) => samples },
  '1.2.840.10008.1.2.4.50': jpeg,
  // The codec at hand has no 12-bit lossy JPEG; 8 bits are of this syntax too (Process 2).
  '1.2.840.10008.1.2.4.51': jpeg,
  '1.2.840.10008.1.2.4.57': jpegLossless,
  '1.2.840.10008.1.2.4.70': jpegLossless,
  '1.2.840.10008.1.2.4.80': jpegLs(0),
  '1.2.840.10008.1.2.4.81': jpegLs(NEAR),
  '1.2.840.10008.1.2.4.90': jpeg2000(false),
  '1.2.840.10008.1.2.4.91': jpeg2000(true),
  '1.2.840.10008.1.2.4.201': htj2k({ reversible: true, rpcl: false }),
  '1.2.840.10008.1.2.4.202': htj2k({ reversible: true, rpcl: true }),
  '1.2.840.10008.1.2.4.203': htj2k({ reversible: false, rpcl: false }),
  '1.2.840.10008.1.2.5': {
    holds: (frame) => hasWholeSamples(frame) && (frame.bitsAllocated / 8) * frame.samplesPerPixel <= MOST_SEGMENTS,
    encode: encodeRleFrame,
  },
  '1.2.840.10008.1.2.8.1': { holds: (frame) => !isSubsampled(frame), encode: (samples) => deflateSync(samples) },
};

/** Whether frames can be encoded in this transfer syntax here: at all, or frames like this one. */
export function canEncode(transferSyntaxUid: string, frame?: FrameDescription): boolean {
  if (!Object.hasOwn(encoders, transferSyntaxUid)) return false;
  return frame === undefined || encoders[transferSyntaxUid]!.holds(frame);
}

/**
 * One frame, given as decodeFrame gives it, as a codestream; lossless syntaxes give back these very samples. Throws
 * dimse/unsupported-transfer-syntax where the syntax, or this frame in it, cannot be written.
 */
export async function encodeFrame(
  transferSyntaxUid: string,
  samples: Uint8Array,
  frame: FrameDescription,
): Promise<Uint8Array> {
  if (!canEncode(transferSyntaxUid, frame)) {
    throw new Problem('dimse/unsupported-transfer-syntax', { transferSyntaxUid });
  }
  try {
    return await encoders[transferSyntaxUid]!.encode(samples, frame);
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    forgetNativeCodecs();
    throw new Problem('request/malformed', { reason: 'the frame cannot be encoded' }, thrown);
  }
}
