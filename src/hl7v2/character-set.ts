// MSH-18 and the bytes of a message: HL7 v2.8.2 2.14.9.18 with table 0211. What a sender declares is tried first; where
// its own bytes contradict it, they win and a finding says so.

import type { Finding } from './finding.ts';
import { decodeIso2022Jp } from './iso2022-jp.ts';

/** A name of table 0211, as it is written in MSH-18. */
export type CharacterSetName = string;

export interface Decoded {
  text: string;
  /** In force, which may differ from what was declared. */
  characterSet: CharacterSetName;
}

const UTF8 = 'UNICODE UTF-8';
const LATIN1 = '8859/1';

/** The names of table 0211 by the label that the Encoding Standard has for them. */
const labels: ReadonlyMap<CharacterSetName, string> = new Map([
  ['ASCII', 'utf-8'],
  [UTF8, 'utf-8'],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16].map((part) => [`8859/${part}`, `iso-8859-${part}`] as const),
  ['GB 18030-2000', 'gb18030'],
  ['BIG-5', 'big5'],
  ['KS X 1001', 'euc-kr'],
]);

const japanese: ReadonlySet<CharacterSetName> = new Set(['ISO IR14', 'ISO IR87', 'ISO IR159']);

/** What senders write instead of the names of the table. */
const spellings: ReadonlyMap<string, CharacterSetName> = new Map([
  ['ISOIR6', 'ASCII'],
  ['USASCII', 'ASCII'],
  ['UTF8', UTF8],
  ['UNICODE', UTF8],
  ['UNICODEUTF8', UTF8],
  ['LATIN1', LATIN1],
  ['ISOIR100', LATIN1],
  ['WINDOWS1252', LATIN1],
  ['CP1252', LATIN1],
  ['GB18030', 'GB 18030-2000'],
  ['GB2312', 'GB 18030-2000'],
  ['GBK', 'GB 18030-2000'],
  ['BIG5', 'BIG-5'],
  ['EUCKR', 'KS X 1001'],
  ['KSC5601', 'KS X 1001'],
  ['ISOIR149', 'KS X 1001'],
  ['ISO2022JP', 'ISO IR87'],
]);

/**
 * The text of `bytes`. `declared` are the repetitions of MSH-18, first to last; `assumed` is what this sender uses when it
 * declares nothing.
 */
export function decode(
  bytes: Uint8Array,
  declared: readonly string[],
  findings: Finding[],
  assumed?: CharacterSetName,
): Decoded {
  const names = declared.map((name) => tableName(name.trim())).filter((name) => name !== undefined);
  if (names.length < declared.filter((name) => name.trim() !== '').length) {
    findings.push({ where: 'MSH-18', what: 'not a character set of table 0211', assumed: 'what the bytes look like' });
  }
  if (bytes.includes(0x1b) || names.some((name) => japanese.has(name))) {
    const name = names.find((each) => japanese.has(each)) ?? 'ISO IR87';
    if (!bytes.some(isHigh)) return { text: decodeIso2022Jp(bytes), characterSet: name };
  }
  if (!bytes.some(isHigh)) return { text: decoder('utf-8').decode(bytes), characterSet: names[0] ?? 'ASCII' };
  const first = names[0] ?? assumed;
  const name = first === undefined || first === 'ASCII' || japanese.has(first) ? undefined : first;
  const asUtf8 = utf8OrUndefined(bytes);
  // Text in another character set is hardly ever well-formed UTF-8 by accident.
  if (asUtf8 !== undefined) {
    if (name !== UTF8) findings.push(contradicted(first, UTF8));
    return { text: asUtf8, characterSet: UTF8 };
  }
  const inForce = name === undefined || name === UTF8 ? LATIN1 : name;
  if (inForce !== first) findings.push(contradicted(first, inForce));
  return { text: decoder(labels.get(inForce)!).decode(bytes), characterSet: inForce };
}

/** Whether `encode` writes this character set; texts for a sender of another go out as UNICODE UTF-8. */
export function isWritable(name: CharacterSetName): boolean {
  return name === UTF8 || name === 'ASCII' || name.startsWith('8859/');
}

/** The bytes of `text`, or undefined where a character is not in this set. */
export function encode(text: string, name: CharacterSetName): Uint8Array | undefined {
  if (name === UTF8) return new TextEncoder().encode(text);
  const codes = name === 'ASCII' ? undefined : codesOf(labels.get(name)!);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const code = unit < 0x80 ? unit : codes?.get(unit);
    if (code === undefined) return undefined;
    bytes[at] = code;
  }
  return bytes;
}

/** The name of table 0211 that was meant; undefined where none is, or it is empty. */
function tableName(written: string): CharacterSetName | undefined {
  if (written === '') return undefined;
  if (labels.has(written) || japanese.has(written)) return written;
  const key = written.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const part = /^(?:ISO)?8859(\d{1,2})$/.exec(key)?.[1];
  if (part !== undefined && labels.has(`8859/${part}`)) return `8859/${part}`;
  const known = [...labels.keys(), ...japanese].find((name) => name.toUpperCase().replace(/[^A-Z0-9]/g, '') === key);
  return known ?? spellings.get(key);
}

function contradicted(declared: string | undefined, inForce: CharacterSetName): Finding {
  const what = declared === undefined ? 'bytes beyond ASCII and no character set' : `the bytes are not ${declared}`;
  return { where: 'MSH-18', what, assumed: inForce };
}

const isHigh = (byte: number): boolean => byte >= 0x80;

function utf8OrUndefined(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

// A byte order mark is taken off by the reader, which tells of it.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
type Decoder = InstanceType<typeof TextDecoder>;
const decoders = new Map<string, Decoder>();

function decoder(label: string): Decoder {
  let found = decoders.get(label);
  if (found === undefined) {
    found = new TextDecoder(label, { ignoreBOM: true });
    decoders.set(label, found);
  }
  return found;
}

const reversed = new Map<string, ReadonlyMap<number, number>>();

/** The bytes above 0x9f of a single-byte set by their characters. */
function codesOf(label: string): ReadonlyMap<number, number> {
  let found = reversed.get(label);
  if (found === undefined) {
    // What the Encoding Standard reads at 0x80 to 0x9f is of Windows, not of ISO 8859.
    const high = Uint8Array.from({ length: 96 }, (_, at) => 0xa0 + at);
    const text = decoder(label).decode(high);
    found = new Map(Array.from(text, (character, at) => [character.charCodeAt(0), 0xa0 + at]));

    reversed.set(label, found);
  }
  return found;
}
