// Arrays as PostgreSQL sends and receives them in binary: no quoting on our side, no parsing on its side. A batch of rows
// travels as one such array for each column. (PostgreSQL source: array_recv; there is no description outside it.)

type Encode<T> = { oid: number; size(value: T): number; write(to: Buffer, value: T, at: number): void };

const text: Encode<string> = {
  oid: 25,
  size: (value) => Buffer.byteLength(value),
  write: (to, value, at) => to.write(value, at),
};

const encodings = {
  text,
  bytea: {
    oid: 17,
    size: (value) => value.length,
    write: (to, value, at) => to.set(value, at),
  } satisfies Encode<Uint8Array>,
  smallint: { oid: 21, size: () => 2, write: (to, value, at) => to.writeInt16BE(value, at) } satisfies Encode<number>,
  integer: { oid: 23, size: () => 4, write: (to, value, at) => to.writeInt32BE(value, at) } satisfies Encode<number>,
  /** Sizes, below 2^53; ids are text in JavaScript and `BigInt` here. */
  bigint: {
    oid: 20,
    size: () => 8,
    write: (to, value, at) => to.writeBigInt64BE(BigInt(value), at),
  } satisfies Encode<string | number>,
};

type Encodings = typeof encodings;
export type ArrayType = keyof Encodings;
export type ArrayValue<K extends ArrayType> = Encodings[K] extends Encode<infer T> ? T : never;

/** `values` as a parameter of type `type[]`; undefined and null become NULL. */
export function binaryArray<K extends ArrayType>(
  type: K,
  values: readonly (ArrayValue<K> | null | undefined)[],
): Buffer {
  const encoding = encodings[type] as unknown as Encode<ArrayValue<K>>;
  const sizes = values.map((value) => (value === undefined || value === null ? -1 : encoding.size(value)));
  const length = sizes.reduce((sum, size) => sum + 4 + Math.max(size, 0), 20);
  const to = Buffer.allocUnsafe(length);
  to.writeInt32BE(values.length === 0 ? 0 : 1, 0); // dimensions
  to.writeInt32BE(1, 4); // there may be NULLs
  to.writeInt32BE(encoding.oid, 8);
  if (values.length === 0) return to.subarray(0, 12);
  to.writeInt32BE(values.length, 12);
  to.writeInt32BE(1, 16); // lower bound
  let at = 20;
  for (const [index, value] of values.entries()) {
    const size = sizes[index]!;
    to.writeInt32BE(size, at);
    at += 4;
    if (size < 0) continue;
    encoding.write(to, value as ArrayValue<K>, at);
    at += size;
  }
  return to;
}
