// Every setting of a node: its key in fascia.yaml, its environment variable (FASCIA_ and the key in capitals), its form
// and its default. `config.ts` reads values by this table; `fascia config explain` prints it.

import { type Static, Type } from '@sinclair/typebox';

const listener = (value: string, description: string) =>
  Type.String({ default: value, description, 'x-form': 'listener', maxLength: 300 });

export const configSchema = Type.Object(
  {
    data: Type.String({ default: './data', description: 'folder that holds everything this node keeps', minLength: 1 }),
    http: listener('127.0.0.1:8080', 'HTTP listener; port 0 picks one and prints it'),
    dicom: listener('127.0.0.1:11112', 'DIMSE listener'),
    aet: Type.String({
      default: 'FASCIA',
      description: 'our AE title',
      // PS3.5 6.2 AE: at most 16 characters of the default repertoire without backslash, not all spaces.
      pattern: '^(?! *$)[\\x20-\\x5b\\x5d-\\x7e]{1,16}$',
    }),
    mllp: listener('127.0.0.1:2575', 'HL7 v2 listener (read, not opened by this version)'),
    databaseUrl: Type.Optional(
      Type.String({
        description: 'an external PostgreSQL >= 15; embedded when absent',
        pattern: '^postgres(ql)?://',
        'x-secret': true,
      }),
    ),
    objects: Type.Optional(
      Type.String({
        description: 'folder of the stored objects; `objects` in the data folder when absent',
        minLength: 1,
      }),
    ),
    auth: Type.Union([Type.Literal('on'), Type.Literal('off')], {
      default: 'on',
      description: 'off is accepted only while every listener is on loopback',
    }),
    keys: Type.Optional(Type.String({ description: 'key file for encryption at rest (refused by this version)' })),
    shared: Type.String({ default: '../shared', description: 'for tests only: corpus, data sets, checks' }),
    peers: Type.String({
      default: '',
      description: 'AE titles allowed in without a stored peer, separated by commas; ANY only on loopback',
    }),
    publicUrl: Type.Optional(
      Type.String({
        description: 'the root under which clients reach us, where a proxy stands in front',
        pattern: '^https?://[^/?#]+(/[^?#]*)?$',
      }),
    ),
    corsOrigins: Type.String({
      default: '',
      description: 'origins of web applications that may call /dicomweb from a browser, separated by commas',
    }),
    logLevel: Type.Union(
      (['debug', 'info', 'warn', 'error', 'silent'] as const).map((level) => Type.Literal(level)),
      { default: 'info', description: 'how much goes to the log' },
    ),
  },
  { additionalProperties: false },
);

export type Settings = Static<typeof configSchema>;
export type SettingName = keyof typeof configSchema.properties;

export const settingNames = Object.keys(configSchema.properties) as SettingName[];

/** `databaseUrl` → `FASCIA_DATABASE_URL`. */
export function environmentName(setting: SettingName): string {
  return `FASCIA_${setting.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
}

/** Variables that begin with FASCIA_ and are no setting of the node: the path of fascia.yaml itself. */
export const CONFIG_FILE_VARIABLE = 'FASCIA_CONFIG';
