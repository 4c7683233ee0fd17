// The configuration of a node from the command line, the environment, fascia.yaml and the defaults, in this order of
// precedence. What it does not know or cannot read it refuses with a sentence; it knows nothing of what values mean together.

import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { type BySource, readBySource } from './by-source.ts';
import {
  CONFIG_FILE_VARIABLE,
  environmentName,
  type Setting,
  type SettingName,
  settingNames,
  settingOf,
} from './config-schema.ts';
import { type Ehr, isSafeUrl, readEhrs } from './ehr.ts';
import { type ListenAddress, parseListenAddress } from './listen-address.ts';
import type { LogLevel } from './log.ts';
import { nearest } from './nearest.ts';
import { readTimeZones, type TimeZones } from './time-zones.ts';
import { readTokenIssuers, type TokenIssuer } from './token-issuers.ts';

export interface Config {
  /** Absolute path. */
  data: string;
  http: ListenAddress;
  /** Absolute path of a PEM file. */
  httpTls?: string;
  dicom: ListenAddress;
  dicomTls?: string;
  dicomClientCa?: string;
  /** Where TLS is spoken beside the plain listener; absent: the only listener speaks what it is configured for. */
  dicomTlsListener?: ListenAddress;
  mllp: ListenAddress;
  mllpTls?: string;
  mllpClientCa?: string;
  aet: string;
  databaseUrl?: string;
  /** Absolute path of the folder of the stored objects. */
  objects: string;
  auth: 'on' | 'off';
  /** Whose access tokens are accepted beside our own. */
  tokenIssuers: readonly TokenIssuer[];
  /** AE titles allowed in without a stored peer, or `ANY`. */
  peers: 'ANY' | readonly string[];
  /** AE titles to whom performed procedure steps are passed on. */
  mppsForward: readonly string[];
  publicUrl?: string;
  /** Who runs this node. */
  institution: string;
  /** Retrieve Location UID of this node. */
  locationUid?: string;
  corsOrigins: readonly string[];
  /** Networks in CIDR notation, besides public addresses, to which notifications of Subscriptions may go. */
  hookNetworks: readonly string[];
  /** Who may launch us by SMART App Launch. */
  ehrs: readonly Ehr[];
  fetchViewer: boolean;
  /** When frames are encoded as HTJ2K: never, when a client asks for it, or also before, while nothing else is to do. */
  htj2k: 'off' | 'first-use' | 'idle';
  hiddenDays: number | 'ever';
  duplicatesServed: 'first' | 'latest';
  /** What doors serve of patients: what was received, or what is known of the person. */
  demographics: 'as-received' | 'reconciled';
  /** Issuer of Patient ID of our own person ids. */
  identityDomain: string;
  /** Whether a model of who is who is learned as the archive grows, or only when asked. */
  identityModel: 'learned' | 'asked';
  /** Whether what cameras write beside the pictures stays in what is made of a file. */
  cameraData: 'removed' | 'kept';
  /** Videos that DICOM has no transfer syntax for. */
  otherVideo: 'encoded' | 'refused';
  /** What becomes of attachments in FHIR, by who wrote them (a principal) or `tenant:NAME`. */
  documents: BySource<'kept' | 'instances'>;
  /** What is served of the order of a study, by the AE title or other name of its source. */
  orderAttributes: BySource<'received' | 'reconciled'>;
  /** Absolute path of the watched folder. */
  inbox?: string;
  /** Absolute path of the file with the key of pseudonyms; made in the data folder where none is named. */
  deidentifyKey?: string;
  vaultKey?: string;
  place?: string;
  deidentifyProfiles?: string;
  /** `off`, minutes as `15m`, or the URL of a service: how readers say again who they are when they sign. */
  readingStepUp: string;
  /** The service that proposes reports, and what lets us in there. */
  readingDrafts?: string;
  readingDraftsToken?: string;
  /** Providers whose rooms lie here and who read elsewhere, and what lets us in there. */
  exchanges: { provider: string; url: string }[];
  exchangeToken?: string;
  /** Of sources that do not say their own. */
  timeZones: TimeZones;
  logLevel: LogLevel;
}

/** The values as text, in their forms. */
type Settings = Record<Defaulted, string> & { [name in SettingName]?: string };
type Defaulted =
  | 'readingStepUp'
  | 'data'
  | 'http'
  | 'dicom'
  | 'aet'
  | 'mllp'
  | 'auth'
  | 'peers'
  | 'exchanges'
  | 'mppsForward'
  | 'corsOrigins'
  | 'tokenIssuers'
  | 'hookNetworks'
  | 'ehrs'
  | 'fetchViewer'
  | 'htj2k'
  | 'hiddenDays'
  | 'duplicatesServed'
  | 'demographics'
  | 'identityDomain'
  | 'identityModel'
  | 'cameraData'
  | 'otherVideo'
  | 'documents'
  | 'orderAttributes'
  | 'timeZones'
  | 'logLevel';

export type Origin = 'command line' | 'environment' | 'fascia.yaml' | 'default';

export interface ExplainedSetting {
  name: SettingName;
  /** As written, secrets blanked. */
  value: string;
  origin: Origin;
  description: string;
}

export interface LoadedConfig {
  config: Config;
  settings: ExplainedSetting[];
  /** Things that look like mistakes and were passed over. */
  warnings: string[];
}

export interface ConfigSources {
  commandLine?: Partial<Record<SettingName, string>>;
  environment?: Record<string, string | undefined>;
  /** Relative paths start here; fascia.yaml is looked for here. */
  folder?: string;
}

/** The configuration cannot be used: one sentence for each fault. Exit code 2. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

export function loadConfig(sources: ConfigSources = {}): LoadedConfig {
  const { commandLine = {}, environment = process.env, folder = process.cwd() } = sources;
  const faults: string[] = [];
  const warnings = strangeVariables(environment);
  const file = readConfigFile(environment, folder, faults);
  const raw: Partial<Record<SettingName, unknown>> = {};
  const origins = {} as Record<SettingName, Origin>;
  for (const name of settingNames) {
    const candidates: [unknown, Origin][] = [
      [commandLine[name], 'command line'],
      [environment[environmentName(name)] || undefined, 'environment'],
      [file[name], 'fascia.yaml'],
    ];
    const found = candidates.find(([value]) => value !== undefined);
    raw[name] = found?.[0] ?? settingOf(name).default;
    origins[name] = found?.[1] ?? 'default';
    if (raw[name] === undefined) delete raw[name];
  }
  checkForms(raw, origins, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  const settings = raw as Settings;
  const config = interpret(settings, folder, (fault) => faults.push(fault));
  if (faults.length > 0) throw new ConfigError(faults);
  return { config, settings: explain(settings, origins), warnings };
}

function interpret(settings: Settings, folder: string, fault: (sentence: string) => void): Config {
  const data = resolve(folder, settings.data);
  return {
    data,
    http: parseListenAddress(settings.http)!,
    ...(settings.httpTls !== undefined && { httpTls: resolve(folder, settings.httpTls) }),
    dicom: parseListenAddress(settings.dicom)!,
    ...(settings.dicomTls !== undefined && { dicomTls: resolve(folder, settings.dicomTls) }),
    ...(settings.dicomClientCa !== undefined && { dicomClientCa: resolve(folder, settings.dicomClientCa) }),
    ...(settings.dicomTlsListener !== undefined && {
      dicomTlsListener: parseListenAddress(settings.dicomTlsListener)!,
    }),
    mllp: parseListenAddress(settings.mllp)!,
    ...(settings.mllpTls !== undefined && { mllpTls: resolve(folder, settings.mllpTls) }),
    ...(settings.mllpClientCa !== undefined && { mllpClientCa: resolve(folder, settings.mllpClientCa) }),
    aet: settings.aet.trim(),
    databaseUrl: settings.databaseUrl,
    objects: settings.objects === undefined ? join(data, 'objects') : resolve(folder, settings.objects),
    auth: settings.auth as Config['auth'],
    tokenIssuers: readTokenIssuers(settings.tokenIssuers, (sentence) => fault(`tokenIssuers: ${sentence}`)),
    mppsForward: list(settings.mppsForward),
    peers: settings.peers.trim() === 'ANY' ? 'ANY' : list(settings.peers),
    publicUrl: settings.publicUrl?.replace(/\/+$/, ''),
    institution: settings.institution ?? settings.aet.trim(),
    ...(settings.locationUid !== undefined && { locationUid: settings.locationUid }),
    corsOrigins: list(settings.corsOrigins),
    hookNetworks: readNetworks(settings.hookNetworks, (sentence) => fault(`hookNetworks: ${sentence}`)),
    ehrs: readEhrs(settings.ehrs, folder, (sentence) => fault(`ehrs: ${sentence}`)),
    fetchViewer: settings.fetchViewer === 'on',
    htj2k: settings.htj2k as Config['htj2k'],
    hiddenDays: settings.hiddenDays === 'ever' ? 'ever' : Number(settings.hiddenDays),
    duplicatesServed: settings.duplicatesServed as Config['duplicatesServed'],
    demographics: settings.demographics as Config['demographics'],
    identityDomain: settings.identityDomain,
    identityModel: settings.identityModel as Config['identityModel'],
    cameraData: settings.cameraData as Config['cameraData'],
    otherVideo: settings.otherVideo as Config['otherVideo'],
    documents: readBySource(settings.documents, ['kept', 'instances'], (sentence) => fault(`documents: ${sentence}`)),
    orderAttributes: readBySource(settings.orderAttributes, ['received', 'reconciled'], (sentence) =>
      fault(`orderAttributes: ${sentence}`),
    ),
    ...(settings.inbox !== undefined && { inbox: resolve(folder, settings.inbox) }),
    ...(settings.deidentifyKey !== undefined && { deidentifyKey: resolve(folder, settings.deidentifyKey) }),
    ...(settings.place !== undefined && { place: settings.place }),
    ...(settings.vaultKey !== undefined && { vaultKey: resolve(folder, settings.vaultKey) }),
    ...(settings.deidentifyProfiles !== undefined && {
      deidentifyProfiles: resolve(folder, settings.deidentifyProfiles),
    }),
    readingStepUp: settings.readingStepUp,
    ...(settings.readingDrafts !== undefined && { readingDrafts: settings.readingDrafts }),
    ...(settings.readingDraftsToken !== undefined && { readingDraftsToken: settings.readingDraftsToken }),
    exchanges: readExchanges(settings.exchanges, (sentence) => fault(`exchanges: ${sentence}`)),
    ...(settings.exchangeToken !== undefined && { exchangeToken: settings.exchangeToken }),
    timeZones: readTimeZones(settings.timeZones, (sentence) => fault(`timeZones: ${sentence}`)),
    logLevel: settings.logLevel as LogLevel,
  };
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function readExchanges(text: string, fault: (sentence: string) => void): Config['exchanges'] {
  const entries = text.split(',').map((each) => each.trim());
  return entries
    .filter((each) => each !== '')
    .map((each) => {
      const [, provider = '', url = ''] = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})=(\S+)$/.exec(each) ?? [];
      if (!isSafeUrl(url)) fault(`${each} is not PROVIDER=https://… (http:// only on loopback)`);
      return { provider, url };
    });
}

function readNetworks(text: string, fault: (sentence: string) => void): string[] {
  const networks = list(text);
  for (const each of networks) {
    const [address = '', bits] = each.split('/');
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address) as 0 | 4 | 6];
    if (!/^\d{1,3}$/.test(bits ?? '') || Number(bits) > most) fault(`${each} is no network such as 10.0.0.0/8`);
  }
  return networks;
}

function readConfigFile(
  environment: Record<string, string | undefined>,
  folder: string,
  faults: string[],
): Partial<Record<SettingName, unknown>> {
  const named = environment[CONFIG_FILE_VARIABLE];
  const path = resolve(folder, named ?? 'fascia.yaml');
  let content: unknown;
  try {
    content = parseYaml(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT' && named === undefined;
    if (!absent) faults.push(`${path} cannot be read: ${(error as Error).message.split('\n')[0]}`);
    return {};
  }
  if (typeof content !== 'object' || Array.isArray(content)) {
    faults.push(`${path} must hold "key: value" lines`);
    return {};
  }
  for (const key of Object.keys(content!)) {
    if (!(settingNames as string[]).includes(key))
      faults.push(`fascia.yaml: unknown key ${key}${meant(key, settingNames)}`);
  }
  return fromYaml(content as Record<string, unknown>);
}

/** YAML reads `off` as a word, `11112` as a number and `[A, B]` as a list; settings are text, what has parts is JSON. */
function fromYaml(content: Record<string, unknown>): Partial<Record<SettingName, unknown>> {
  const texts: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(content)) {
    if (value === null) continue;
    if (Array.isArray(value) && value.some((item) => typeof item === 'object')) texts[key] = JSON.stringify(value);
    else if (Array.isArray(value)) texts[key] = value.join(',');
    else if (typeof value === 'boolean') texts[key] = value ? 'on' : 'off';
    else texts[key] = typeof value === 'number' ? String(value) : value;
  }
  return texts;
}

function checkForms(
  raw: Partial<Record<SettingName, unknown>>,
  origins: Record<SettingName, Origin>,
  faults: string[],
): void {
  const shown = (name: SettingName) => (origins[name] === 'environment' ? environmentName(name) : name);
  for (const name of settingNames) {
    const value = raw[name];
    const expected = value === undefined ? undefined : expectationUnmet(settingOf(name), value);
    if (expected !== undefined) faults.push(`${shown(name)} (${origins[name]}) must be ${expected}`);
  }
  for (const [name, needed] of [
    ['mllpClientCa', 'mllpTls'],
    ['dicomClientCa', 'dicomTls'],
    ['dicomTlsListener', 'dicomTls'],
  ] as const)
    if (raw[name] !== undefined && raw[needed] === undefined) faults.push(`${shown(name)} needs ${needed}`);
  // What is asked for and cannot be given is refused, never passed over: the bytes would lie there unencrypted.
  if (raw.keys !== undefined) faults.push(`${shown('keys')}: encryption at rest is not offered by this version`);
  const objects = raw.objects;
  if (typeof objects === 'string' && /^[a-z0-9]+:\/\//i.test(objects)) {
    faults.push(`${shown('objects')}: only a folder is offered by this version`);
  }
}

/** What a value should have been, in words; undefined where it fits. */
function expectationUnmet({ form, description }: Setting, value: unknown): string | undefined {
  if (typeof value !== 'string') return `text: ${description}`;
  if (form === 'listener') {
    return parseListenAddress(value) ? undefined : 'host:port, such as 127.0.0.1:8080 or [::1]:8080';
  }
  if (form instanceof RegExp) return form.test(value) ? undefined : `this: ${description}`;
  return form === undefined || form.includes(value) ? undefined : `one of ${form.join(', ')}: ${description}`;
}

/** A variable one slip away from one of ours is a mistake worth a word; others belong to somebody else. */
function strangeVariables(environment: Record<string, string | undefined>): string[] {
  const known = [...settingNames.map(environmentName), CONFIG_FILE_VARIABLE];
  return Object.keys(environment)
    .filter((name) => name.startsWith('FASCIA_') && !known.includes(name))
    .map((name) => `${name} is not a setting and was passed over${meant(name, known)}`);
}

function meant(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : `; did you mean ${found}?`;
}

function explain(settings: Settings, origins: Record<SettingName, Origin>): ExplainedSetting[] {
  return settingNames.map((name) => {
    const { description, secret } = settingOf(name);
    const value = settings[name] ?? '';
    return { name, value: secret ? withoutSecret(value) : value, origin: origins[name], description };
  });
}

/** `postgres://user:***@host/db`, `{"clientSecret":"***"}`: everything but the password. */
const withoutSecret = (text: string): string =>
  text
    .replace(/^(\w+:\/\/[^:@/]*):[^@]*@/, '$1:***@')
    .replace(/([?&]password=)[^&]*/gi, '$1***')
    .replace(/("clientSecret"\s*:\s*)"(?:[^"\\]|\\.)*"/g, '$1"***"');
