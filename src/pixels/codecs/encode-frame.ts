// One frame of native samples as a codestream of a transfer syntax, PS3.5 8.2 and Annex A.4. The codecs are dcmjs-codecs and
// OpenJPH (WebAssembly); RLE is ours. Which syntaxes, and which frames each can hold, is the table below.

import type { Context, NativeCodecs } from 'dcmjs-codecs';
import { deflateSync } from 'fflate';
import { Problem } from '../../base/problem.ts';
import type { FrameDescription } from '../frame-description.ts';
import { ybrToRgb } from '../ybr.ts';
import { encodeRleFrame, MOST_SEGMENTS } from './encode-rle.ts';
import { firstWithin } from './first-within.ts';
import { encodeHtj2k } from './htj2k.ts';
import { contextOf, forgetNativeCodecs, nativeCodecs } from './native-codecs.ts';
import { precisionOf } from './precision.ts';

/** PS3.5 8.2.1: a lossy JPEG, its chroma halved in rows, as YBR_FULL_422 says; the quality, where none follows from a ratio. */
const JPEG = { lossy: true, sampleFactor: 1 };
const JPEG_QUALITY = 90;
/** On libjpeg's scale, best first. */
const JPEG_QUALITIES = Array.from({ length: 96 }, (_, n) => 98 - n);
/** PS3.5 A.4.2: selection value 1, which every reader of lossless JPEG knows. */
const JPEG_LOSSLESS = { lossy: false, predictor: 1, pointTransform: 0 };
/** ISO/IEC 14495-1 NEAR, in values of a sample. */
const NEAR = 2;
const NEARS = Array.from({ length: 64 }, (_, n) => n + 1);
/** JPEG 2000 irreversible: uncompressed to compressed. */
const JPEG_2000_RATE = 10;
/** HTJ2K irreversible: the quantization step, in values of a sample. */
const LOSSY_STEP = 2;
const LOSSY_STEPS = Array.from({ length: 160 }, (_, n) => 2 ** (n / 10 - 2));
/** The codec's JPEG 2000 needs an image that it can halve. */
const FEWEST_PIXELS = 2;

interface Encoder {
  /** Whether the syntax, and the codec, can hold such frames. */
  holds(frame: FrameDescription): boolean;
  /** `ratio`: see `encodeFrame`; syntaxes that lose nothing have none. */
  encode: Encode;
}

type Encode = (samples: Uint8Array, frame: FrameDescription, ratio?: number) => Uint8Array | Promise<Uint8Array>;

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
function encoder(holds: Encoder['holds'], encode: Encode): Encoder {
  return {
    holds,
    encode: (samples, frame, ratio) =>
      encode(samples, { ...frame, bitsStored: precisionOf(samples, frame), planarConfiguration: 0 }, ratio),
  };
}

type EncodeWith<Setting> = (samples: Uint8Array, frame: FrameDescription, setting: Setting) => Promise<Uint8Array>;

const native =
  <Setting = void>(
    encode: (codec: typeof NativeCodecs, context: Context, setting: Setting, frame: FrameDescription) => Context,
  ): EncodeWith<Setting> =>
  async (samples, frame, setting) => {
    const codec = await nativeCodecs();
    const context = contextOf(frame, { decodedBuffer: samples });
    const codestream = encode(codec, context, setting, frame).getEncodedBuffer();
    if (!codestream) throw new TypeError('the codec gave no codestream');
    return codestream.slice();
  };

/** With the first of `settings`, which lie from little loss to much, that reaches the ratio; the last where none does. */
const reaching =
  <Setting>(encode: EncodeWith<Setting>, usual: Setting, settings: readonly Setting[]): Encode =>
  (samples, frame, ratio) =>
    ratio === undefined
      ? encode(samples, frame, usual)
      : firstWithin(samples.length / ratio, settings, (setting) => encode(samples, frame, setting));

// The codec takes all colour for RGB.
const encodeJpeg = native<number>((codec, context, quality) => codec.encodeJpeg(context, { ...JPEG, quality }));
const jpegOfRgb = reaching(encodeJpeg, JPEG_QUALITY, JPEG_QUALITIES);
const jpeg = encoder(as8Bits, (samples, frame, ratio) =>
  jpegOfRgb(frame.photometricInterpretation === 'YBR_FULL' ? ybrToRgb.YBR_FULL!(samples) : samples, frame, ratio),
);
const jpegLossless = encoder(upTo16Bits, (samples, frame) =>
  native((codec, context) => codec.encodeJpeg(context, JPEG_LOSSLESS))(samples, frame),
);
// ISO/IEC 14495-1 knows no sign: where there is one, -1 and 0 are far apart, and nothing may be lost.
const encodeJpegLs = native<number>((codec, context, near, { pixelRepresentation }) =>
  codec.encodeJpegLs(context, { lossy: near > 0, allowedLossyError: pixelRepresentation === 1 ? 0 : near }),
);
const jpegLs = encoder(upTo16Bits, (samples, frame) => encodeJpegLs(samples, frame, 0));
const jpegLsNear = encoder((frame) => upTo16Bits(frame) && mayLose(frame), reaching(encodeJpegLs, NEAR, NEARS));
const asJpeg2000 = (frame: FrameDescription): boolean =>
  asWavelets(frame) && Math.min(frame.rows, frame.columns) >= FEWEST_PIXELS;
const encodeJpeg2000 = native<number | undefined>((codec, context, rate) =>
  codec.encodeJpeg2000(context, rate === undefined ? { lossy: false } : { lossy: true, rate }),
);
const jpeg2000 = encoder(asJpeg2000, (samples, frame) => encodeJpeg2000(samples, frame, undefined));
const jpeg2000Lossy = encoder(
  (frame) => asJpeg2000(frame) && mayLose(frame),
  (samples, frame, ratio = JPEG_2000_RATE) => encodeJpeg2000(samples, frame, ratio),
);
const htj2k = (rpcl: boolean) => encoder(asWavelets, (samples, frame) => encodeHtj2k(samples, frame, { rpcl }));
const htj2kLossy = encoder(
  (frame) => asWavelets(frame) && mayLose(frame),
  reaching(
    (samples, frame, step: number) => encodeHtj2k(samples, frame, { rpcl: false, step }),
    LOSSY_STEP,
    LOSSY_STEPS,
  ),
);

const encoders: Record<string, Encoder> = {
  '1.2.840.10008.1.2.1': { holds: () => true, encode: (samples) => samples },
  '1.2.840.10008.1.2.4.50': jpeg,
  // The codec at hand has no 12-bit lossy JPEG; 8 bits are of this syntax too (Process 2).
  '1.2.840.10008.1.2.4.51': jpeg,
  '1.2.840.10008.1.2.4.57': jpegLossless,
  '1.2.840.10008.1.2.4.70': jpegLossless,
  '1.2.840.10008.1.2.4.80': jpegLs,
  '1.2.840.10008.1.2.4.81': jpegLsNear,
  '1.2.840.10008.1.2.4.90': jpeg2000,
  '1.2.840.10008.1.2.4.91': jpeg2000Lossy,
  '1.2.840.10008.1.2.4.201': htj2k(false),
  '1.2.840.10008.1.2.4.202': htj2k(true),
  '1.2.840.10008.1.2.4.203': htj2kLossy,
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
 * One frame, given as decodeFrame gives it, as a codestream; lossless syntaxes give back these very samples. `ratio`: of a
 * lossy syntax, how many times smaller than native it becomes at least, as little more as its codec can, or as much as it
 * can where that is less; absent: a quality for looking at images. Throws dimse/unsupported-transfer-syntax where the
 * syntax, or this frame in it, cannot be written.
 */
export async function encodeFrame(
  transferSyntaxUid: string,
  samples: Uint8Array,
  frame: FrameDescription,
  ratio?: number,
): Promise<Uint8Array> {
  if (!canEncode(transferSyntaxUid, frame)) {
    throw new Problem('dimse/unsupported-transfer-syntax', { transferSyntaxUid });
  }
  try {
    return await encoders[transferSyntaxUid]!.encode(samples, frame, ratio);
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    forgetNativeCodecs();
    throw new Problem('request/malformed', { reason: 'the frame cannot be encoded' }, thrown);
  }
}
