// What the documents of this room share: words of lists, places, instants, names. YAML files, the API and the command line
// exchange them.

import { type TSchema, Type } from '@sinclair/typebox';

export const limits = {
  /** Of one list. */
  items: 500,
  name: 64,
  text: 500,
} as const;

export const closed = { additionalProperties: false } as const;

export const oneOf = <T extends readonly string[]>(words: T) =>
  Type.Union(words.map((word) => Type.Literal(word))) as never as TSchema & { static: T[number] };

/** Of clients, providers, sites, contracts, terms and readers: what stands in paths and logs. */
export const name = (description: string) =>
  Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,47}$',
    description: `${description}: letters, digits, points, hyphens`,
  });

/** Of tenants, which may be called anything. */
export const tenantName = Type.String({ minLength: 1, maxLength: limits.name, description: 'a tenant' });

export const instant = (description: string) =>
  Type.String({
    pattern:
      '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])(T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d))?$',
    description: `${description}, as 2026-11-23 or 2026-11-23T07:35:00Z`,
  });

export const place = Type.String({
  pattern: '^[A-Z]{2}(-[A-Z0-9]{1,3})?$',
  description: 'a country or subdivision of ISO 3166: DE, US-NY',
});

export const text = (description: string) => Type.String({ minLength: 1, maxLength: limits.text, description });

export const list = <T extends TSchema>(items: T) => Type.Optional(Type.Array(items, { maxItems: limits.items }));

export const money = Type.String({ pattern: '^\\d{1,9}(\\.\\d{1,6})?$', description: 'a decimal in quotes: "12.50"' });
export const currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'a currency of ISO 4217: EUR' });

export const period = Type.Object(
  { from: instant('when it begins'), to: Type.Optional(instant('when it has ended')) },
  closed,
);

export const modality = Type.String({ pattern: '^[A-Z0-9_]{2,16}$', description: 'a modality (0008,0060): CT' });

export const region = Type.String({
  minLength: 1,
  maxLength: limits.name,
  description: 'a body region of the RadLex Playbook: HEAD',
});
