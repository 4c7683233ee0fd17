// What stands for a patient, an identifier and a UID outside: functions of the key of one domain, so that what is sent again
// lines up with what was sent before, two domains have nothing in common, and nobody comes back without the key. Who keeps the
// key, and what it stands for, is the vault's.

import { newUid } from '../dicom/uid.ts';

/** HMAC-SHA-256 under the key of one domain: 32 bytes. */
export type Mac = (message: string) => Uint8Array;

export interface PatientNumber {
  issuer?: string;
  id?: string;
}

export interface PatientPseudonym {
  /** Patient ID and, there being nothing better to show, Patient's Name. */
  id: string;
  /** By which all dates of this patient move: -30 to -365, never into the future. */
  shiftDays: number;
}

/** Told of each pseudonym that is asked for, and what it stands for. */
export type Told = (kind: 'uid' | 'identifier', original: string, pseudonym: string) => void;

export const limits = {
  /** Pseudonyms that are remembered: an instance names the same ones as its neighbours. */
  remembered: 20_000,
} as const;

/** Least and number of days by which dates move. */
const [LEAST_SHIFT, SHIFTS] = [30, 336];

export class Pseudonyms {
  readonly #mac: Mac;
  readonly #known: Map<string, string>;
  readonly #told: Told | undefined;

  constructor(mac: Mac, told?: Told, known = new Map<string, string>()) {
    this.#mac = mac;
    this.#told = told;
    this.#known = known;
  }

  /** The same, and somebody is told of each: a pseudonym that nobody wrote down is one from which nobody comes back. */
  telling(told: Told): Pseudonyms {
    return new Pseudonyms(this.#mac, told, this.#known);
  }

  /** `otherwise` stands for whoever has no Patient ID. */
  patient({ issuer = '', id = '' }: PatientNumber, otherwise: string): PatientPseudonym {
    const who = JSON.stringify(id === '' ? ['nobody', otherwise] : ['patient', issuer, id]);
    const days = this.#mac(`shift ${who}`);
    const number = new DataView(days.buffer, days.byteOffset).getUint32(0);
    return { id: this.#remembered(`id ${who}`, base32), shiftDays: -(LEAST_SHIFT + (number % SHIFTS)) };
  }

  /** Of a UID of PS3.5 B.2: a UUID of version 8 (RFC 9562 5.8). */
  uid(uid: string): string {
    const pseudonym = this.#remembered(`uid ${uid}`, (bytes) => newUid(bytes, 8));
    this.#told?.('uid', uid, pseudonym);
    return pseudonym;
  }

  /** 16 characters, which an SH holds. One value of one `kind` (accession number, serial number …) is always the same. */
  identifier(kind: string, value: string): string {
    const pseudonym = this.#remembered(`identifier ${JSON.stringify([kind, value])}`, base32);
    this.#told?.('identifier', value, pseudonym);
    return pseudonym;
  }

  #remembered(message: string, made: (bytes: Uint8Array) => string): string {
    const known = this.#known.get(message);
    if (known !== undefined) return known;
    if (this.#known.size >= limits.remembered) this.#known.clear();
    const pseudonym = made(this.#mac(message));
    this.#known.set(message, pseudonym);
    return pseudonym;
  }
}

/** RFC 4648 6. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 80 bits as 16 characters. */
function base32(bytes: Uint8Array): string {
  let number = bytes.subarray(0, 10).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let i = 0; i < 16; i++) {
    text = ALPHABET[Number(number & 31n)]! + text;
    number >>= 5n;
  }
  return text;
}
