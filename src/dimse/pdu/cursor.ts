// Bounded reading and writing of the big-endian fields of PDUs. PS3.8 9.3.1: PDU fields are unsigned, most significant
// byte first.

/** PS3.8 9.3.8 Table 9-26: reasons of an A-ABORT whose source is the service-provider. */
export const abortReasons = {
  notSpecified: 0,
  unrecognizedPdu: 1,
  unexpectedPdu: 2,
  unrecognizedParameter: 4,
  unexpectedParameter: 5,
  invalidParameterValue: 6,
} as const;

/** A PDU that cannot be what it says (event Evt19): the provider aborts with `reason`. */
export class PduError extends Error {
  readonly reason: number;

  constructor(message: string, reason: number = abortReasons.invalidParameterValue) {
    super(message);
    this.name = 'PduError';
    this.reason = reason;
  }
}

export class Cursor {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    this.#need(1);
    return this.bytes[this.at++]!;
  }

  u16(): number {
    this.#need(2);
    return (this.bytes[this.at++]! << 8) | this.bytes[this.at++]!;
  }

  u32(): number {
    return this.u16() * 65536 + this.u16();
  }

  skip(count: number): void {
    this.#need(count);
    this.at += count;
  }

  /** A view, not a copy. */
  take(count: number): Uint8Array {
    this.#need(count);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** Characters of ISO 646; padding (space, and NUL which some peers use) is not significant at either end. */
  text(count: number): string {
    const raw = this.take(count);
    let [start, end] = [0, raw.length];
    while (end > start && isPadding(raw[end - 1]!)) end--;
    while (start < end && isPadding(raw[start]!)) start++;
    return String.fromCharCode(...raw.subarray(start, end));
  }

  #need(count: number): void {
    if (count > this.left) throw new PduError(`${count} bytes announced, ${this.left} left`);
  }
}

const isPadding = (byte: number): boolean => byte === 0x20 || byte === 0x00;

/** Grows as it is written to; lengths are filled in when what they count is complete. */
export class Builder {
  #bytes = new Uint8Array(256);
  #at = 0;

  u8(value: number): this {
    this.#room(1);
    this.#bytes[this.#at++] = value;
    return this;
  }

  u16(value: number): this {
    return this.u8(value >>> 8).u8(value & 0xff);
  }

  u32(value: number): this {
    return this.u16(value >>> 16).u16(value & 0xffff);
  }

  raw(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return this;
  }

  text(value: string): this {
    for (let i = 0; i < value.length; i++) this.u8(value.charCodeAt(i) & 0xff);
    return this;
  }

  /** `body`, with its length before it in 16 bits. */
  counted16(body: () => void): this {
    const start = this.u16(0).#at;
    body();
    const length = this.#at - start;
    if (length > 0xffff) throw new RangeError(`an item of ${length} bytes does not fit a 16-bit length`);
    this.#bytes[start - 2] = length >>> 8;
    this.#bytes[start - 1] = length & 0xff;
    return this;
  }

  /** A whole PDU: type, reserved byte, 32-bit length, `body`. */
  pdu(type: number, body: () => void): Uint8Array {
    this.u8(type).u8(0).u32(0);
    body();
    new DataView(this.#bytes.buffer).setUint32(2, this.#at - 6);
    return this.#bytes.subarray(0, this.#at);
  }

  #room(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + count));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
