// Whether a text says that something is there: "no pneumothorax", "Pneumothorax ausgeschlossen", "history of …" do not. What
// cannot be excluded is said to be possible, and counts.

import type { Language, Phrases } from './language.ts';
import { type Hit, hitsOf, phrasesOf } from './phrases.ts';
import type { Clause } from './words.ts';

export const limits = {
  /** Words by which a negation may stand before or after what it negates. */
  before: 8,
  after: 6,
} as const;

const before: Phrases = {
  en: 'no, not, without, negative for, absence of, free of, rule out, ruled out, nor, resolved, resolution of, history of, prior, previous, status post, risk of, rather than',
  de: 'kein*, ohne, nicht, ausschluss, frei von, weder, noch, zustand nach, rückbildung, frühere*',
  fr: 'pas, sans, absence, aucun, aucune, ni, non, antécédent*, régression complète, disparition, exclure',
  es: 'no, sin, ausencia, ningún, ninguna, ni, niega, antecedente*, descartar, resolución',
  it: 'non, senza, assenza, nessun*, né, negativ* per, esclu*, pregress*, risoluzione',
  nl: 'geen, zonder, niet, afwezigheid, noch, voorgeschiedenis, status na, eerdere',
};

const after: Phrases = {
  en: 'is excluded, are excluded, excluded, ruled out, not seen, not identified, not present, not visualized, not visualised, absent, has resolved, have resolved, resolved, unlikely, is not, are not, was not',
  de: 'ausgeschlossen, nicht nachweisbar, nicht erkennbar, nicht abgrenzbar, nicht, auszuschliessen, unwahrscheinlich',
  fr: 'exclu*, non visible*, non retrouvé*, absent*, éliminé*, peu probable*',
  es: 'descartad*, excluid*, ausente*, no visible*, no se, poco probable*',
  it: 'esclus*, assent*, non visibil*, non si, non evidenz*, poco probabil*, negativ*',
  nl: 'uitgesloten, niet, afwezig, onwaarschijnlijk',
};

/** They say of what looks like a negation that it is none. */
const possible: Phrases = {
  en: 'cannot be excluded, can not be excluded, cannot be ruled out, not excluded, not be excluded, cannot exclude, cannot rule out, not ruled out, not rule out, not resolved, no longer absent, no change in, no interval change in, no change of, not only, no significant change in, no decrease in',
  de: 'nicht ausgeschlossen, nicht auszuschliessen, nicht sicher ausgeschlossen, nicht sicher auszuschliessen, nicht nur, keine änderung, kein rückgang',
  fr: 'pas exclu*, non exclu*, ne peut être exclu*, pas exclure, ne peut exclure, pas éliminé*, pas de modification, pas seulement',
  es: 'no se puede descartar, no se descarta, no descartad*, no puede excluirse, no excluid*, sin cambios en, no solo',
  it: 'non esclus*, non si può escludere, non escludibil*, non può essere esclus*, non solo, non si esclude',
  nl: 'niet uitgesloten, niet uit te sluiten, niet alleen, geen verandering',
};

export function isAffirmed({ words }: Clause, { at, length }: Hit, languages: readonly Language[]): boolean {
  const sure = (table: Phrases) => hitsOf(words, phrasesOf(table, languages));
  const doubts = sure(possible);
  const isDoubted = (hit: Hit) => doubts.some((doubt) => overlaps(doubt, hit));
  const negatedBefore = sure(before).some(
    (hit) => hit.at + hit.length <= at && at - (hit.at + hit.length) <= limits.before && !isDoubted(hit),
  );
  if (negatedBefore) return false;
  const end = at + length;
  return !sure(after).some((hit) => hit.at >= end && hit.at - end <= limits.after && !isDoubted(hit));
}

const overlaps = (one: Hit, other: Hit): boolean => one.at < other.at + other.length && other.at < one.at + one.length;
