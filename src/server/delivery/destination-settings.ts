// What each kind of destination must be told: checked when a destination is put, and told again without its secrets.

import { isAbsolute, relative, resolve } from 'node:path';
import { Value } from '@sinclair/typebox/value';
import { Problem } from '../../base/problem.ts';
import type { Kind } from '../../storage/destinations.ts';
import { messageFaults } from './hl7-notice.ts';
import { nameFault } from './object-name.ts';
import { type Settings, settingsSchemas } from './settings-schemas.ts';
import { factGroups } from './study-notice.ts';

/** Stands for a secret that is stored; who puts it back keeps what is stored. */
const HIDDEN = '…';

/** Throws request/malformed where the settings are not those of this kind. */
export function settingsOf<K extends Kind>(kind: K, settings: unknown): Settings<K> {
  const schema = settingsSchemas[kind];
  if (Value.Check(schema, settings)) return settings as Settings<K>;
  const { path, message } = Value.Errors(schema, settings).First()!;
  throw malformed(`settings${path}: ${message}`);
}

/** Throws request/malformed where the settings lead nowhere. `data`: our data folder. */
export function checkSettings(kind: Kind, settings: unknown, data: string): void {
  const fault = faults[kind]?.(settingsOf(kind, settings) as never, data);
  if (fault !== undefined) throw malformed(fault);
}

/** What a form's shape does not say. */
const faults: { [K in Kind]?: (settings: Settings<K>, data: string) => string | undefined } = {
  folder: ({ path }, data) => folderFault(path, data),
  s3: ({ key }) => nameFault(key),
  sftp: ({ path, password, privateKey }) =>
    password === undefined && privateKey === undefined ? 'neither password nor privateKey' : nameFault(path),
  webhook({ facts = [] }) {
    const unknown = facts.find((group) => !factGroups.includes(group));
    return unknown && `no facts ${unknown}: there are ${factGroups.join(', ')}`;
  },
  manifest: ({ url, destination }) =>
    (url === undefined) === (destination === undefined) ? 'either url or destination' : undefined,
  xds({ url, affinityDomain, imagesUrl, locationUid }) {
    if (url === undefined && imagesUrl === undefined) return 'neither url nor imagesUrl';
    if ((url === undefined) !== (affinityDomain === undefined)) return 'url and affinityDomain go together';
    return (imagesUrl === undefined) === (locationUid === undefined)
      ? undefined
      : 'imagesUrl and locationUid go together';
  },
  hl7: ({ message }) => message && messageFaults(message)[0],
};

/** Nothing is delivered into our own data: a file of ours that is replaced is a study that is lost. */
function folderFault(path: string, data: string): string | undefined {
  if (!isAbsolute(path)) return 'path is not absolute';
  const way = relative(resolve(data), path);
  return way === '' || !(way.startsWith('..') || isAbsolute(way)) ? 'path lies within the data folder' : undefined;
}

/** A credential goes in and never comes out. */
export function withoutSecrets(kind: string, settings: unknown): unknown {
  const names = secretsOf(kind);
  return mapped(settings, (name, value) => (names.has(name) ? HIDDEN : value));
}

/** Settings as they were told, with the secrets that `stored` has for them; those of one receiver are not told to another. */
export function withSecrets(kind: Kind, settings: unknown, stored: unknown): unknown {
  const names = secretsOf(kind);
  const [told, kept] = [settings, stored ?? {}] as Record<string, unknown>[];
  const isSameReceiver = ['url', 'imagesUrl', 'host', 'port', 'endpoint', 'hostKey'].every(
    (name) => told![name] === kept![name],
  );
  return mapped(settings, (name, value) => {
    if (!names.has(name) || value !== HIDDEN) return value;
    if (isSameReceiver && kept![name] !== undefined) return kept![name];
    throw malformed(`settings/${name}: it is not known for this receiver`);
  });
}

function secretsOf(kind: string): ReadonlySet<string> {
  const properties = Object.entries(settingsSchemas[kind as Kind]?.properties ?? {});
  return new Set(properties.filter(([, schema]) => schema.writeOnly === true).map(([name]) => name));
}

function mapped(settings: unknown, map: (name: string, value: unknown) => unknown): unknown {
  const entries = Object.entries(settings as object).map(([name, value]) => [name, map(name, value)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const malformed = (reason: string): Problem => new Problem('request/malformed', { reason });
