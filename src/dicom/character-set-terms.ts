// Specific Character Set (0008,0005) as sites write it: the defined terms of PS3.3 C.12.1.1.2, and what misspelt ones
// and the names of other standards mean.

import { graphicSets } from './graphic-sets.ts';

/** One value, understood. `term` is a defined term, or the label of an encoding DICOM does not define. */
export interface Understood {
  term: string;
  kind: 'iso-ir' | 'iso-2022' | 'whole' | 'foreign';
  /** The ISO-IR number of the first two kinds; 0 otherwise. */
  ir: number;
  misspelt: boolean;
}

/** The terms that stand alone: no code extension, and a byte below 80 may belong to a character (PS3.5 6.1.2.4). */
const wholeTerms = ['ISO_IR 192', 'GB18030', 'GBK'];

/** ISO-IR sets that only code extension can reach (PS3.3 Tables C.12-3 and C.12-4). */
const extensionOnly = [6, 58, 87, 149, 159];

/** ISO-IR numbers that are defined terms; 14 is the half of 13 that no term names. */
const isoIrNumbers = new Set([...graphicSets.keys()].filter((ir) => ir !== 14));

/** Names of other registries for what DICOM has a term for, with everything but letters and digits dropped. */
const otherNames: Record<string, string> = {
  UTF8: 'ISO_IR 192',
  UNICODE: 'ISO_IR 192',
  UNICODE11UTF8: 'ISO_IR 192',
  ASCII: 'ISO 2022 IR 6',
  USASCII: 'ISO 2022 IR 6',
  ISO646: 'ISO 2022 IR 6',
  ISO88591: 'ISO_IR 100',
  LATIN1: 'ISO_IR 100',
  WINDOWS1252: 'ISO_IR 100',
  CP1252: 'ISO_IR 100',
  ISO88592: 'ISO_IR 101',
  LATIN2: 'ISO_IR 101',
  ISO88593: 'ISO_IR 109',
  LATIN3: 'ISO_IR 109',
  ISO88594: 'ISO_IR 110',
  LATIN4: 'ISO_IR 110',
  ISO88595: 'ISO_IR 144',
  ISO88596: 'ISO_IR 127',
  ISO88597: 'ISO_IR 126',
  ISO88598: 'ISO_IR 138',
  ISO88599: 'ISO_IR 148',
  LATIN5: 'ISO_IR 148',
  ISO885911: 'ISO_IR 166',
  TIS620: 'ISO_IR 166',
  ISO885915: 'ISO_IR 203',
  LATIN9: 'ISO_IR 203',
  ISO2022JP: 'ISO 2022 IR 87',
  ISO2022KR: 'ISO 2022 IR 149',
  EUCKR: 'ISO 2022 IR 149',
  KSC5601: 'ISO 2022 IR 149',
  GB2312: 'GBK',
  GB231280: 'GBK',
  CP936: 'GBK',
  GB180302000: 'GB18030',
};

/** What one value of (0008,0005) says; undefined when nobody can tell. An empty value is the default repertoire. */
export function understand(value: string): Understood | undefined {
  const trimmed = value.trim();
  if (trimmed === '') return { term: '', kind: 'iso-ir', ir: 6, misspelt: false };
  return definedTerm(trimmed) ?? similarTerm(trimmed) ?? foreignEncoding(trimmed);
}

function definedTerm(text: string): Understood | undefined {
  if (wholeTerms.includes(text)) return { term: text, kind: 'whole', ir: 0, misspelt: false };
  const digits = /^ISO(?:_| 2022 )IR (\d+)$/.exec(text)?.[1];
  const ir = Number(digits);
  if (digits === undefined || !isoIrNumbers.has(ir)) return undefined;
  if (text.startsWith('ISO 2022')) return { term: text, kind: 'iso-2022', ir, misspelt: false };
  // `ISO_IR 87` is no term: those sets are reached by code extension only. `ISO_IR 6` is merely superfluous.
  if (!extensionOnly.includes(ir)) return { term: text, kind: 'iso-ir', ir, misspelt: false };
  return { term: `ISO 2022 IR ${ir}`, kind: ir === 6 ? 'iso-ir' : 'iso-2022', ir, misspelt: true };
}

/** `ISO-IR 100`, `iso ir 100`, `ISO_IR_192`, `ISO2022IR87`, `IR 100`, `latin1`, `UTF-8`, … */
function similarTerm(text: string): Understood | undefined {
  const letters = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (letters === 'GBK' || letters === 'GB18030') return { term: letters, kind: 'whole', ir: 0, misspelt: true };
  const named = otherNames[letters];
  if (named !== undefined) return { ...definedTerm(named)!, misspelt: true };
  const [, iso2022, digits] = /^(?:ISO)?(2022)?(?:IR)?B?0*(\d{1,3})$/.exec(letters) ?? [];
  if (digits === undefined) return undefined;
  const term = digits === '192' ? 'ISO_IR 192' : `${iso2022 ? 'ISO 2022 IR' : 'ISO_IR'} ${digits}`;
  const understood = definedTerm(term);
  return understood && { ...understood, misspelt: true };
}

/** Encodings DICOM has no term for but sites write (`SHIFT_JIS`, `windows-1251`, `Big5`): what the platform decodes. */
function foreignEncoding(text: string): Understood | undefined {
  try {
    const { encoding } = new TextDecoder(text);
    return encoding.startsWith('utf-16') ? undefined : { term: encoding, kind: 'foreign', ir: 0, misspelt: true };
  } catch {
    return undefined;
  }
}
