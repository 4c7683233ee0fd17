// Frames per second and core that the codecs encode and decode: `node bench/codecs.ts`. A CT slice of 512 by 512 pixels, 12
// bits: a body of structure with noise in its lowest bits, which is what compression has to carry.

import { decodeFrame } from '../src/pixels/codecs/decode-frame.ts';
import { encodeFrame } from '../src/pixels/codecs/encode-frame.ts';
import { ctFrame, grayFrame } from '../src/pixels/testing/frames.ts';

const SECONDS = 1;

const frame = grayFrame(512, 512);

const syntaxes = {
  'HTJ2K .201': '1.2.840.10008.1.2.4.201',
  'HTJ2K RPCL .202': '1.2.840.10008.1.2.4.202',
  'JPEG 2000 .90': '1.2.840.10008.1.2.4.90',
  'JPEG-LS .80': '1.2.840.10008.1.2.4.80',
  'JPEG lossless .70': '1.2.840.10008.1.2.4.70',
  'RLE .5': '1.2.840.10008.1.2.5',
};

const samples = ctFrame(frame, 1, false);
console.log('syntax'.padEnd(20), 'ratio'.padStart(6), 'encode/s'.padStart(9), 'decode/s'.padStart(9));
for (const [name, uid] of Object.entries(syntaxes)) {
  const codestream = await encodeFrame(uid, samples, frame);
  const encoding = await rate(() => encodeFrame(uid, samples, frame));
  const decoding = await rate(() => decodeFrame(uid, codestream, frame));
  const ratio = (samples.length / codestream.length).toFixed(2);
  console.log(name.padEnd(20), ratio.padStart(6), encoding.padStart(9), decoding.padStart(9));
}

/** Calls a second, after the first ones have warmed up the code. */
async function rate(work: () => Promise<unknown>): Promise<string> {
  for (let i = 0; i < 20; i++) await work();
  const end = performance.now() + SECONDS * 1000;
  const began = performance.now();
  let calls = 0;
  for (; performance.now() < end; calls++) await work();
  return ((calls * 1000) / (performance.now() - began)).toFixed(0);
}
