// The form of a reader as JSON Schema, of what a client grants, and of a roster.

import { type Static, Type } from '@sinclair/typebox';
import {
  closed,
  currency,
  instant,
  list,
  modality,
  money,
  name,
  oneOf,
  period,
  place,
  region,
  tenantName,
  text,
} from '../terms/forms.ts';
import { readTypes } from '../terms/service-term.ts';

const licence = Type.Object(
  {
    id: text('of the licence, unique of its reader'),
    number: text('its number'),
    issuer: text('who issued it'),
    validAt: Type.Array(place, { minItems: 1, maxItems: 100 }),
    period,
    status: Type.Optional(oneOf(['active', 'suspended', 'revoked'] as const)),
    verifiedAt: Type.Optional(instant('when somebody looked it up')),
    evidence: Type.Optional(text('SHA-256 of what was shown for it')),
  },
  closed,
);

export const privilegeSchema = Type.Object(
  {
    id: text('of the privilege, unique of its reader'),
    client: tenantName,
    site: Type.Optional(name('a site')),
    level: oneOf(['none', 'view', 'draft', 'report'] as const),
    readTypes: Type.Optional(Type.Array(oneOf(readTypes), { minItems: 1, maxItems: readTypes.length })),
    modalities: list(modality),
    bodyRegions: list(region),
    excludedReferrers: list(text('an id of a referrer')),
    period,
  },
  closed,
);

const shift = Type.Object(
  {
    id: Type.Optional(text('of the shift, unique of its reader')),
    from: instant('when it begins'),
    to: instant('when it has ended'),
  },
  closed,
);

export const shiftsSchema = Type.Array(shift, { maxItems: 5000 });

export const readerSchema = Type.Object(
  {
    id: name('a reader'),
    provider: Type.Optional(name('a provider')),
    name: text('as a PN: Family^Given'),
    at: place,
    licences: list(licence),
    privileges: list(privilegeSchema),
    insurance: list(Type.Object({ period, limit: money, currency }, closed)),
    subspecialties: list(text('neuro, chest, body …')),
    modalities: list(modality),
    languages: list(
      Type.String({ pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$', description: 'a language of BCP 47: en-GB' }),
    ),
    displayCalibratedUntil: Type.Optional(instant('of the display')),
    team: Type.Optional(text('a team')),
    shifts: Type.Optional(shiftsSchema),
    startedAt: Type.Optional(instant('since when the reader reads for the provider')),
    status: Type.Optional(oneOf(['active', 'suspended'] as const)),
  },
  closed,
);

export type ReaderDocument = Static<typeof readerSchema>;
