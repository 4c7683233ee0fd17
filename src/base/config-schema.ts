// Every setting of a node: its key in fascia.yaml, its environment variable (FASCIA_ and the key in capitals), its form
// and its default. `config.ts` reads values by this table; `fascia config explain` prints it.

export interface Setting {
  description: string;
  /** Absent: the setting may be absent. */
  default?: string;
  form?: RegExp | 'listener' | readonly string[];
  /** Its value holds a password. */
  secret?: true;
}

export const settings = {
  data: { default: './data', description: 'folder that holds everything this node keeps', form: /./ },
  http: { default: '127.0.0.1:8080', description: 'HTTP listener; port 0 picks one and prints it', form: 'listener' },
  httpTls: {
    description: 'PEM file with the private key and the certificates of the HTTP listener; plain when absent',
  },
  dicom: { default: '127.0.0.1:11112', description: 'DIMSE listener', form: 'listener' },
  dicomTls: {
    description:
      'PEM file with the private key and the certificates of this node in DIMSE by TLS; the DIMSE listener is plain when absent',
  },
  dicomClientCa: {
    description: 'PEM file of the authorities whose client certificates DIMSE by TLS demands; with dicomTls',
  },
  dicomTlsListener: {
    description:
      'DIMSE listener for TLS beside the plain one; with dicomTls, by which the only one speaks TLS where this is absent',
    form: 'listener',
  },
  aet: {
    default: 'FASCIA',
    description: 'our AE title, 1 to 16 characters',
    // PS3.5 6.2 AE: at most 16 characters of the default repertoire without backslash, not all spaces.
    form: /^(?! *$)[\x20-\x5b\x5d-\x7e]{1,16}$/,
  },
  mllp: { default: '127.0.0.1:2575', description: 'HL7 v2 listener (MLLP)', form: 'listener' },
  mllpTls: {
    description: 'PEM file with the private key and the certificates of the HL7 v2 listener; plain when absent',
  },
  mllpClientCa: {
    description: 'PEM file of the authorities whose client certificates the HL7 v2 listener demands; with mllpTls',
  },
  databaseUrl: {
    description: 'an external PostgreSQL >= 15, postgres://…; embedded when absent',
    form: /^postgres(ql)?:\/\//,
    secret: true,
  },
  objects: { description: 'folder of the stored files; `objects` in the data folder when absent' },
  auth: {
    default: 'on',
    description: 'off is accepted only while every listener is on loopback',
    form: ['on', 'off'],
  },
  deidentifyKey: {
    description:
      'file with the key of pseudonyms, 32 bytes as hexadecimal or base64 text; `deidentify.key` in the data folder, made when it is first needed, when absent',
  },
  deidentifyProfiles: {
    description:
      'YAML file with de-identification profiles of this site besides the presets (docs/deidentification.md)',
  },
  vaultKey: {
    description:
      'file with the key of the vault that knows whose copies are in rooms of readers, 32 bytes as hexadecimal or base64 text; `vault.key` in the data folder, made when it is first needed, when absent',
  },
  exchanges: {
    default: '',
    description:
      'which providers read at an exchange elsewhere, as PROVIDER=https://exchange.example.org, separated by commas: copies are made here, with the vault, and carried there (docs/reading.md)',
  },
  exchangeToken: { description: 'bearer token for the exchanges of `exchanges`, of our tenant there', secret: true },
  place: {
    description:
      'where this installation keeps copies for readers, ISO 3166-1 or 3166-2: DE, US-NY; as the first contract of a provider agrees when absent',
    form: /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/,
  },
  readingStepUp: {
    default: 'off',
    description:
      'how readers say again who they are when they sign: off; 15m, by a credential no older than that; or the URL of a service that looks at the proof they send (docs/reading.md)',
    form: /^(off|\d{1,4}m|https?:\/\/\S+)$/,
  },
  readingDrafts: {
    description: 'URL of a service that proposes reports to readers (docs/reading.md); nobody does when absent',
    form: /^https?:\/\/\S+$/,
  },
  readingDraftsToken: { description: 'bearer token for the service of readingDrafts', secret: true },
  tokenIssuers: {
    default: '[]',
    description:
      'authorization servers whose access tokens are accepted (IHE IUA): issuer, audience, scopes … (docs/tokens.md)',
    secret: true,
  },
  keys: { description: 'key file for encryption at rest (refused by this version)' },
  shared: { default: '../shared', description: 'for tests only: corpus, data sets, checks' },
  peers: {
    default: '',
    description: 'AE titles allowed in without a stored peer, separated by commas; ANY only on loopback',
  },
  mppsForward: {
    default: '',
    description: 'AE titles of the peers to whom performed procedure steps (MPPS) are passed on, separated by commas',
  },
  publicUrl: {
    description: 'the root under which clients reach us, where a proxy stands in front: https://pacs.example.org',
    form: /^https?:\/\/[^/?#]+(\/[^?#]*)?$/,
  },
  institution: {
    description:
      'name of the institution that runs this node, as manifests of studies say it; the AE title when absent',
    form: /^[^\\\x00-\x1f]{1,64}$/,
  },
  locationUid: {
    description:
      'Retrieve Location UID (0040,E011) of this node, an OID by which others know where its studies are retrieved from; derived from where that is when absent',
    form: /^(?=.{1,64}$)(0|[1-9]\d*)(\.(0|[1-9]\d*))+$/,
  },
  corsOrigins: {
    default: '',
    description: 'origins of web applications that may call /dicomweb from a browser, separated by commas',
  },
  hookNetworks: {
    default: '',
    description:
      'networks, besides public addresses, to which notifications of Subscriptions may go: 10.0.0.0/8, 192.168.7.20/32; loopback may be where this node listens on loopback itself',
  },
  ehrs: {
    default: '[]',
    description: 'EHRs that may launch us by SMART App Launch: issuer, clientId, identifiers … (docs/ehr.md)',
    secret: true,
  },
  fetchViewer: {
    default: 'on',
    description: 'whether OHIF is brought in from the npm registry where it is missing; off asks nobody outside',
    form: ['on', 'off'],
  },
  htj2k: {
    default: 'first-use',
    description: 'when frames are encoded as HTJ2K: off never, first-use when a client asks, idle also before it asks',
    form: ['off', 'first-use', 'idle'],
  },
  hiddenDays: {
    default: 'ever',
    description: 'days after which the bytes of what was hidden (DELETE) are removed for good; ever keeps them',
    form: /^(ever|\d{1,5})$/,
  },
  duplicatesServed: {
    default: 'first',
    description:
      'which of several objects under one SOP Instance UID is served: the first, or the latest without a conflict',
    form: ['first', 'latest'],
  },
  demographics: {
    default: 'as-received',
    description:
      'whose demographics are served: as-received, or reconciled with what is known of the person (Original Attributes Sequence)',
    form: ['as-received', 'reconciled'],
  },
  identityDomain: {
    default: 'FASCIA',
    description:
      'the Issuer of Patient ID (0010,0021) by which DICOM clients ask for a person of ours and not for a registration',
    // PS3.5 6.2 LO: at most 64 characters, no backslash; without wildcards, spaces at its ends or what separates settings.
    form: /^(?! )[^\\*?\x00-\x1f]{1,64}(?<! )$/,
  },
  identityModel: {
    default: 'learned',
    description:
      'what decides who is who: a model learned from what this archive was told, as it grows; or asked, when told to learn',
    form: ['learned', 'asked'],
  },
  cameraData: {
    default: 'removed',
    description:
      'what cameras write beside the pictures (EXIF, places, comments) of files that become instances here: removed, or kept',
    form: ['removed', 'kept'],
  },
  otherVideo: {
    default: 'encoded',
    description:
      'videos that DICOM has no transfer syntax for: encoded anew as H.264 High Profile, where ffmpeg is installed, or refused',
    form: ['encoded', 'refused'],
  },
  documents: {
    default: 'kept',
    description:
      'what becomes of pictures, videos and documents in DocumentReference and Media: kept, or instances as well; SOURCE=instances, separated by commas (docs/files.md)',
  },
  orderAttributes: {
    default: 'received',
    description:
      'what of the order of a study is served with its images: received as they came, or reconciled with the order (Original Attributes Sequence); SOURCE=reconciled, separated by commas',
  },
  inbox: {
    description:
      'watched folder: files put there come in, and are moved to `done` or `failed` in it (docs/files.md); none when absent',
  },
  timeZones: {
    default: '',
    description:
      'zones of sources that do not say their own (0008,0201): SOURCE=Zone, separated by commas; *=Europe/Berlin for all others',
  },
  logLevel: {
    default: 'info',
    description: 'how much goes to the log',
    form: ['debug', 'info', 'warn', 'error', 'silent'],
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

export const settingNames = Object.keys(settings) as SettingName[];

export const settingOf = (name: SettingName): Setting => settings[name];

/** `databaseUrl` → `FASCIA_DATABASE_URL`. */
export function environmentName(setting: SettingName): string {
  return `FASCIA_${setting.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
}

/** A variable that begins with FASCIA_ and is no setting of the node: the path of fascia.yaml itself. */
export const CONFIG_FILE_VARIABLE = 'FASCIA_CONFIG';
