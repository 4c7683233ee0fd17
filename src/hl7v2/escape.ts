// Escape sequences within a field: HL7 v2.8.2 2.7. Reading gives plain text, formatting included as far as text has it;
// sequences nobody agreed on with us stay as they came.

import { type Delimiters, usualDelimiters } from './delimiters.ts';

/** Plain text of what stands between delimiters. */
export function unescapeText(raw: string, delimiters: Delimiters): string {
  const { escapeCharacter: mark } = delimiters;
  let from = raw.indexOf(mark);
  if (from < 0) return raw;
  let text = raw.slice(0, from);
  while (from >= 0) {
    const to = raw.indexOf(mark, from + 1);
    const meaning = to < 0 ? undefined : meaningOf(raw.slice(from + 1, to), delimiters);
    if (meaning === undefined) {
      // No sequence: the character itself. What a Windows path is full of.
      const next = raw.indexOf(mark, from + 1);
      text += next < 0 ? raw.slice(from) : raw.slice(from, next);
      from = next;
      continue;
    }
    const next = raw.indexOf(mark, to + 1);
    text += meaning + (next < 0 ? raw.slice(to + 1) : raw.slice(to + 1, next));
    from = next;
  }
  return text;
}

/** `text` so that it can stand between delimiters; line breaks as `.br`, other control characters as hexadecimal. */
export function escapeText(text: string, delimiters: Delimiters = usualDelimiters): string {
  const { field, component, repetition, escapeCharacter: mark, subcomponent, truncation } = delimiters;
  const names = new Map([
    [field, 'F'],
    [component, 'S'],
    [repetition, 'R'],
    [mark, 'E'],
    [subcomponent, 'T'],
    ['\n', '.br'],
    ...(truncation === undefined ? [] : [[truncation, 'P'] as const]),
  ]);
  let raw = '';
  for (const character of text.replace(/\r\n?/g, '\n')) {
    const name = names.get(character);
    if (name !== undefined) raw += mark + name + mark;
    else if (character < ' ')
      raw += `${mark}X${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}${mark}`;
    else raw += character;
  }
  return raw;
}

function meaningOf(sequence: string, delimiters: Delimiters): string | undefined {
  switch (sequence) {
    case 'F':
      return delimiters.field;
    case 'S':
      return delimiters.component;
    case 'T':
      return delimiters.subcomponent;
    case 'R':
      return delimiters.repetition;
    case 'E':
      return delimiters.escapeCharacter;
    case 'P':
      return delimiters.truncation;
    // Highlighting, and a change of word wrap or fill: nothing that text can show.
    case 'H':
    case 'N':
    case '.fi':
    case '.nf':
      return '';
  }
  if (/^X([0-9A-F]{2})+$/i.test(sequence)) return fromHexadecimal(sequence.slice(1));
  // 2.7.6 lower case, some senders upper case; `.br`, `.ce` and `.sp` begin a new line, `.in`, `.ti` and `.sk` indent or skip.
  const format = /^\.(br|ce|sp|in|ti|sk)([+-]?\d{0,3})$/i.exec(sequence);
  if (format === null) return undefined;
  const [, name, count] = format;
  if (/^(in|ti)$/i.test(name!)) return '';
  return (/^sk$/i.test(name!) ? ' ' : '\n').repeat(Math.min(Math.max(Number(count) || 1, 1), 99));
}

/** 2.7.5: each pair of digits a byte; beyond ASCII most senders mean the code of a character. */
function fromHexadecimal(digits: string): string {
  let text = '';
  for (let at = 0; at < digits.length; at += 2)
    text += String.fromCharCode(Number.parseInt(digits.slice(at, at + 2), 16));
  return text;
}
