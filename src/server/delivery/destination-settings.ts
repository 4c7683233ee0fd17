// What each kind of destination must be told. Each function throws Problem request/malformed where the settings lead nowhere.

import { isAbsolute, relative, resolve } from 'node:path';
import { type Static, type TObject, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { Problem } from '../../base/problem.ts';

const closed = { additionalProperties: false } as const;

const asked = {
  verify: Type.Optional(
    Type.Boolean({ description: 'ask it for what it accepted, and send again what it does not have' }),
  ),
  verifyAfter: Type.Optional(
    Type.String({
      pattern: '^(\\d+(\\.\\d+)?[smhd])+$',
      maxLength: 20,
      description: 'how long after: 5s where absent',
    }),
  ),
};
const corrected = {
  corrections: Type.Optional(
    Type.Union([Type.Literal('resend'), Type.Literal('tell')], {
      description:
        'of copies whose patient turns out to be another: resend has the receiver reject them and sends them again, tell leaves it to a person; resend where absent',
    }),
  ),
  rejectAs: Type.Optional(
    Type.Union([Type.Literal('113037'), Type.Literal('113038')], {
      description: 'title of such rejection notes, in DCM: 113037 where absent',
    }),
  ),
};
/** What every kind takes: what becomes of copies whose patient turns out to be another. */
export type CorrectionSettings = Static<TObject<typeof corrected>>;
const Dimse = Type.Object(
  {
    aeTitle: Type.Optional(Type.String({ minLength: 1, maxLength: 16, description: 'of the peer; absent: the name' })),
    ...asked,
    ...corrected,
  },
  closed,
);
const Dicomweb = Type.Object(
  {
    url: Type.String({ pattern: '^https?://', maxLength: 2000, description: 'DICOMweb root' }),
    authorization: Type.Optional(Type.String({ maxLength: 4000, description: 'sent as Authorization' })),
    ...asked,
    ...corrected,
  },
  closed,
);
const Folder = Type.Object({ path: Type.String({ minLength: 1, maxLength: 1000 }), ...corrected }, closed);

export const destinationKinds = ['dimse', 'dicomweb', 'folder'] as const;
export type Kind = (typeof destinationKinds)[number];

export const dimseSettings = (settings: unknown): Static<typeof Dimse> => checked(Dimse, settings);

export function dicomwebSettings(settings: unknown): Static<typeof Dicomweb> {
  const { url, ...rest } = checked(Dicomweb, settings);
  return { ...rest, url: url.replace(/\/+$/, '') };
}

/** `data`: our data folder. Nothing is delivered into it: a file of ours that is replaced is a study that is lost. */
export function folderSettings(settings: unknown, data: string): Static<typeof Folder> {
  const { path } = checked(Folder, settings);
  if (!isAbsolute(path)) throw new Problem('request/malformed', { reason: 'path is not absolute' });
  const way = relative(resolve(data), path);
  if (way === '' || !(way.startsWith('..') || isAbsolute(way)))
    throw new Problem('request/malformed', { reason: 'path lies within the data folder' });
  return { path };
}

export function checkSettings(kind: Kind, settings: unknown, data: string): void {
  if (kind === 'dimse') dimseSettings(settings);
  else if (kind === 'dicomweb') dicomwebSettings(settings);
  else folderSettings(settings, data);
}

function checked<T extends TSchema>(schema: T, settings: unknown): Static<T> {
  if (Value.Check(schema, settings)) return settings;
  const { path, message } = Value.Errors(schema, settings).First()!;
  throw new Problem('request/malformed', { reason: `settings${path}: ${message}` });
}
