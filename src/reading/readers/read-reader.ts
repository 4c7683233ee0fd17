// Reads a reader, what a client grants, and a roster, with everything that was left out said; refuses them with all faults.

import { Type } from '@sinclair/typebox';
import { nearest } from '../../base/nearest.ts';
import { subspecialties } from '../gate/subspecialty.ts';
import { type Fault, readDocument } from '../terms/faults.ts';
import { readTypes } from '../terms/service-term.ts';
import type { Period, Privilege, Reader, Shift } from './reader.ts';
import { privilegeSchema, type ReaderDocument, readerSchema, shiftsSchema } from './reader-schema.ts';

/** `provider`: whose, where the document does not say. `at`: ms since the epoch. Throws request/malformed. */
export function readReader(document: unknown, { provider, at }: { provider?: string | undefined; at: number }): Reader {
  const given = readDocument(readerSchema, document, 'the reader', (reader) => [
    ...(reader.provider === undefined && provider === undefined
      ? [{ path: ['provider'], message: 'provider is missing' }]
      : []),
    ...readerFaults(reader),
  ]);
  const { licences = [], privileges = [], shifts = [], ...rest } = given;
  return {
    ...{ provider, insurance: [], subspecialties: [], modalities: [], languages: [], status: 'active' },
    startedAt: new Date(at).toISOString(),
    ...rest,
    licences: licences.map((licence) => ({ status: 'active', ...licence })),
    privileges: privileges.map(privilegeOf),
    shifts: shiftsOf(shifts),
  } as Reader;
}

const grants = Type.Array(privilegeSchema, { maxItems: 500 });

/** What one client grants to a reader. Throws request/malformed. */
export function readPrivileges(document: unknown, client: string): Privilege[] {
  const given = readDocument(grants, document, 'the privileges', (privileges) => [
    ...repeated(privileges, []),
    ...privileges.flatMap(({ period }, n) => backwards(period, [n, 'period'])),
    ...privileges.flatMap((each, n) =>
      each.client === client ? [] : [{ path: [n, 'client'], message: `${client} grants nothing for ${each.client}` }],
    ),
  ]);
  return given.map(privilegeOf);
}

/** Throws request/malformed. */
export function readShifts(document: unknown): Shift[] {
  return shiftsOf(readDocument(shiftsSchema, document, 'the shifts', (shifts) => shiftFaults(shifts, [])));
}

const privilegeOf = (given: NonNullable<ReaderDocument['privileges']>[number]): Privilege =>
  ({ readTypes: [...readTypes], modalities: [], bodyRegions: [], excludedReferrers: [], ...given }) as Privilege;

/** A shift without an id is called by when it begins. */
const shiftsOf = (shifts: NonNullable<ReaderDocument['shifts']>): Shift[] =>
  shifts.map(({ id, from, to }) => ({
    id: id ?? new Date(from).toISOString(),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  }));

/** What the form cannot say. */
function readerFaults({
  licences = [],
  privileges = [],
  insurance = [],
  shifts = [],
  ...reader
}: ReaderDocument): Fault[] {
  return [
    ...repeated(licences, ['licences']),
    ...repeated(privileges, ['privileges']),
    ...licences.flatMap(({ period }, n) => backwards(period, ['licences', n, 'period'])),
    ...privileges.flatMap(({ period }, n) => backwards(period, ['privileges', n, 'period'])),
    ...insurance.flatMap(({ period }, n) => backwards(period, ['insurance', n, 'period'])),
    ...shiftFaults(shifts, ['shifts']),
    ...(reader.subspecialties ?? []).flatMap((word, n) => unknownSubspecialty(word, ['subspecialties', n])),
  ];
}

const shiftFaults = (shifts: NonNullable<ReaderDocument['shifts']>, path: Fault['path']): Fault[] => [
  ...repeated(shiftsOf(shifts), path),
  ...shifts.flatMap((shift, n) => backwards(shift, [...path, n])),
];

function repeated(rows: readonly { id: string }[], path: Fault['path']): Fault[] {
  const ids = rows.map(({ id }) => id);
  return rows.flatMap(({ id }, n) =>
    ids.indexOf(id) < n ? [{ path: [...path, n, 'id'], message: `one before has the id ${id}` }] : [],
  );
}

function backwards({ from, to }: Period, path: Fault['path']): Fault[] {
  if (to === undefined || Date.parse(from) < Date.parse(to)) return [];
  return [{ path: [...path, 'to'], message: `${to} is not after ${from}` }];
}

function unknownSubspecialty(word: string, path: Fault['path']): Fault[] {
  if ((subspecialties as readonly string[]).includes(word)) return [];
  const meant = nearest(word, subspecialties);
  const hint = meant === undefined ? `; there are ${subspecialties.join(', ')}` : `; did you mean ${meant}?`;
  return [{ path, message: `no subspecialty ${word}${hint}` }];
}
