// What a text says of contrast: `w/wo`, `ohne und mit KM`, `senza mdc`, `C+`, `nativ`, `injecté`. Oral, rectal and
// intra-articular agents are told apart from intravenous ones by their own words.

import type { Parsed } from './parse.ts';

/** `both` is also what two statements make together: `nativ` and `mit KM`. */
export type ContrastSaid = 'with' | 'without' | 'both' | undefined;

/** @param texts one study description, or the descriptions of all series. */
export function contrastSaid(texts: readonly Parsed[]): ContrastSaid {
  const said = new Set(texts.flatMap((text) => [...statements(text)]));
  if (said.has('both') || (said.has('with') && said.has('without'))) return 'both';
  if (said.has('with')) return 'with';
  return said.has('without') ? 'without' : undefined;
}

function* statements({ mentions }: Parsed): Iterable<'with' | 'without' | 'both'> {
  let open: Set<'with' | 'without'> = new Set();
  for (const [at, { concepts, phrase }] of mentions.entries()) {
    const has = (concept: string): boolean => concepts.includes(concept);
    if (has('contrast both')) yield 'both';
    else if (has('contrast with') && open.has('without') && !open.has('with') && !phrase.includes(' ')) {
      // `sans IV`: the word after a preposition is the agent.
      open = new Set();
      yield 'without';
    } else if (has('contrast with')) yield 'with';
    else if (has('contrast without')) yield 'without';
    else if (has('with') && phrase !== 'a') open.add('with');
    else if (has('without') && /^w ?o$/.test(phrase)) yield 'without';
    else if (has('without')) open.add('without');
    else if (has('contrast')) {
      // Contrast named without a word before it was given.
      if (open.size === 0) yield 'with';
      for (const word of open) yield word;
      open = new Set();
      continue;
    } else if (!has('and') && !has('plain')) {
      // `MRI SHOULDER WO RT`: only a side may follow a preposition that stands for contrast.
      if (concepts.some((concept) => concept.startsWith('side '))) yield* open;
      open = new Set();
    }
    if (at === mentions.length - 1) yield* open;
  }
}
