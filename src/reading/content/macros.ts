// Macros: a word that becomes text with places where the cursor stops, one after another: `a <<left>> <<frontal>> haematoma`.

import type { TemplateMacro } from './template.ts';

export interface TabStop {
  /** In the text as it was put in. */
  start: number;
  end: number;
}

export interface Expanded {
  text: string;
  stops: readonly TabStop[];
}

/** The word before the cursor, where it is a macro, becomes its text. */
export function expandMacro(text: string, cursor: number, macros: readonly TemplateMacro[]): Expanded | undefined {
  const word = /[A-Za-z0-9_.-]+$/.exec(text.slice(0, cursor))?.[0];
  const macro = macros.find(({ name }) => name === word);
  if (macro === undefined || word === undefined) return undefined;
  const start = cursor - word.length;
  const { text: inserted, stops } = tabStops(macro.text);
  return {
    text: text.slice(0, start) + inserted + text.slice(cursor),
    stops: stops.map((stop) => ({ start: stop.start + start, end: stop.end + start })),
  };
}

export function tabStops(source: string): Expanded {
  const stops: TabStop[] = [];
  let text = '';
  let from = 0;
  for (const match of source.matchAll(/<<([^<>]*)>>/g)) {
    text += source.slice(from, match.index);
    stops.push({ start: text.length, end: text.length + match[1]!.length });
    text += match[1];
    from = match.index + match[0].length;
  }
  return { text: text + source.slice(from), stops };
}
