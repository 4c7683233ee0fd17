// Whether anything of a pseudonym is left in bytes that are to come home: the last look, which knows nothing of elements and
// trusts nobody before it. Text of one byte and of two, in capitals or not, Base64 and hexadecimal.

import { fromBase64 } from '../../dicom/base64.ts';
import type { PseudonymMap } from './pseudonym-map.ts';

export const limits = {
  /** Runs of Base64 or hexadecimal within one another. */
  depth: 3,
  /** Shorter ones hold no pseudonym. */
  runLength: 20,
} as const;

export type Remains = 'pseudonym-left' | 'token-left';

const latin1 = new TextDecoder('latin1');

export function remainsIn(bytes: Uint8Array, map: PseudonymMap): Remains | undefined {
  return remainsInText(latin1.decode(bytes), map);
}

export function remainsInText(text: string, map: PseudonymMap, depth = 0): Remains | undefined {
  const found = written(text, map);
  if (found !== undefined) return found;
  // UTF-16 of either order, where nothing else was between.
  const narrow = text.includes('\0') ? text.replaceAll('\0', '') : undefined;
  const wide = narrow === undefined ? undefined : written(narrow, map);
  if (wide !== undefined || depth >= limits.depth) return wide;
  for (const run of runsOf(text)) {
    const within = remainsInText(run, map, depth + 1);
    if (within !== undefined) return within;
  }
  return undefined;
}

function written(text: string, map: PseudonymMap): Remains | undefined {
  const upper = text.toUpperCase();
  if (needles(map).some((needle) => upper.includes(needle))) return 'pseudonym-left';
  for (const [token] of text.matchAll(/\[P\d+\]/gi)) if (map.tokens.has(token.toUpperCase())) return 'token-left';
  for (const [uid] of text.matchAll(/\d+(?:\.\d+){2,}/g)) if (isPseudonym(uid, map)) return 'pseudonym-left';
  for (const [id] of upper.matchAll(/(?<![A-Z0-9])[A-Z2-7]{16}(?![A-Z0-9])/g)) {
    const original = map.originalIdentifier(id);
    if (original !== undefined && original !== id) return 'pseudonym-left';
  }
  return undefined;
}

/** Where copies are identical, a pseudonym is what it stands for. */
function needles({ patient, accession, placerOrderNumber }: PseudonymMap): string[] {
  const pairs = [
    [patient.pseudonym.id, patient.original.id],
    [patient.pseudonym.name, patient.original.name],
    [accession?.pseudonym, accession?.original],
    [placerOrderNumber?.pseudonym, placerOrderNumber?.original],
  ];
  return pairs.flatMap(([pseudonym, original]) =>
    pseudonym && pseudonym !== original ? [pseudonym.toUpperCase()] : [],
  );
}

const isPseudonym = (uid: string, map: PseudonymMap): boolean => {
  const original = map.originalUid(uid);
  return original !== undefined && original !== uid;
};

/** What runs of Base64 and of hexadecimal digits hold. */
function* runsOf(text: string): Generator<string> {
  const isRun = new RegExp(`[A-Za-z0-9+/_-]{${limits.runLength},}={0,2}`, 'g');
  for (const [run] of text.replace(/(?<=[A-Za-z0-9+/=])\r?\n(?=[A-Za-z0-9+/=])/g, '').matchAll(isRun)) {
    const standard = run.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
    // Something may stand before it without a gap.
    for (let skipped = 0; skipped < 4; skipped++) {
      const part = standard.slice(skipped);
      const whole = part.slice(0, part.length - (part.length % 4 === 1 ? 1 : 0));
      const bytes = fromBase64(whole.padEnd(Math.ceil(whole.length / 4) * 4, '='));
      if (bytes !== undefined && bytes.length > 0) yield latin1.decode(bytes);
    }
    if (/^[\da-f]+$/i.test(run)) {
      const pairs = run.match(/../g) ?? [];
      yield latin1.decode(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
    }
  }
}
