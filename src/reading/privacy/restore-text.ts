// Written text on its way home: dates as they were, tokens as what they stand for, pseudonyms and UIDs as what they are called
// there. Dates first: what a token stands for is true already.

import { restoreDates } from './narrative-dates.ts';
import type { ReturnCode, WayHome } from './way-home.ts';

export interface Restored {
  text: string;
  /** Each once. */
  codes: readonly ReturnCode[];
}

/** `hasDates`: whether it is prose, in which people write dates. */
export function restoreText(text: string, way: WayHome, hasDates = true): Restored {
  const codes = new Set<ReturnCode>();
  const { map, studyDays, language, confirmed } = way;
  let restored = text;
  if (hasDates) {
    const dated = restoreDates(text, { shiftDays: map.shiftDays, studyDays, language, confirmed });
    if (dated.irreversible.length > 0) codes.add('date-not-reversible');
    restored = dated.text;
  }
  restored = restored.replace(PARTS, (part) => {
    const { text: known, code } = partOf(part, way);
    if (code !== undefined) codes.add(code);
    return known;
  });
  return { text: restored, codes: [...codes] };
}

/** In one pass, so that nothing that was put in is looked at again: a token, a UID, a pseudonym of 16 characters. */
const PARTS =
  /\[\s*P\s*\d+\s*\]|(?<![\d.])(?:2\.25\.\d{10,}|\d+(?:\.\d+){4,})(?![\d.]*\d)|(?<![\p{L}\p{N}])[A-Z2-7]{16}(?![\p{L}\p{N}])/giu;

function partOf(part: string, way: WayHome): { text: string; code?: ReturnCode } {
  const { map } = way;
  if (part.startsWith('[')) {
    const original = map.tokens.get(part.replace(/\s/g, '').toUpperCase());
    return original === undefined ? { text: part, code: 'token-left' } : { text: original };
  }
  if (/^\d/.test(part) && part.includes('.')) {
    const original = restoreUid(part, way);
    return original === undefined ? { text: part, code: 'foreign-uid' } : { text: original };
  }
  return { text: originalIdentifier(part, way) ?? part };
}

/** PS3.6 A: names of classes and syntaxes, which are the same everywhere. */
const REGISTERED = '1.2.840.10008.';

/** undefined for one that is of nobody here. */
export function restoreUid(uid: string, { map, isOwn, minted }: WayHome): string | undefined {
  if (uid.startsWith(REGISTERED)) return uid;
  return map.originalUid(uid) ?? (isOwn(uid) ? minted(uid) : undefined);
}

/** What a pseudonym of the case stands for, in capitals or not; undefined for what is none. */
export function originalIdentifier(text: string, { map }: WayHome): string | undefined {
  const pseudonym = text.toUpperCase();
  const { patient, accession, placerOrderNumber } = map;
  if (pseudonym === patient.pseudonym.id?.toUpperCase()) return patient.original.id;
  for (const each of [accession, placerOrderNumber])
    if (pseudonym === each?.pseudonym.toUpperCase()) return each.original;
  return map.originalIdentifier(pseudonym);
}
