// The form of a term as JSON Schema, and of the contract that it is part of. What may be left out is what most contracts mean.

import { type Static, Type } from '@sinclair/typebox';
import {
  closed,
  currency,
  instant,
  limits,
  list,
  modality,
  money,
  name,
  oneOf,
  place,
  region,
  tenantName,
  text,
} from './forms.ts';
import { clockMoments, readTypes, requestPriorities } from './service-term.ts';

const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });
const clock = (description: string) => Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description });
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'a day: 2026-12-25' });

const level = Type.Object(
  {
    priority: oneOf(requestPriorities),
    from: Type.Optional(oneOf(clockMoments)),
    until: Type.Optional(oneOf(clockMoments)),
    minutes: Type.Number({ exclusiveMinimum: 0, maximum: 527_040 }),
    measure: Type.Optional(oneOf(['p95', 'each'] as const)),
    pauses: list(text('a hold or park reason')),
    penalty: Type.Optional(money),
  },
  closed,
);

const hours = Type.Object(
  {
    days: Type.Array(Type.Integer({ minimum: 0, maximum: 6, description: '0 is Sunday' }), {
      minItems: 1,
      maxItems: 7,
    }),
    from: clock('HH:MM'),
    to: clock('HH:MM; before from: past midnight'),
    zone: text('an IANA time zone'),
  },
  closed,
);

const jurisdictions = Type.Object(
  {
    patientAt: list(place),
    readerMayBeAt: list(place),
    dataMayRestAt: list(place),
    blocked: list(place),
    transfer: Type.Optional(
      Type.Object(
        {
          mechanism: oneOf(['adequacy', 'SCC', 'BCR', 'other'] as const),
          evidence: text('SHA-256 of the document, or where it lies'),
          validUntil: instant('the first moment it no longer holds'),
        },
        closed,
      ),
    ),
    personsPerRecipient: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  closed,
);

const payer = Type.Object(
  {
    payer: text('an id of a payer'),
    readType: Type.Optional(oneOf([...readTypes, '*'] as const)),
    readerAt: Type.Optional(Type.Union([place, Type.Literal('*')])),
    allowed: Type.Boolean(),
  },
  closed,
);

const disclosure = Type.Union([
  Type.Object({ mode: Type.Literal('identified') }, closed),
  Type.Object({ mode: Type.Literal('pseudonymised'), profile: text('a de-identification profile: R-read') }, closed),
  Type.Object({ mode: Type.Literal('none') }, closed),
]);

const priors = Type.Object(
  {
    lookbackMonths: Type.Optional(Type.Integer({ minimum: 0, maximum: 1200 })),
    maxStudies: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    modalities: list(modality),
    required: Type.Optional(Type.Boolean()),
  },
  closed,
);

const quality = Type.Object(
  {
    secondReadRate: Type.Optional(share('of cases that are read again')),
    newStarterCases: Type.Optional(
      Type.Integer({ minimum: 0, description: 'first cases of a reader, all read again' }),
    ),
    blind: Type.Optional(Type.Boolean()),
  },
  closed,
);

const price = Type.Object(
  {
    unit: oneOf(['exam', 'RVU', 'minute', 'image'] as const),
    amount: money,
    currency,
    multipliers: Type.Optional(
      Type.Object({ stat: Type.Optional(money), night: Type.Optional(money), second: Type.Optional(money) }, closed),
    ),
    parts: Type.Optional(Type.Object({ claimed: Type.Optional(money), opened: Type.Optional(money) }, closed)),
  },
  closed,
);

export const termSchema = Type.Object(
  {
    validFrom: Type.Optional(instant('since when it holds; absent: at once')),
    validTo: Type.Optional(instant('the first moment it no longer holds')),
    sites: list(name('a site')),
    modalities: list(modality),
    bodyRegions: list(region),
    procedures: list(Type.String({ pattern: '^[^^]{1,64}\\^[^^]{1,64}$', description: 'code^scheme' })),
    subspecialty: Type.Optional(
      Type.Object(
        { required: oneOf(['hard', 'prefer', 'none'] as const), relaxAt: Type.Optional(share('of the SLA')) },
        closed,
      ),
    ),
    readType: oneOf(readTypes),
    hours: list(hours),
    holidays: list(day),
    outOfHours: Type.Optional(Type.Boolean()),
    levels: list(level),
    jurisdictions: Type.Optional(jurisdictions),
    payers: list(payer),
    disclosure,
    priors: Type.Optional(priors),
    quality: Type.Optional(quality),
    signing: Type.Optional(
      Type.Object({ stepUp: Type.Boolean({ description: 'who signs says again who they are' }) }, closed),
    ),
    critical: Type.Optional(text('a policy of critical results')),
    price,
    volume: Type.Optional(
      Type.Object(
        {
          min: Type.Optional(Type.Integer({ minimum: 0 })),
          max: Type.Optional(Type.Integer({ minimum: 0 })),
          overflowTo: Type.Optional(name('a provider')),
        },
        closed,
      ),
    ),
    delivery: list(text('a destination')),
    subProcessors: list(name('a provider')),
  },
  closed,
);

/** FHIR Contract.status, of those that a reading contract can have. */
export const contractStatuses = ['offered', 'negotiable', 'executed', 'terminated'] as const;

export const contractSchema = Type.Object(
  {
    id: name('a contract'),
    client: Type.Optional(tenantName),
    provider: name('a provider'),
    status: Type.Optional(oneOf(contractStatuses)),
    from: Type.Optional(instant('since when it holds; absent: at once')),
    to: Type.Optional(instant('the first moment it no longer holds')),
    terms: Type.Optional(
      Type.Record(name('a term'), termSchema, { maxProperties: limits.items, additionalProperties: false }),
    ),
  },
  closed,
);

export type TermDocument = Static<typeof termSchema>;
export type ContractDocument = Static<typeof contractSchema>;
