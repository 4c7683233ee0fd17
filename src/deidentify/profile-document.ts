// Profiles as data: YAML (of which JSON is a part), read and refused with all its faults.

import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { parse } from 'yaml';
import { tagOf } from '../dicom/dictionary.ts';
import type { Action } from './confidentiality-table.ts';
import { type Option, optionNames, type Profile, presets } from './profile.ts';

export const limits = {
  /** Characters of a file of profiles. */
  file: 1_000_000,
  profiles: 100,
  attributes: 1000,
  masks: 1000,
  regions: 100,
} as const;

const closed = { additionalProperties: false } as const;
const pixels = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const text = Type.String({ minLength: 1, maxLength: 64 });
const region = Type.Object({ x: pixels, y: pixels, width: pixels, height: pixels }, closed);

const mask = Type.Object(
  {
    modality: Type.Optional(text),
    manufacturer: Type.Optional(text),
    model: Type.Optional(text),
    rows: Type.Optional(pixels),
    columns: Type.Optional(pixels),
    regions: Type.Array(region, { minItems: 1, maxItems: limits.regions }),
  },
  closed,
);

const document = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' }),
    basedOn: Type.Optional(Type.String({ description: 'a preset whose options and attributes this one begins with' })),
    options: Type.Optional(Type.Array(Type.Union(optionNames.map((name) => Type.Literal(name))))),
    without: Type.Optional(Type.Array(Type.Union(optionNames.map((name) => Type.Literal(name))))),
    attributes: Type.Optional(
      Type.Record(Type.String(), Type.Union((['D', 'Z', 'X', 'K', 'C', 'U'] as const).map((one) => Type.Literal(one)))),
    ),
    safePrivate: Type.Optional(
      Type.Array(Type.String({ pattern: '^.+/[0-9A-Fa-f]{4}xx[0-9A-Fa-f]{2}$' }), { maxItems: limits.attributes }),
    ),
    masks: Type.Optional(Type.Array(mask, { maxItems: limits.masks })),
  },
  closed,
);

/** One profile as a person writes it. */
export type ProfileDocument = Static<typeof document>;

const file = Type.Object({ profiles: Type.Array(document, { maxItems: limits.profiles }) }, closed);

/** The profiles cannot be used: one sentence for each fault. */
export class ProfileError extends Error {
  override name = 'ProfileError';
}

/** The presets and those of `yaml`, which may not take a preset's name. Throws ProfileError. */
export function readProfiles(yaml: string): ReadonlyMap<string, Profile> {
  if (yaml.length > limits.file) throw new ProfileError(`longer than ${limits.file} characters`);
  const given = parsed(yaml);
  if (!Value.Check(file, given)) {
    const faults = [...Value.Errors(file, given)].map(({ path, message }) => `${path}: ${message}`);
    throw new ProfileError(faults.join('\n'));
  }
  const profiles = new Map(presets);
  for (const one of given.profiles) {
    if (profiles.has(one.name)) throw new ProfileError(`${one.name}: there is a profile of this name`);
    profiles.set(one.name, profileOf(one, profiles));
  }
  return profiles;
}

function parsed(yaml: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    throw new ProfileError((error as Error).message.split('\n')[0]);
  }
}

function profileOf(given: ProfileDocument, known: ReadonlyMap<string, Profile>): Profile {
  const base = known.get(given.basedOn ?? 'basic');
  if (base === undefined) throw new ProfileError(`${given.name}: no profile ${given.basedOn} stands before it`);
  const options = new Set<Option>([...base.options, ...(given.options ?? [])]);
  for (const option of given.without ?? []) options.delete(option);
  if (options.has('retain-full-dates') && options.has('retain-modified-dates'))
    throw new ProfileError(`${given.name}: dates are either kept or modified`);
  return {
    name: given.name,
    options,
    attributes: new Map([...base.attributes, ...attributesOf(given)]),
    safePrivate: new Set([...base.safePrivate, ...(given.safePrivate ?? []).map(normalPrivate)]),
    masks: [...base.masks, ...(given.masks ?? [])],
  };
}

function attributesOf({ name, attributes = {} }: ProfileDocument): [number, Action][] {
  return Object.entries(attributes).map(([keyword, action]) => {
    const tag = tagOf(keyword);
    if (tag === undefined) throw new ProfileError(`${name}: no attribute ${keyword}`);
    return [tag, action];
  });
}

/** `CREATOR/2001xx0A`: digits in capitals, the creator as it stands. */
const normalPrivate = (name: string): string => name.slice(0, -8) + name.slice(-8).toUpperCase().replace('XX', 'xx');
