// Procedures that are called by the very name, long or short, that the RadLex Playbook gives them: in any order, whatever
// stands for "with", "without" and "views". A name that two rows share names neither.

import { tokensOf } from './fold.ts';
import { type PlaybookRow, playbook } from './playbook.ts';

/** What stands for what in names; empty where it says nothing. */
const sameAs: Record<string, string> = Object.fromEntries(
  [
    ['', 'ct mr mri xr xray us ultrasound mammo mammogram mg nm pt pet fl xa dxa iv contrast and of exam study'],
    ['with', 'w'],
    ['without', 'wo'],
    ['views', 'v vw vws view'],
    ['bilat', 'bilateral'],
    ['unilat', 'unilateral'],
    ['left', 'l lt'],
    ['right', 'r rt'],
    ['abd', 'abdomen'],
    ['pelv', 'pelvis'],
  ].flatMap(([word, others]) => others!.split(' ').map((other) => [other, word!])),
);

const named: ReadonlyMap<string, PlaybookRow | undefined> = readNames();

function readNames(): Map<string, PlaybookRow | undefined> {
  const byName = new Map<string, PlaybookRow | undefined>();
  for (const row of playbook) {
    for (const name of new Set(row.names.map((text) => keyOf(row.modality, text)))) {
      byName.set(name, byName.has(name) ? undefined : row);
    }
  }
  return byName;
}

/** The row that a text is the name of. */
export const rowNamed = (modality: string, text: string): PlaybookRow | undefined => named.get(keyOf(modality, text));

function keyOf(modality: string, text: string): string {
  const tokens = tokensOf(text.replace(/\bw\s?\/\s?o\b/gi, 'without'));
  const words = tokens.map((token) => sameAs[token] ?? token).filter((word) => word !== '');
  return [modality, ...words.sort()].join(' ');
}
