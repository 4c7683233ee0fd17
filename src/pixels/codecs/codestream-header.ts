// What the headers of codestreams say: of JPEG and JPEG-LS the frame and scan headers (ISO/IEC 10918-1 B.2), of JPEG 2000
// the SIZ marker segment (ISO/IEC 15444-1 A.5.1).

const SOI = 0xffd8;
const SOS = 0xffda;
const SOC = 0xff4f;
const SIZ = 0xff51;

/** The precision of its samples in bits; undefined for what is none of these. */
export function precisionOfCodestream(codestream: Uint8Array): number | undefined {
  if (uint16(codestream, 0) === SOC && uint16(codestream, 2) === SIZ) return (codestream[42]! & 0x7f) + 1;
  for (const { marker, at } of segmentsOf(codestream)) if (isFrameHeader(marker)) return codestream[at + 4];
  return undefined;
}

/** How many components the first scan of a JPEG or JPEG-LS codestream holds, 0 where there is none. */
export function firstScanComponents(codestream: Uint8Array): number {
  for (const { marker, at } of segmentsOf(codestream)) if (marker === SOS) return codestream[at + 4]!;
  return 0;
}

/** The marker segments up to the first scan; `at` is where the marker stands. */
function* segmentsOf(codestream: Uint8Array): Generator<{ marker: number; at: number }> {
  if (uint16(codestream, 0) !== SOI) return;
  for (let at = 2; at + 4 < codestream.length; ) {
    // ISO/IEC 10918-1 B.1.1.2: any marker may be preceded by fill bytes.
    if (codestream[at] === 0xff && codestream[at + 1] === 0xff) {
      at += 1;
      continue;
    }
    const marker = uint16(codestream, at);
    if (marker < 0xff00) return;
    yield { marker, at };
    if (marker === SOS) return;
    at += 2 + uint16(codestream, at + 2);
  }
}

/** SOF0 to SOF15 without DHT, JPG and DAC between them, and SOF55 of JPEG-LS. */
function isFrameHeader(marker: number): boolean {
  if (marker === 0xfff7) return true;
  return marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc;
}

const uint16 = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;
