// The data dictionary: tag, keyword, VR and VM of every standard element (PS3.6, PS3.7 Annex E) and of the private
// elements of the main vendors. The rows are text and are split at the first question, not at import.

import { dictionaryRows } from './dictionary-data.generated.ts';
import { privateDictionaryRows } from './private-dictionary-data.generated.ts';
import { elementOf, groupOf, isPrivate, isPrivateCreator, tagOfHex } from './tag.ts';
import type { VR } from './vr.ts';

export interface DictionaryEntry {
  /** For a repeating group or element: the tag asked for. */
  tag: number;
  /** Empty where PS3.6 has retired the row and left it blank, and for private elements the vendor does not name. */
  keyword: string;
  name: string;
  /** More than one where PS3.6 says `US or SS`; none for the delimiters of group FFFE. */
  vrs: readonly VR[];
  vm: string;
  retired: boolean;
}

/** The entry of a standard element, or of a private one when its Private Creator is given; undefined when unknown. */
export function entryOf(tag: number, privateCreator?: string): DictionaryEntry | undefined {
  if (isPrivate(tag)) return privateEntryOf(tag, privateCreator);
  const { exact, repeating } = standardDictionary();
  const entry = exact.get(tag);
  if (entry !== undefined) return entry;
  for (const [mask, entries] of repeating) {
    const found = entries.get((tag & mask) >>> 0);
    if (found !== undefined) return { ...found, tag };
  }
  return undefined;
}

/** The tag of a keyword (`PatientID`) or of eight hexadecimal digits (`00100020`); undefined when it is neither. */
export function tagOf(keywordOrHex: string): number | undefined {
  return standardDictionary().keywords.get(keywordOrHex) ?? tagOfHex(keywordOrHex);
}

/** Every keyword of the standard, for telling which one was meant. */
export function keywords(): Iterable<string> {
  return standardDictionary().keywords.keys();
}

/**
 * The VR to assume where none is written, that is in implicit VR (PS3.5 7.1.3): OW wherever the standard allows it
 * (PS3.5 A.1: Pixel Data, Overlay Data, Waveform Data and LUTs in implicit VR are OW), otherwise the first that PS3.6
 * names (US before SS). UN when the element is unknown (PS3.5 6.2.2).
 */
export function vrOf(tag: number, privateCreator?: string): VR {
  if (elementOf(tag) === 0) return 'UL';
  if (isPrivateCreator(tag)) return 'LO';
  const vrs = entryOf(tag, privateCreator)?.vrs;
  if (vrs === undefined || vrs.length === 0) return 'UN';
  return vrs.length > 1 && vrs.includes('OW') ? 'OW' : vrs[0]!;
}

interface StandardDictionary {
  exact: Map<number, DictionaryEntry>;
  /** Repeating groups and elements (PS3.6: 50xx, 60xx, (0020,31xx), …): tags with the varying digits masked out. */
  repeating: Map<number, Map<number, DictionaryEntry>>;
  keywords: Map<string, number>;
}

let standard: StandardDictionary | undefined;

function standardDictionary(): StandardDictionary {
  standard ??= readStandardDictionary();
  return standard;
}

function readStandardDictionary(): StandardDictionary {
  const dictionary: StandardDictionary = { exact: new Map(), repeating: new Map(), keywords: new Map() };
  for (const line of dictionaryRows.split('\n')) {
    if (line === '') continue;
    const [digits, vr, vm, retired, keyword, name] = line.split('\t') as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const tag = Number.parseInt(digits.replaceAll('X', '0'), 16);
    const entry = { tag, keyword, name, vrs: vrsOf(vr), vm, retired: retired === 'R' };
    if (keyword !== '') dictionary.keywords.set(keyword, tag);
    if (!digits.includes('X')) {
      dictionary.exact.set(tag, entry);
      continue;
    }
    const mask = Number.parseInt(digits.replace(/[^X]/g, 'F').replaceAll('X', '0'), 16);
    const entries = dictionary.repeating.get(mask) ?? new Map<number, DictionaryEntry>();
    dictionary.repeating.set(mask, entries.set(tag, entry));
  }
  return dictionary;
}

/** The columns name few combinations of VRs, so the entries share their arrays. */
const vrLists = new Map<string, readonly VR[]>([['', []]]);

function vrsOf(column: string): readonly VR[] {
  const list = vrLists.get(column) ?? (column.split(' ') as VR[]);
  vrLists.set(column, list);
  return list;
}

/** Private Creator → (group, element within the block) → entry with the tag of that pair. */
let privateCreators: Map<string, Map<number, DictionaryEntry>> | undefined;

/** PS3.5 7.8.1: a block may stand anywhere in (gggg,10xx-FFxx), so only the last two digits of the element identify. */
function privateEntryOf(tag: number, privateCreator: string | undefined): DictionaryEntry | undefined {
  if (privateCreator === undefined || elementOf(tag) < 0x1000) return undefined;
  privateCreators ??= readPrivateDictionary();
  const found = privateCreators.get(privateCreator.trim())?.get(((groupOf(tag) << 16) | (tag & 0xff)) >>> 0);
  return found && { ...found, tag };
}

function readPrivateDictionary(): Map<string, Map<number, DictionaryEntry>> {
  const creators = new Map<string, Map<number, DictionaryEntry>>();
  let rows = new Map<number, DictionaryEntry>();
  for (const line of privateDictionaryRows.split('\n')) {
    if (line.startsWith('>')) {
      rows = new Map();
      creators.set(line.slice(1).trim(), rows);
    } else if (line !== '') {
      const [digits, vr, vm, keyword] = line.split('\t') as [string, string, string, string];
      const tag = Number.parseInt(`${digits.slice(0, 4)}00${digits.slice(4)}`, 16);
      rows.set(tag, { tag, keyword, name: keyword, vrs: vrsOf(vr), vm, retired: false });
    }
  }
  return creators;
}
