// XML with its namespaces (Namespaces in XML 1.0), which messages by SOAP are told apart by: the bounded parser of base keeps
// the local names of elements, the prefixes are read where it says the element begins.

import { Problem } from '../base/problem.ts';
import { parseXml, type XmlElement } from '../base/xml-parser.ts';

const limits = {
  /** In force at one element. */
  prefixes: 200,
} as const;

export interface NamedElement {
  /** '' where it is in none. */
  namespace: string;
  name: string;
  /** Of no namespace under their name, of others under `{namespace}name`. */
  attributes: ReadonlyMap<string, string>;
  children: readonly NamedElement[];
  /** All character data directly below, without white space around it. */
  text: string;
}

/** The root element. Throws request/malformed for what is no XML, has a document type, or a prefix that nobody declared. */
export function readNamed(source: string): NamedElement {
  return named(parseXml(source), source, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]));
}

/** Those of a name. */
export const below = ({ children }: NamedElement, namespace: string, name: string): NamedElement[] =>
  children.filter((child) => child.namespace === namespace && child.name === name);

/** The text of the first; undefined where it is absent or empty. */
export const textBelow = (element: NamedElement, namespace: string, name: string): string | undefined =>
  below(element, namespace, name)[0]?.text || undefined;

function named(element: XmlElement, source: string, outer: ReadonlyMap<string, string>): NamedElement {
  const scope = scopeWithin(element, outer);
  const attributes = new Map<string, string>();
  for (const [name, value] of element.attributes) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    const [prefix, local] = split(name);
    // An attribute without a prefix is in no namespace, whatever the default is (6.2).
    attributes.set(prefix === '' ? local : `{${resolve(prefix, scope)}}${local}`, value);
  }
  const [prefix] = split(tagName(source, element.start));
  return {
    namespace: prefix === '' ? (scope.get('') ?? '') : resolve(prefix, scope),
    name: element.name,
    attributes,
    children: element.children.map((child) => named(child, source, scope)),
    text: element.text.trim(),
  };
}

function scopeWithin({ attributes }: XmlElement, outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const declared = [...attributes].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return outer;
  const scope = new Map([...outer, ...declared.map(([name, value]) => [name.slice('xmlns:'.length), value] as const)]);
  if (scope.size > limits.prefixes) throw new Problem('request/malformed', { reason: 'XML with too many prefixes' });
  return scope;
}

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function resolve(prefix: string, scope: ReadonlyMap<string, string>): string {
  const namespace = scope.get(prefix);
  if (!namespace) throw new Problem('request/malformed', { reason: 'XML with a prefix that is not declared' });
  return namespace;
}

/** Written at this offset, with its prefix. */
function tagName(source: string, start: number): string {
  startOfTag.lastIndex = start;
  return startOfTag.exec(source)?.[1] ?? '';
}

const startOfTag = /<([^\s/>=<"'&]+)/y;
