// Persons by a name or a birth date, for searches that ask for exactly that. Whoever is meant is among them; whoever reads the
// answer compares what the person is really called.

import { formStride, noFacts } from './facts.ts';
import { fold } from './fold.ts';
import type { IdentityIndex } from './identity-index.ts';
import { particles } from './name-words.ts';
import type { PersonId } from './persons.ts';

/** Everybody. */
export function allPersons(index: IdentityIndex): Set<PersonId> {
  return personsWhere(index, () => true);
}

/** Of whom a name has a word that begins with (`inside`: holds) one of `text`; undefined where it says nothing of a name. */
export function personsNamed(index: IdentityIndex, text: string, inside: boolean): Set<PersonId> | undefined {
  const asked = fold(text)
    .split(' ')
    .filter((word) => word !== '' && !particles.has(word))
    .map(withoutGermanE);
  if (asked.length === 0) return undefined;
  const isMeant = (word: string): boolean => {
    const written = word.split(' ').map(withoutGermanE);
    return written.some((part) => asked.some((each) => (inside ? part.includes(each) : part.startsWith(each))));
  };
  const meant = new Set(index.vocabulary.words.flatMap((word, id) => (id !== 0 && isMeant(word) ? [id] : [])));
  // The last place of a form holds flags.
  return personsWhere(index, ({ forms }) => forms.some((word, at) => (at + 1) % formStride !== 0 && meant.has(word)));
}

/** `day`: YYYYMMDD. */
export function personsBornOn(index: IdentityIndex, day: string): Set<PersonId> {
  const date = Number(day);
  return personsWhere(index, ({ dates }) => dates.includes(date));
}

function personsWhere(index: IdentityIndex, test: (facts: ReturnType<typeof noFacts>) => boolean): Set<PersonId> {
  const { registry, persons } = index;
  const facts = noFacts();
  const found = new Set<PersonId>();
  for (let node = 0; node < registry.store.size; node++) {
    if (registry.registrationOf[node]! >= 0 && test(registry.facts(node, facts))) found.add(persons.idOf(node));
  }
  return found;
}

/** `fold` writes ü as ue; who searches writes u. */
const withoutGermanE = (word: string): string => word.replace(/([aou])e/g, '$1');
