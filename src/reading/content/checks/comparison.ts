// Priors: what was opened is to be told of, what is told of is to have been there, and what could not be had is to be known.

import type { ContentFinding } from '../finding.ts';
import type { Phrases } from '../lexicon/language.ts';
import { hitsOf, phrasesOf } from '../lexicon/phrases.ts';
import { asserted, type Check, type Written } from './check.ts';

const none: Phrases = {
  en: 'none, no comparison*, no prior*, no previous, not available, none available',
  de: 'kein*, keine voraufnahme*, nicht vorliegend*, liegen nicht vor',
  fr: 'aucun*, pas de comparatif, non disponible*',
  es: 'ningun*, no disponible*, sin estudios previos, no hay',
  it: 'nessun*, non disponibil*, non ci sono',
  nl: 'geen, niet beschikbaar',
};

const change: Phrases = {
  en: 'unchanged, stable, increased in size, decreased in size, interval change, interval growth, enlarged since, new since, compared to prior, compared with prior, progressed, regressed',
  de: 'unverändert*, grössenkonstant*, grössenprogredient*, progredient*, regredient*, im verlauf, neu aufgetreten*',
  fr: 'inchangé*, stable*, augmenté de taille, majoration, régression, par rapport au précédent',
  es: 'sin cambios, estable*, ha aumentado, ha disminuido, respecto al previo, respecto a previo',
  it: 'invariat*, stabil*, in aumento, aumentat* rispetto, ridott* rispetto, rispetto al precedente',
  nl: 'ongewijzigd*, stabiel*, toegenomen, afgenomen, in vergelijking met',
};

const saysAny = (written: Written, kinds: (kind: string) => boolean, table: Phrases): string | undefined => {
  const phrases = phrasesOf(table, written.languages);
  for (const { text, clauses } of written.sections.filter(({ kind }) => kinds(kind))) {
    const clause = clauses.find(({ words }) => hitsOf(words, phrases).length > 0);
    if (clause !== undefined) return text.slice(clause.start, clause.end).trim();
  }
  return undefined;
};

export const comparison: Check = (written) => {
  const { facts, sections } = written;
  const compared = sections.some(({ kind }) => kind === 'comparison');
  const saysNone = saysAny(written, (kind) => kind === 'comparison', none);
  const opened = facts.priors.filter(({ isOpened }) => isOpened);
  const isTold = compared && saysNone === undefined;
  if (opened.length > 0 && !isTold) return [say('a prior was opened, and the report says of no comparison', saysNone)];
  if (isTold || facts.priors.length > 0) return [];
  const kinds = asserted(written).map(({ kind }) => kind as string);
  const words = saysAny(written, (kind) => kinds.includes(kind), change);
  return words === undefined ? [] : [say('the text speaks of a change, and nothing was compared with', words)];
};

/** The list of priors is not whole: whoever signs is to know. */
export const priorsMissing: Check = ({ facts }) =>
  facts.priorsMissing === 0
    ? []
    : [
        {
          check: 'priors-missing',
          message: `${facts.priorsMissing} prior ${facts.priorsMissing === 1 ? 'study is' : 'studies are'} known and not here`,
          isHard: false,
        },
      ];

const say = (message: string, words: string | undefined): ContentFinding => ({
  check: 'comparison',
  message,
  isHard: false,
  section: 'comparison',
  ...(words !== undefined && { words }),
});
