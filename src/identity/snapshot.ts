// What an index holds as named parts, and parts as bytes, one after the other, so that neither who writes nor who reads
// needs all of it at once. A part is JSON, integers (little-endian, 32 bits) or texts.

export type Part = { name: string } & (
  | { json: unknown }
  | { ints: Int32Array<ArrayBuffer> }
  /** Together with those of parts of the same name, in their order. */
  | { texts: readonly string[] }
);

/** Who holds something takes it back part by part, by their names. */
export type Takers = Readonly<Record<string, (part: Part) => void>>;

/** Throws RangeError, as the others do, where the part is of another kind. */
export function intsOf(part: Part): Int32Array<ArrayBuffer> {
  if ('ints' in part) return part.ints;
  throw new RangeError(`${part.name} of the snapshot holds no integers`);
}

export function textsOf(part: Part): readonly string[] {
  if ('texts' in part) return part.texts;
  throw new RangeError(`${part.name} of the snapshot holds no texts`);
}

export function jsonOf<T>(part: Part): T {
  if ('json' in part) return part.json as T;
  throw new RangeError(`${part.name} of the snapshot is no JSON`);
}

const limits = {
  /** Of one part. */
  texts: 20_000,
} as const;

/** A list of texts as parts; its length is taken now, and what is appended later is not among them. */
export function* textParts(name: string, list: readonly string[]): Generator<Part> {
  const { length } = list;
  for (let from = 0; from < length; from += limits.texts) {
    yield { name, texts: list.slice(from, Math.min(from + limits.texts, length)) };
  }
}

interface Head {
  name: string;
  kind: 'json' | 'ints' | 'texts';
  sizeBytes: number;
  /** Of each text, in UTF-16 units. */
  lengths?: number[];
}

/** Each part: length of its head, its head in JSON, its bytes. */
export function* encodeParts(parts: Iterable<Part>): Generator<Uint8Array> {
  for (const part of parts) {
    const bytes = bytesOf(part);
    const head: Head = { name: part.name, kind: kindOf(part), sizeBytes: bytes.length };
    if ('texts' in part) head.lengths = part.texts.map((text) => text.length);
    const json = new TextEncoder().encode(JSON.stringify(head));
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, json.length);
    yield length;
    yield json;
    yield bytes;
  }
}

/** `read` gives the next bytes, as many as are asked for, or fewer at the end. Throws RangeError where these are no parts. */
export async function* decodeParts(
  read: (sizeBytes: number) => Promise<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Part> {
  for (;;) {
    const length = await read(4);
    if (length.length === 0) return;
    const head = headOf(await exactly(read, new DataView(whole(length, 4).buffer, length.byteOffset).getUint32(0)));
    yield partOf(head, await exactly(read, head.sizeBytes));
  }
}

async function exactly(
  read: (sizeBytes: number) => Promise<Uint8Array<ArrayBuffer>>,
  sizeBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return whole(await read(sizeBytes), sizeBytes);
}

function whole(bytes: Uint8Array<ArrayBuffer>, sizeBytes: number): Uint8Array<ArrayBuffer> {
  if (bytes.length !== sizeBytes) throw new RangeError('the snapshot is cut off');
  return bytes;
}

function headOf(bytes: Uint8Array): Head {
  const head = JSON.parse(new TextDecoder().decode(bytes)) as Head;
  if (!Number.isSafeInteger(head?.sizeBytes)) throw new RangeError('no part of a snapshot');
  return head;
}

const kindOf = (part: Part): Head['kind'] => ('json' in part ? 'json' : 'ints' in part ? 'ints' : 'texts');

function bytesOf(part: Part): Uint8Array {
  if ('ints' in part) return new Uint8Array(part.ints.buffer, part.ints.byteOffset, part.ints.byteLength);
  return new TextEncoder().encode('json' in part ? JSON.stringify(part.json) : part.texts.join(''));
}

function partOf({ name, kind, lengths = [] }: Head, bytes: Uint8Array<ArrayBuffer>): Part {
  if (kind === 'ints') {
    // Where they lie is a multiple of four for an array of its own alone.
    const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    return { name, ints: new Int32Array(own.buffer, own.byteOffset, own.byteLength / 4) };
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (kind === 'json') return { name, json: JSON.parse(text) };
  let at = 0;
  const texts = lengths.map((length) => {
    at += length;
    return text.slice(at - length, at);
  });
  return { name, texts };
}
