// Encodings without code extension, in which a byte below 80 may belong to a character: ISO_IR 192 (UTF-8), GB18030 and
// GBK (PS3.3 Table C.12-5), and what sites write instead of a term. The platform decodes; the way back is ours.

export interface WholeEncoding {
  /** Undefined when a byte sequence is not of this encoding. */
  decode(bytes: Uint8Array): string | undefined;
  /** As `decode`, with U+FFFD for what is not of this encoding. */
  decodeLeniently(bytes: Uint8Array): string;
  /** Undefined when a character is not of this encoding. */
  encode(text: string): Uint8Array | undefined;
}

const encodings = new Map<string, WholeEncoding>();

/** By defined term or, for encodings DICOM does not define, by the platform's label. */
export function wholeEncoding(term: string): WholeEncoding {
  const known = encodings.get(term);
  if (known !== undefined) return known;
  const label = labels[term] ?? term;
  const strict = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  const lenient = new TextDecoder(label, { ignoreBOM: true });
  const made: WholeEncoding = {
    decode(bytes) {
      try {
        return strict.decode(bytes);
      } catch {
        return undefined;
      }
    },
    decodeLeniently: (bytes) => lenient.decode(bytes),
    encode: encoders[term] ?? (() => undefined),
  };
  encodings.set(term, made);
  return made;
}

/** GBK decodes as GB18030, its superset, because senders do not keep to it. */
const labels: Record<string, string> = { 'ISO_IR 192': 'utf-8', GB18030: 'gb18030', GBK: 'gb18030' };

const utf8Encoder = new TextEncoder();

const encoders: Record<string, WholeEncoding['encode']> = {
  'ISO_IR 192': (text) => (isWellFormed(text) ? utf8Encoder.encode(text) : undefined),
  GB18030: (text) => encodeGb(text, gb18030()),
  GBK: (text) => encodeGb(text, gbk()),
};

/** No surrogate without its partner. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function encodeGb(text: string, codes: ReadonlyMap<string, number>): Uint8Array | undefined {
  const out: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0)!;
    if (point < 0x80) {
      out.push(point);
      continue;
    }
    const code = codes.get(character) ?? (codes === gb18030Codes ? supplementaryCode(point) : undefined);
    if (code === undefined) return undefined;
    for (const shift of code > 0xffff ? [24, 16, 8, 0] : [8, 0]) out.push((code >>> shift) & 0xff);
  }
  return Uint8Array.from(out);
}

let gbkCodes: ReadonlyMap<string, number> | undefined;
let gb18030Codes: ReadonlyMap<string, number> | undefined;

/** The two-byte codes, 8140 to FEFE. */
function gbk(): ReadonlyMap<string, number> {
  gbkCodes ??= codesOf(twoByteCodes());
  return gbkCodes;
}

/** The two-byte codes and the four-byte codes of the Basic Multilingual Plane, 81308130 to 8431A439. */
function gb18030(): ReadonlyMap<string, number> {
  gb18030Codes ??= codesOf([...twoByteCodes(), ...Array.from({ length: 39_420 }, (_, i) => fourByteCode(0x81, i))]);
  return gb18030Codes;
}

/** GB 18030: the supplementary planes follow linearly from 90308130. */
function supplementaryCode(point: number): number | undefined {
  return point >= 0x10000 ? fourByteCode(0x90, point - 0x10000) : undefined;
}

function twoByteCodes(): number[] {
  const codes: number[] = [];
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) if (second !== 0x7f) codes.push((first << 8) | second);
  }
  return codes;
}

/** The four bytes count in mixed radix 126, 10, 126, 10. */
function fourByteCode(first: number, linear: number): number {
  const digits = [
    first + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  ];
  return digits.reduce((code, digit) => code * 256 + digit, 0);
}

/** Asks the platform for all codes in one call, each on a line of its own. */
function codesOf(codes: readonly number[]): ReadonlyMap<string, number> {
  const bytes: number[] = [];
  for (const code of codes) {
    if (code > 0xffff) bytes.push((code >>> 24) & 0xff, (code >>> 16) & 0xff);
    bytes.push((code >>> 8) & 0xff, code & 0xff, 0x0a);
  }
  const lines = new TextDecoder('gb18030').decode(Uint8Array.from(bytes)).split('\n');
  const map = new Map<string, number>();
  codes.forEach((code, at) => {
    const character = lines[at]!;
    if (character.length === 1 && character !== '\ufffd' && !map.has(character)) map.set(character, code);
  });
  return map;
}
