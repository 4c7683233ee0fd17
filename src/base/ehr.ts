// The EHRs that may launch us (SMART App Launch 2), as the setting `ehrs` has them: a list in fascia.yaml, JSON in the
// environment.

import { resolve } from 'node:path';

export type ViewerChoice = 'look' | 'ohif';

export interface Ehr {
  /** What people call it. */
  name: string;
  /** The FHIR base URL that it launches with (`iss`), without a slash at its end. */
  issuer: string;
  /** As it has registered us. */
  clientId: string;
  /** Where we are a confidential client: a shared secret, or the path of a private key as JWK (RS384, ES384). */
  clientSecret?: string;
  clientKey?: string;
  /** Whose archive it opens; the default one when absent. */
  tenant?: string;
  /** `Identifier.system` of its patients → Issuer of Patient ID in our studies, empty for studies that name none. */
  identifiers: ReadonlyMap<string, readonly string[]>;
  /** What a study is opened with, unless the launch's intent says otherwise. */
  viewer: ViewerChoice;
  intents: ReadonlyMap<string, ViewerChoice>;
}

/** Calls `fault` with a sentence for each thing that cannot be used. Relative paths start in `folder`. */
export function readEhrs(text: string, folder: string, fault: (sentence: string) => void): Ehr[] {
  const list = parsed(text);
  if (!Array.isArray(list)) {
    fault('must be a list, each entry with issuer, clientId and identifiers');
    return [];
  }
  const ehrs = list.map((entry, at) => readEhr(entry, folder, (sentence) => fault(`entry ${at + 1}: ${sentence}`)));
  const issuers = ehrs.map(({ issuer }) => issuer);
  if (new Set(issuers).size < issuers.length) fault('two entries have one issuer');
  return ehrs;
}

const known = [
  'name',
  'issuer',
  'clientId',
  'clientSecret',
  'clientKey',
  'tenant',
  'identifiers',
  'viewer',
  'intents',
] as const;

type Entry = { [key in (typeof known)[number]]?: unknown };

function readEhr(entry: unknown, folder: string, fault: (sentence: string) => void): Ehr {
  const given: Entry = isRecord(entry) ? entry : {};
  for (const key of Object.keys(given)) if (!(known as readonly string[]).includes(key)) fault(`unknown key ${key}`);
  const text = (key: keyof Entry): string | undefined => {
    const value = given[key];
    if (value !== undefined && (typeof value !== 'string' || value === '')) fault(`${key} must be text`);
    return typeof value === 'string' ? value : undefined;
  };
  const issuer = text('issuer')?.replace(/\/+$/, '') ?? '';
  const fhirBase = URL.parse(issuer);
  if (fhirBase === null || fhirBase.search !== '' || fhirBase.hash !== '' || !isSafeUrl(issuer)) {
    fault('issuer must be the FHIR base URL, https:// (http:// only on loopback)');
  }
  const clientId = text('clientId') ?? '';
  if (clientId === '') fault('clientId must be what the EHR has registered us as');
  const [clientSecret, clientKey] = [text('clientSecret'), text('clientKey')];
  if (clientSecret !== undefined && clientKey !== undefined) fault('either clientSecret or clientKey, not both');
  const identifiers = new Map(entriesOf(given.identifiers).map(([system, issuers]) => [system, [issuers].flat()]));
  if (identifiers.size === 0 || ![...identifiers.values()].flat().every((each) => typeof each === 'string')) {
    fault('identifiers must say which Identifier.system is which Issuer of Patient ID');
  }
  const viewer = given.viewer ?? 'look';
  const intents = entriesOf(given.intents);
  if (![viewer, ...intents.map(([, choice]) => choice)].every(isViewer)) fault('viewer and intents name look or ohif');
  return {
    name: text('name') ?? fhirBase?.host ?? issuer,
    issuer,
    clientId,
    clientSecret,
    clientKey: clientKey && resolve(folder, clientKey),
    tenant: text('tenant'),
    identifiers: identifiers as Map<string, string[]>,
    viewer: viewer as ViewerChoice,
    intents: new Map(intents as [string, ViewerChoice][]),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const entriesOf = (value: unknown): [string, unknown][] => (isRecord(value) ? Object.entries(value) : []);

const isViewer = (value: unknown): boolean => value === 'look' || value === 'ohif';

/** Whether tokens may go there: https, or this machine. */
export function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url?.hostname ?? '');
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
