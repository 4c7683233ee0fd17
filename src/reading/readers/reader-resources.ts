// Readers as R4 has them: who they are and where they are licensed (Practitioner, with the qualification extension of Plan-Net),
// for whom they read (PractitionerRole), when they are there (Schedule, Slot), and the pools that work is shared in (Group).

import type {
  Group,
  Practitioner,
  PractitionerQualification,
  PractitionerRole,
  Schedule,
  Slot,
} from '@medplum/fhirtypes';
import { humanNamesOf } from '../../translate/fhir-name.ts';
import type { Licence, Period, Reader, Shift } from './reader.ts';

const PLAN_NET = 'http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/practitioner-qualification';

/** Ids of resources are of letters, digits, points and hyphens (R4 datatypes.html#id). */
const idOf = (kind: string, ...parts: string[]): string =>
  [kind, ...parts]
    .join('-')
    .replace(/[^A-Za-z0-9.-]/g, '.')
    .slice(0, 64);

export const practitionerId = (reader: string): string => idOf('reader', reader);
export const scheduleId = (reader: string): string => idOf('roster', reader);

/** What is told of a reader to whoever has to do with them. */
export const practitionerOf = ({ id, name, status, licences, languages }: Reader): Practitioner => ({
  resourceType: 'Practitioner',
  id: practitionerId(id),
  identifier: [{ value: id }],
  active: status === 'active',
  name: humanNamesOf(name, 'official'),
  ...(languages.length > 0 && {
    communication: languages.map((code) => ({ coding: [{ system: 'urn:ietf:bcp:47', code }] })),
  }),
  ...(licences.length > 0 && { qualification: licences.map(qualificationOf) }),
});

const statuses = { active: 'active', suspended: 'inactive', revoked: 'revoked' } as const;

function qualificationOf({ number, issuer, validAt, period, status }: Licence): PractitionerQualification {
  const places = validAt.map((code) => ({
    url: 'whereValid',
    valueCodeableConcept: { coding: [{ system: 'urn:iso:std:iso:3166', code }] },
  }));
  return {
    extension: [{ url: PLAN_NET, extension: [{ url: 'status', valueCode: statuses[status] }, ...places] }],
    identifier: [{ value: number }],
    code: { text: 'licence' },
    period: periodOf(period),
    issuer: { display: issuer },
  };
}

export const roleOf = ({ id, provider, status, subspecialties, startedAt }: Reader): PractitionerRole => ({
  resourceType: 'PractitionerRole',
  id: practitionerId(id),
  active: status === 'active',
  period: { start: startedAt },
  practitioner: { reference: `Practitioner/${practitionerId(id)}` },
  organization: { display: provider },
  code: [{ text: 'reader' }],
  ...(subspecialties.length > 0 && { specialty: subspecialties.map((text) => ({ text })) }),
});

/** The schedule of a reader and its slots. */
export function rosterOf({ id, status, shifts }: Reader): [Schedule, ...Slot[]] {
  const schedule: Schedule = {
    resourceType: 'Schedule',
    id: scheduleId(id),
    active: status === 'active',
    actor: [{ reference: `PractitionerRole/${practitionerId(id)}` }],
  };
  return [schedule, ...shifts.map((shift) => slotOf(id, shift))];
}

const slotOf = (reader: string, { id, from, to }: Shift): Slot => ({
  resourceType: 'Slot',
  id: idOf('shift', reader, hashed(id)),
  identifier: [{ value: id }],
  schedule: { reference: `Schedule/${scheduleId(reader)}` },
  status: 'free',
  start: from,
  end: to,
});

/** FNV-1a: the ids of shifts are theirs who made the roster, and may be long. */
function hashed(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of text) hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0)!)) * 0x100000001b3n);
  return hash.toString(36);
}

/** A pool for all readers of a provider, and one for each subspecialty and each team. */
export function poolsOf(provider: string, readers: readonly Reader[]): Group[] {
  const members = new Map<string, Reader[]>([['all', [...readers]]]);
  for (const reader of readers) {
    const named = [...reader.subspecialties, ...(reader.team === undefined ? [] : [`team ${reader.team}`])];
    for (const pool of named) members.set(pool, [...(members.get(pool) ?? []), reader]);
  }
  return [...members].map(([pool, of]) => ({
    resourceType: 'Group',
    id: idOf('pool', provider, pool),
    active: true,
    type: 'practitioner',
    actual: true,
    name: `${provider}: ${pool}`,
    quantity: of.length,
    ...(of.length > 0 && {
      member: of.map(({ id, status }) => ({
        entity: { reference: `Practitioner/${practitionerId(id)}` },
        inactive: status !== 'active',
      })),
    }),
  }));
}

/** A day stays a day: R4 dateTime has as much of a moment as was said. */
const periodOf = ({ from, to }: Period) => ({ start: from, ...(to !== undefined && { end: to }) });
