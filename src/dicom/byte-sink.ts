// Bytes on their way out: small ones are gathered, large ones are passed on as they are.

const FIRST_ROOM_BYTES = 256;
const GATHERED_BYTES = 8192;
const PASSED_ON_FROM_BYTES = 2048;

export class ByteSink {
  readonly #parts: Uint8Array[] = [];
  #gathered = new Uint8Array(FIRST_ROOM_BYTES);
  #at = 0;
  #passed = 0;

  get sizeBytes(): number {
    return this.#passed + this.#at;
  }

  bytes(bytes: Uint8Array): void {
    if (bytes.length >= PASSED_ON_FROM_BYTES) {
      this.#flush();
      this.#parts.push(bytes);
      this.#passed += bytes.length;
    } else {
      this.#room(bytes.length);
      this.#gathered.set(bytes, this.#at);
      this.#at += bytes.length;
    }
  }

  uint8(value: number): void {
    this.#room(1);
    this.#gathered[this.#at++] = value;
  }

  uint16(value: number, littleEndian: boolean): void {
    this.#room(2);
    this.#gathered[this.#at++] = littleEndian ? value & 0xff : value >>> 8;
    this.#gathered[this.#at++] = littleEndian ? value >>> 8 : value & 0xff;
  }

  uint32(value: number, littleEndian: boolean): void {
    this.uint16(littleEndian ? value & 0xffff : value >>> 16, littleEndian);
    this.uint16(littleEndian ? value >>> 16 : value & 0xffff, littleEndian);
  }

  /** Takes over what another sink gathered, which is not to be used any more. */
  join(other: ByteSink): void {
    for (const part of other.take()) this.bytes(part);
  }

  /** All bytes so far, in order, and begins anew. */
  take(): Uint8Array[] {
    this.#flush();
    this.#passed = 0;
    return this.#parts.splice(0);
  }

  #room(length: number): void {
    const needed = this.#at + length;
    if (needed <= this.#gathered.length) return;
    if (needed > GATHERED_BYTES) this.#flush();
    const larger = new Uint8Array(Math.min(GATHERED_BYTES, Math.max(2 * this.#gathered.length, 2 * length)));
    if (larger.length <= this.#gathered.length) return;
    larger.set(this.#gathered.subarray(0, this.#at));
    this.#gathered = larger;
  }

  #flush(): void {
    if (this.#at === 0) return;
    this.#parts.push(this.#gathered.slice(0, this.#at));
    this.#passed += this.#at;
    this.#at = 0;
  }
}
