// Finds the PDUs in the bytes of a connection. P-DATA-TFs are passed on piece by piece as views of what the socket gave,
// so an object of any size passes without being copied or held; other PDUs are small and are gathered whole. PS3.8 9.3.1.

import type { DimseLimits } from './limits.ts';
import { abortReasons, PduError } from './pdu/cursor.ts';
import { P_DATA_TF, PDV_HEADER_BYTES } from './pdu/p-data-tf.ts';
import { isPduType } from './pdu/pdu.ts';

export interface PduUser {
  /** The header of a P-DATA-TF has come; false: nothing more is to be read from this connection. */
  dataBegins(): boolean;
  /** A presentation data value begins. `control` is the message control header (PS3.8 E.2). */
  valueBegins(contextId: number, control: number, sizeBytes: number): void;
  /** Some bytes of that value, or its end. A promise holds back all that follows. */
  piece(bytes: Uint8Array, endsValue: boolean): void | Promise<void>;
  /** Any other PDU, whole; false as above. */
  control(type: number, body: Uint8Array): boolean;
}

const HEADER_BYTES = 6;
const NOTHING = new Uint8Array(0);

type Phase = 'header' | 'control' | 'value header' | 'value' | 'deaf';

export class PduStream {
  readonly #user: PduUser;
  readonly #limits: DimseLimits;
  #phase: Phase = 'header';
  #chunk: Uint8Array = NOTHING;
  #at = 0;
  /** A header of six bytes, as far as it has come. */
  readonly #header = new Uint8Array(HEADER_BYTES);
  #headerBytes = 0;
  #type = 0;
  /** A control PDU, as far as it has come; its buffer grows with it, so an announced length costs nothing. */
  #body: Uint8Array = NOTHING;
  #bodyBytes = 0;
  #pduLeft = 0;
  #valueLeft = 0;
  /** PDUs begun, for the one who watches progress. */
  count = 0;

  constructor(user: PduUser, limits: DimseLimits) {
    this.#user = user;
    this.#limits = limits;
  }

  get betweenPdus(): boolean {
    return this.#phase === 'header' && this.#headerBytes === 0;
  }

  /** Takes the next bytes. A promise: push no more until it settles. Throws (or rejects with) PduError. */
  push(chunk: Uint8Array): void | Promise<void> {
    this.#chunk = chunk;
    this.#at = 0;
    return this.#run();
  }

  get isDeaf(): boolean {
    return this.#phase === 'deaf';
  }

  /** Nothing more is understood: what comes is dropped. */
  goDeaf(): void {
    this.#phase = 'deaf';
    this.#body = NOTHING;
  }

  #run(): void | Promise<void> {
    while (this.#at < this.#chunk.length) {
      switch (this.#phase) {
        case 'header':
          if (this.#fillHeader()) this.#pduBegins();
          break;
        case 'control':
          this.#gather();
          break;
        case 'value header':
        case 'value': {
          const wait = this.#phase === 'value' ? this.#pass() : this.#valueBegins();
          if (wait) return wait.then(() => this.#run());
          break;
        }
        case 'deaf':
          this.#at = this.#chunk.length;
      }
    }
    this.#chunk = NOTHING;
  }

  #fillHeader(): boolean {
    while (this.#headerBytes < HEADER_BYTES && this.#at < this.#chunk.length)
      this.#header[this.#headerBytes++] = this.#chunk[this.#at++]!;
    if (this.#headerBytes < HEADER_BYTES) return false;
    this.#headerBytes = 0;
    return true;
  }

  #pduBegins(): void {
    this.#type = this.#header[0]!;
    const length = u32(this.#header, 2);
    this.count++;
    if (!isPduType(this.#type)) throw new PduError(`PDU type ${this.#type}`, abortReasons.unrecognizedPdu);
    this.#pduLeft = length;
    if (this.#type === P_DATA_TF) {
      if (length < PDV_HEADER_BYTES || length > this.#limits.pDataLengthAccepted)
        throw new PduError(`a P-DATA-TF of ${length} bytes`);
      if (this.#user.dataBegins()) this.#phase = 'value header';
      else this.goDeaf();
      return;
    }
    if (length > this.#limits.controlPduLength) throw new PduError(`a PDU of type ${this.#type} and ${length} bytes`);
    this.#bodyBytes = 0;
    this.#body = new Uint8Array(Math.min(length, 4_096));
    this.#phase = 'control';
    if (length === 0) this.#controlEnds();
  }

  #gather(): void {
    const piece = this.#chunk.subarray(this.#at, this.#at + this.#pduLeft);
    if (this.#bodyBytes + piece.length > this.#body.length) {
      const grown = new Uint8Array(Math.max(this.#body.length * 2, this.#bodyBytes + piece.length));
      grown.set(this.#body);
      this.#body = grown;
    }
    this.#body.set(piece, this.#bodyBytes);
    this.#bodyBytes += piece.length;
    this.#at += piece.length;
    this.#pduLeft -= piece.length;
    if (this.#pduLeft === 0) this.#controlEnds();
  }

  #controlEnds(): void {
    const body = this.#body.subarray(0, this.#bodyBytes);
    this.#phase = 'header';
    this.#body = NOTHING;
    if (!this.#user.control(this.#type, body)) this.goDeaf();
  }

  #valueBegins(): void | Promise<void> {
    if (!this.#fillHeader()) return;
    const length = u32(this.#header, 0);
    if (length < 2 || length + 4 > this.#pduLeft)
      throw new PduError(`a presentation data value of ${length} bytes in ${this.#pduLeft} of its PDU`);
    this.#valueLeft = length - 2;
    this.#pduLeft -= PDV_HEADER_BYTES;
    this.#user.valueBegins(this.#header[4]!, this.#header[5]!, this.#valueLeft);
    this.#phase = 'value';
    if (this.#valueLeft === 0) return this.#passed(this.#user.piece(NOTHING, true));
  }

  #pass(): void | Promise<void> {
    const bytes = this.#chunk.subarray(this.#at, this.#at + this.#valueLeft);
    this.#at += bytes.length;
    this.#valueLeft -= bytes.length;
    this.#pduLeft -= bytes.length;
    return this.#passed(this.#user.piece(bytes, this.#valueLeft === 0));
  }

  #passed(wait: void | Promise<void>): void | Promise<void> {
    if (this.#phase === 'value' && this.#valueLeft === 0) {
      if (this.#pduLeft > 0 && this.#pduLeft < PDV_HEADER_BYTES) throw new PduError('bytes after the last value');
      this.#phase = this.#pduLeft > 0 ? 'value header' : 'header';
    }
    return wait;
  }
}

const u32 = (bytes: Uint8Array, at: number): number =>
  bytes[at]! * 0x1000000 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
