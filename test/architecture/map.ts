// The map of src/: which folder may import which, and which are pure. To add an arrow, change this table and say why in
// docs/decisions/.

interface Room {
  /** Folders of src/ this one may import besides itself; `'all'` for whoever wires everything. */
  imports: readonly string[] | 'all';
  /** Bytes and values in, values out: no node:, no Buffer, no process, no clock, no timers; of base only the files below. */
  pure?: true;
}

const formats = ['dicom', 'fhir', 'hl7v2'];
const judgement = ['translate', 'normalize', 'identity', 'deidentify', 'routing', 'pixels'];
const pureFolders = [...formats, ...judgement];

/** Longest path first wins: `hl7v2/mllp` is a door, `hl7v2` a format. */
export const map: Record<string, Room> = {
  base: { imports: [] },
  dicom: { imports: ['base'], pure: true },
  fhir: { imports: ['base'], pure: true },
  hl7v2: { imports: ['base'], pure: true },
  ...Object.fromEntries(judgement.map((folder) => [folder, { imports: ['base', ...formats], pure: true } as const])),
  // What a study, a message or a resource says of a patient becomes a sighting.
  translate: { imports: ['base', ...formats, 'identity'], pure: true },
  // Rows that a judgement is made from are kept in its own words.
  storage: { imports: ['base', ...formats, 'identity'] },
  // Tokens, peers and audit rows are rows of the catalogue.
  audit: { imports: ['base', ...formats, 'storage'] },
  auth: { imports: ['base', ...formats, 'storage'] },
  dimse: { imports: ['base', 'dicom'] },
  // STOW-RS fills in what a client may leave out because a codestream says it (PS3.18 10.5.2).
  dicomweb: { imports: ['base', 'dicom', 'translate'] },
  'fhir/rest': { imports: ['base', 'fhir'] },
  // SOAP: what RAD-69 retrieves is what WADO-RS does, in another envelope (docs/decisions/0068).
  xds: { imports: ['base', 'dicom', 'dicomweb'] },
  // The reading room's hub: a door with a protocol of its own, whose contexts hold FHIR resources.
  fhircast: { imports: ['base', 'fhir'] },
  'hl7v2/mllp': { imports: ['base', 'hl7v2'] },
  ingest: { imports: ['base', ...pureFolders, 'storage', 'audit'] },
  orders: { imports: ['base', ...pureFolders, 'storage', 'audit', 'auth'] },
  delivery: { imports: ['base', ...pureFolders, 'storage', 'audit', 'auth'] },
  // The exchange's judgement is pure, so that its simulator runs the code that dispatches; its rows lie beside. Hours of
  // service are windows of the week, as those of destinations are (routing/window.ts).
  reading: { imports: ['base', ...formats, 'translate', 'deidentify', 'normalize', 'routing'], pure: true },
  'reading/store': { imports: ['base', ...pureFolders, 'reading', 'storage', 'audit', 'auth'] },
  // Persons are told in identity's words, cases in those of reading.
  api: { imports: ['base', 'identity', 'reading', 'storage', 'audit', 'auth'] },
  // The console shows dates, names and thumbnails as quick look does.
  console: { imports: [...pureFolders, 'reading', 'viewer'] },
  viewer: { imports: pureFolders },
  server: { imports: 'all' },
  // `fascia echo`, `fascia trace` and `fascia hl7 send` speak their protocols from the terminal, without a node.
  cli: { imports: ['base', ...pureFolders, 'reading', 'dimse', 'hl7v2/mllp', 'server'] },
};

/** What a pure folder may take of base: values and types without a side effect. */
export const pureBase = [
  'base/problem.ts',
  'base/clock.ts',
  'base/nearest.ts',
  'base/xml-escape.ts',
  'base/xml-parser.ts',
];

/** Packages that are pure themselves and run in a browser. */
export const purePackages = [
  'fflate',
  // Report templates of IHE MRRT are HTML5.
  'parse5',
  // Rules: the language of their conditions, the form and the text they are written in.
  '@marcbachmann/cel-js',
  '@sinclair/typebox',
  'yaml',
  // WebAssembly decoders.
  '@cornerstonejs/codec-charls',
  '@cornerstonejs/codec-libjpeg-turbo-8bit',
  '@cornerstonejs/codec-openjpeg',
  '@cornerstonejs/codec-openjph',
  'dcmjs-codecs',
  // Types only.
  '@medplum/fhirtypes',
];

/** Names that reach outside: a program that uses one is not a function of its arguments. */
export const impureNames = [
  'Buffer',
  'Date.now',
  'Math.random',
  'clearInterval',
  'clearTimeout',
  'crypto',
  'fetch',
  'global',
  'globalThis',
  'performance',
  'process',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
];
