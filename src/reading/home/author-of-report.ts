// Who of a provider's readers answers for a report that its own system signed: by the number that it gives, else by the name.

import type { Participant } from '../../translate/report/report.ts';
import type { Reader } from '../readers/reader.ts';

/**
 * The principal interpreter (OBR-32, verifying observer, resultsInterpreter) among `readers`. By the id of the reader or of a
 * licence, where the family name says nothing else; else by family and given name, where one alone is called so. undefined: nobody
 * is certain.
 */
export function authorOf(people: readonly Participant[], readers: readonly Reader[]): Reader | undefined {
  const author = people.find(({ role }) => role === 'interpreter');
  if (author === undefined) return undefined;
  const number = author.id?.number;
  const isNamed = author.name !== '' && author.name !== number;
  const numbered = readers.filter(
    (reader) =>
      number !== undefined && (reader.id === number || reader.licences.some((licence) => licence.number === number)),
  );
  // A number of a provider's own may be that of somebody else here.
  const known = numbered.filter(({ name }) => !isNamed || family(name) === family(author.name));
  if (known.length > 0) return only(known);
  return isNamed ? only(readers.filter(({ name }) => fullName(name) === fullName(author.name))) : undefined;
}

const only = (readers: readonly Reader[]): Reader | undefined => (readers.length === 1 ? readers[0] : undefined);

/** Of the first group of a PN, without case and accents. */
const partsOf = (name: string): string[] =>
  name
    .split('=')[0]!
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .split('^')
    .map((part) => part.trim());

const family = (name: string): string => partsOf(name)[0]!;

const fullName = (name: string): string => {
  const [last = '', given = ''] = partsOf(name);
  return `${last}^${given}`;
};
