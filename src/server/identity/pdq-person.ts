// A person in terms of a PDQ query (IHE ITI-21): whether it fits the demographics asked for, and how an answer tells of it.

import type { PdqQuery } from '../../hl7v2/query.ts';
import type { AnsweredPatient } from '../../hl7v2/query-response.ts';
import { fold } from '../../identity/fold.ts';
import type { Identifier } from '../../identity/sighting.ts';
import type { KnownPerson } from '../../ingest/identify/known-person.ts';
import { authorityOf } from '../../translate/assigning-authority.ts';

/** All values that somebody said, by the field of PID that a query names. ITI TF-2 3.21.4.1.2.2.1. */
const saidAt: Record<string, (person: KnownPerson) => string[]> = {
  'PID.3.1': ({ record }) => record.identifiers.map(({ id }) => id),
  'PID.3.4.1': ({ record }) => record.identifiers.map(({ issuer }) => authorityOf(issuer).namespaceId),
  'PID.3.4.2': ({ record }) => record.identifiers.map(({ issuer }) => authorityOf(issuer).universalId),
  'PID.3.4.3': ({ record }) => record.identifiers.map(({ issuer }) => authorityOf(issuer).universalIdType),
  'PID.5.1': (person) => namesOf(person).map(([family = '']) => family),
  'PID.5.2': (person) => namesOf(person).map(([, given = '']) => given),
  'PID.7': ({ record }) => valuesOf(record.fields.birthDate),
  'PID.8': ({ record }) => valuesOf(record.fields.sex),
  'PID.11': ({ record }) => valuesOf(record.fields.address),
  'PID.13': ({ record }) => valuesOf(record.fields.phone),
};

/** Each parameter fits one of the values; `*` at its end stands for any end. What PID field nobody keeps fits nobody. */
export function fits(person: KnownPerson, { parameters }: PdqQuery): boolean {
  return parameters.every(({ field, value }) => {
    const said = (saidAt[field] ?? saidAt[field.replace(/\.1$/, '')] ?? inside(field))?.(person) ?? [];
    const isPart = value.endsWith('*') || field.startsWith('PID.11') || field.startsWith('PID.13');
    const asked = plain(field, value.replace(/\*$/, ''));
    return said.some((each) => {
      const text = plain(field, each);
      return field.startsWith('PID.11') ? text.includes(asked) : isPart ? text.startsWith(asked) : text === asked;
    });
  });
}

/** A component of an address: it is kept as one text. */
const inside = (field: string) => (field.startsWith('PID.11') ? saidAt['PID.11'] : undefined);

function plain(field: string, text: string): string {
  if (field.startsWith('PID.13')) return text.replace(/\D/g, '');
  if (field.startsWith('PID.7')) return text.slice(0, 8);
  return field.startsWith('PID.3') ? text.trim().toUpperCase() : fold(text);
}

const valuesOf = (field: { value: string; others: readonly { value: string }[] } | undefined): string[] =>
  field === undefined ? [] : [field.value, ...field.others.map(({ value }) => value)];

/** Components of every name, in every script. */
function namesOf({ record: { fields } }: KnownPerson): string[][] {
  const names = [...valuesOf(fields.name), ...valuesOf(fields.birthName)];
  return names.flatMap((name) => name.split('=')).map((group) => group.split('^'));
}

export function demographicsOf({ record: { fields } }: KnownPerson): Omit<AnsweredPatient, 'identifiers'> {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = (fields.name?.value ?? '')
    .split('=', 1)
    .join()
    .split('^');
  const name = { familyName: family, givenName: given, furtherGivenNames: middle, prefix, suffix, nameTypeCode: 'L' };
  return {
    ...(fields.name && { names: [name] }),
    ...(fields.birthDate && { birthDate: fields.birthDate.value }),
    ...(fields.sex && { sex: fields.sex.value }),
    ...(fields.address && { address: { street: fields.address.value } }),
    ...(fields.phone && { phone: fields.phone.value }),
  };
}

export const answeredIdentifier = ({ issuer, id }: Identifier): AnsweredPatient['identifiers'][number] => ({
  id,
  assigningAuthority: authorityOf(issuer),
  identifierTypeCode: '',
});
