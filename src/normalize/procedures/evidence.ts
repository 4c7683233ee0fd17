// Everything a study says of its procedure, sorted: parts of the body, signs, sides, contrast, each with where it was said.

import { bodyParts } from './anatomy.ts';
import { type ContrastSaid, contrastSaid } from './contrast.ts';
import type { Lexicon } from './lexicon.ts';
import { type Mention, type Parsed, parse, votesOf } from './parse.ts';
import type { ProcedureInput } from './procedure.ts';

export interface Evidence {
  input: ProcedureInput;
  study: Said;
  series: Said;
  /** What each series says of contrast, in the order of the input. */
  seriesContrast: ContrastSaid[];
  header: Said;
  /** Words of the study description that mean nothing to us. */
  unknown: string[];
  /** Share of its words that were guessed: other endings, compounds, mistyped. */
  guessed: number;
  /** Words of the study description. */
  words: number;
  language: string;
}

/** What one source says. */
export interface Said {
  parts: string[];
  /** A spine was called whole. */
  whole: boolean;
  modalities: string[];
  sides: string[];
  /** Sides given by a single letter, which may mean something else. */
  weakSides: string[];
  signs: Set<string>;
  views: Set<string>;
  /** Views counted; undefined where no number was given. */
  viewCount: number | undefined;
  contrast: ContrastSaid;
  tokens: string[];
}

export function evidenceOf(input: ProcedureInput, lexicon: Lexicon): Evidence {
  const series = input.seriesDescriptions.map((text) => parse(text, lexicon));
  const accent = new Map(series.flatMap((one) => [...votesOf(one)]));
  const study = parse(input.studyDescription, lexicon, accent);
  const header = parse(spelledOut(input.bodyPart), lexicon);
  const guessed = study.mentions.filter(({ found }) => found === 'mistyped' || found === 'shortened').length;
  return {
    input,
    study: said([study]),
    series: said(series),
    seriesContrast: series.map((one) => contrastSaid([one])),
    header: said([header]),
    unknown: study.unknown,
    guessed: guessed / Math.max(1, study.mentions.length),
    words: study.tokens.length,
    language: study.language,
  };
}

/** Defined Terms of PS3.16 Annex L that are written as one word. */
function spelledOut(bodyPart: string): string {
  return bodyPart
    .replace(/([CTL])\s?SPINE/i, '$1 SPINE')
    .replace(/^(CHEST)?(ABDOMEN)?(PELVIS)$/i, '$1 $2 $3')
    .replace(/^(HEAD)(NECK)$/i, '$1 $2')
    .replace(/^CHESTABDPELVIS$/i, 'CHEST ABDOMEN PELVIS')
    .replace(/^ABDPELVIS$/i, 'ABDOMEN PELVIS');
}

function said(texts: readonly Parsed[]): Said {
  const all: Said = {
    parts: [],
    whole: false,
    modalities: [],
    sides: [],
    weakSides: [],
    signs: new Set(),
    views: new Set(),
    viewCount: undefined,
    contrast: contrastSaid(texts),
    tokens: texts.flatMap(({ tokens }) => tokens),
  };
  for (const { mentions } of texts) {
    for (const mention of joined(frontal(mentions)))
      for (const concept of mention.concepts) sort(all, concept, mention);
    all.viewCount ??= viewCount(mentions);
    const trimester = trimesterOf(mentions);
    if (trimester !== undefined) all.signs.add(trimester);
  }
  return all;
}

/** `whole spine`, `Ganzwirbelsäule`, `全脊椎`; a spine without more says no level. */
const wholeSpine =
  /whole|entire|total|full|complet|lumbar|ctl|c t l|survey|ganz|gws|gesamt|\bhel|entier|grand|enter|inteir|toto|inter|gehele|cal[yae]|cel[ae]|tum |全|전|всего|neuro/;

function sort(all: Said, concept: string, { phrase }: Mention): void {
  if (bodyParts.has(concept) || concept === 'head') {
    if (!all.parts.includes(concept)) all.parts.push(concept);
    if (concept === 'spine' && wholeSpine.test(phrase)) all.whole = true;
    if (concept === 'whole body' && phrase !== 'babygram') all.signs.add(concept);
    return;
  }
  const space = concept.indexOf(' ');
  if (space < 0) return;
  const [kind, what] = [concept.slice(0, space), concept.slice(space + 1)];
  if (kind === 'modality' && !all.modalities.includes(what)) all.modalities.push(what);
  else if (kind === 'side') (phrase.length === 1 ? all.weakSides : all.sides).push(what);
  else if (kind === 'sign') all.signs.add(what);
  else if (kind === 'view') all.views.add(what);
}

/** Portuguese `e` between two parts is no side: `MAO E PUNHO D`. */
function joined(mentions: readonly Mention[]): Mention[] {
  const namesPart = (mention?: Mention): boolean =>
    mention?.concepts.some((concept) => bodyParts.has(concept)) ?? false;
  return mentions.map((mention, at) =>
    mention.phrase === 'e' && namesPart(mentions[at - 1]) && namesPart(mentions[at + 1])
      ? { ...mention, concepts: ['and'] }
      : mention,
  );
}

/** French `face` is a projection where another part is named: `thorax face`. */
function frontal(mentions: readonly Mention[]): Mention[] {
  const others = mentions.some(
    ({ concepts, phrase }) => phrase !== 'face' && concepts.some((concept) => bodyParts.has(concept)),
  );
  return mentions.map((mention) =>
    mention.phrase === 'face' && mention.language === 'fr' && others ? { ...mention, concepts: ['view ap'] } : mention,
  );
}

/** `> 14 weeks`, `20 SSW` */
function trimesterOf(mentions: readonly Mention[]): string | undefined {
  for (const [at, { concepts }] of mentions.entries()) {
    if (!concepts.includes('week')) continue;
    const weeks = Number(/^number (\d+)$/.exec(mentions[at - 1]?.concepts[0] ?? '')?.[1]);
    if (weeks > 0) return weeks < 14 ? '1st trimester' : '2nd/3rd trimester';
  }
  return undefined;
}

/** `2 views`, `in 2 Ebenen`, `3V`, `AP/LAT`; a number alone counts when it is small and ends the text. */
function viewCount(mentions: readonly Mention[]): number | undefined {
  for (const [at, { concepts, phrase }] of mentions.entries()) {
    const number = concepts.find((concept) => concept.startsWith('number '));
    if (number === undefined) continue;
    const count = Number(number.slice(7));
    if (!Number.isInteger(count) || count < 1 || count > 9) continue;
    const next = mentions.slice(at + 1, at + 4).some(({ concepts: later }) => later.includes('views'));
    if (next || (phrase.includes(' ') && concepts.length === 1)) return count;
  }
  return undefined;
}
