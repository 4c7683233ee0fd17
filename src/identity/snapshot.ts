// An index as bytes and back, so that a node is ready again without asking the log for everything: a length, JSON, then the
// typed arrays it names, each at a multiple of four.

export interface Packed {
  json: unknown;
  arrays: Record<string, Int32Array>;
}

const magic = 0x46494458;

export function pack({ json, arrays }: Packed): Uint8Array {
  const names = Object.keys(arrays);
  const head = new TextEncoder().encode(
    JSON.stringify({ json, lengths: names.map((name) => [name, arrays[name]!.length]) }),
  );
  const start = 8 + padded(head.length);
  const bytes = new Uint8Array(start + 4 * names.reduce((sum, name) => sum + arrays[name]!.length, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic);
  view.setUint32(4, head.length);
  bytes.set(head, 8);
  let at = start;
  for (const name of names) {
    const array = arrays[name]!;
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/** Throws RangeError where these are not the bytes of `pack`. */
export function unpack(bytes: Uint8Array): Packed {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0) !== magic) throw new RangeError('no snapshot of an identity index');
  const headLength = view.getUint32(4);
  const { json, lengths } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headLength)));
  const arrays: Record<string, Int32Array> = {};
  let at = 8 + padded(headLength);
  for (const [name, length] of lengths as [string, number][]) {
    const array = new Int32Array(length);
    new Uint8Array(array.buffer).set(bytes.subarray(at, at + 4 * length));
    arrays[name] = array;
    at += 4 * length;
  }
  return { json, arrays };
}

const padded = (length: number): number => (length + 3) & ~3;
