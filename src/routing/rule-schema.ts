// The form of a rule set as JSON Schema: what YAML files, the API and the console exchange.

import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { extents, occasions, priorities } from './decision.ts';
import { balances } from './rule.ts';
import { coercionSources, type StepName } from './step.ts';
import { weekdays } from './window.ts';

export const limits = {
  rules: 1000,
  steps: 50,
  destinations: 50,
  windows: 50,
  priors: 100,
  text: 4000,
  name: 64,
} as const;

const closed = { additionalProperties: false } as const;
const oneOf = <T extends readonly string[]>(words: T) =>
  Type.Union(words.map((word) => Type.Literal(word))) as never as TWords<T>;
type TWords<T extends readonly string[]> = TSchema & { static: T[number] };

const duration = (description: string) =>
  Type.String({ pattern: '^(\\d+(\\.\\d+)?[smhd])+$', maxLength: 20, description: `${description}: 90s, 10m, 2h, 1d` });
const condition = (description: string) => Type.String({ minLength: 1, maxLength: limits.text, description });
const attribute = Type.String({ minLength: 1, maxLength: 80, description: 'keyword, GGGGEEEE, or CREATOR/GGGGxxEE' });
const attributes = Type.Array(attribute, { minItems: 1, maxItems: 100 });
const destination = Type.String({ minLength: 1, maxLength: limits.name, description: 'name of a destination' });

const window = {
  days: Type.Optional(Type.Array(oneOf(weekdays), { minItems: 1, description: 'on which it begins; absent: all' })),
  from: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'HH:MM' }),
  to: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'HH:MM; before from: past midnight' }),
};

const send = Type.Object(
  {
    to: Type.Union([destination, Type.Array(destination, { minItems: 1, maxItems: limits.destinations })]),
    balance: Type.Optional(oneOf(balances)),
    priority: Type.Optional(oneOf(priorities)),
    schedule: Type.Optional(Type.Array(Type.Object(window, closed), { maxItems: limits.windows })),
    bandwidth: Type.Optional(
      Type.Array(Type.Object({ ...window, megabitsPerSecond: Type.Number({ exclusiveMinimum: 0 }) }, closed), {
        maxItems: limits.windows,
      }),
    ),
    fallback: Type.Optional(Type.Object({ to: destination, after: duration('how long the first may take') }, closed)),
  },
  closed,
);

const prefetch = Type.Object(
  {
    from: Type.Union([destination, Type.Array(destination, { minItems: 1, maxItems: limits.destinations })]),
    when: Type.Optional(condition('CEL over one prior study of the person as well: which of them')),
    newest: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.priors, description: 'at most so many' })),
    priority: Type.Optional(oneOf(priorities)),
  },
  closed,
);

/** A step is an object of one key; what the key holds is told here. */
const stepSchemas = {
  set: Type.Record(Type.String(), Type.String(), { description: 'attribute: value; a backslash separates values' }),
  copy: Type.Object({ from: attribute, to: attribute }, closed),
  remove: Type.Array(attribute, { minItems: 1, maxItems: 100, description: 'attributes; private: all private ones' }),
  map: Type.Object(
    {
      attribute,
      values: Type.Record(Type.String(), Type.String()),
      otherwise: Type.Optional(oneOf(['keep', 'remove', 'stop'] as const)),
    },
    closed,
  ),
  standardise: Type.Object(
    { from: attribute, to: attribute, scale: Type.Optional(Type.Number()), offset: Type.Optional(Type.Number()) },
    closed,
  ),
  coerce: Type.Object({ from: oneOf(coercionSources), attributes: Type.Optional(attributes) }, closed),
  remapUids: Type.Object(
    {
      unknownReferences: Type.Optional(oneOf(['stop', 'keep'] as const)),
      uidsInValues: Type.Optional(oneOf(['stop', 'keep'] as const)),
    },
    closed,
  ),
  splitSeries: Type.Object({ by: attributes }, closed),
  mergeSeries: Type.Object({ by: attributes }, closed),
  deidentify: Type.Object(
    {
      profile: Type.String({ minLength: 1, maxLength: limits.name }),
      domain: Type.Optional(
        Type.String({ minLength: 1, maxLength: limits.name, description: 'within which pseudonyms line up' }),
      ),
    },
    closed,
  ),
  transcode: Type.Object(
    {
      to: Type.String({ pattern: '^[0-9.]+$', maxLength: 64, description: 'UID of a transfer syntax' }),
      lossy: Type.Optional(Type.Object({ ratio: Type.Number({ minimum: 1, maximum: 200 }) }, closed)),
    },
    closed,
  ),
} as const satisfies Record<StepName, TSchema>;

export const stepNames = Object.keys(stepSchemas) as StepName[];

const step = Type.Union(stepNames.map((name) => Type.Object({ [name]: stepSchemas[name] }, closed)));

const rule = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$', maxLength: limits.name }),
    note: Type.Optional(Type.String({ maxLength: limits.text, description: 'for people' })),
    enabled: Type.Optional(Type.Boolean()),
    on: Type.Optional(oneOf(occasions)),
    when: Type.Optional(condition('CEL over study, procedure, person, order, source, time, tenant')),
    after: Type.Optional(oneOf(extents)),
    by: Type.Optional(
      Type.Union([
        condition('CEL that gives the moment by which it must have arrived'),
        Type.Object({ at: condition('the moment'), warn: duration('how long before somebody is told') }, closed),
      ]),
    ),
    series: Type.Optional(condition('CEL over one series of the study as well: which of them')),
    do: Type.Object(
      {
        transform: Type.Optional(Type.Array(step, { maxItems: limits.steps })),
        send: Type.Optional(
          Type.Union([
            destination,
            Type.Array(Type.Union([destination, send]), { minItems: 1, maxItems: limits.destinations }),
          ]),
        ),
        prefetch: Type.Optional(prefetch),
      },
      closed,
    ),
    last: Type.Optional(Type.Boolean({ description: 'no later rule is asked where this one applies' })),
  },
  closed,
);

export const ruleSetSchema = Type.Object(
  {
    zone: Type.Optional(Type.String({ maxLength: limits.name, description: 'IANA time zone; UTC where absent' })),
    rules: Type.Array(rule, { maxItems: limits.rules }),
  },
  closed,
);

export type RuleDocument = Static<typeof rule>;
export type RuleSetDocument = Static<typeof ruleSetSchema>;
