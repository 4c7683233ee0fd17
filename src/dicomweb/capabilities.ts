// Retrieve Capabilities (PS3.18 8.9): what this door offers, as a Web Application Description (WADL, Annex H) in XML or JSON,
// made of the same table of routes by which requests are answered.

import { type QueryParameter, valuesOf } from '../base/http/query-string.ts';
import { acceptedMediaTypes, negotiate, type Offer } from './accept.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Route } from './routes.ts';

const xml: Offer = { mediaType: 'application/vnd.sun.wadl+xml' };
const offers: Offer[] = [
  xml,
  { mediaType: 'application/vnd.sun.wadl+json' },
  { mediaType: 'application/json' },
  { mediaType: 'application/dicom+json' },
];

export const capabilityTypes = offers.map(({ mediaType }) => mediaType);

/** `routes`: those that are offered. Throws Problem request/not-acceptable. */
export function capabilities(
  accept: { header: string | undefined; query: readonly QueryParameter[] },
  routes: readonly Route[],
  baseUrl: string,
): Answer {
  const { offer } = negotiate(acceptedMediaTypes(accept.header, valuesOf(accept.query, 'accept')), offers)[0];
  const description = describe(routes, baseUrl);
  const body = offer === xml ? `${XML_DECLARATION}${element(description)}` : JSON.stringify(jsonOf(description));
  return { status: 200, headers: { 'Content-Type': offer.mediaType }, body };
}

export async function retrieveCapabilities(exchange: Exchange, routes: readonly Route[]): Promise<Answer> {
  const { headers, query, request } = exchange;
  return capabilities({ header: headers.accept, query }, routes, request.baseUrl);
}

/** An element of the description, in whichever form it is written. */
interface Node {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
}

const node = (name: string, attributes: Record<string, string> = {}, children: Node[] = []): Node => ({
  name,
  attributes,
  children,
});

function describe(routes: readonly Route[], baseUrl: string): Node {
  const root = node('resources', { base: `${baseUrl}/` });
  const inOrder = routes.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const route of inOrder) resourceAt(root, route.path).children.push(method(route));
  return node('application', { xmlns: 'http://wadl.dev.java.net/2009/02' }, [root]);
}

/** The resource of a path, made with those around it where it is not there. */
function resourceAt(root: Node, path: string): Node {
  let around = root;
  for (const segment of path.split('/').filter((part) => part !== '')) {
    const plain = segment.replace('*}', '}');
    let inside = around.children.find(({ name, attributes }) => name === 'resource' && attributes.path === plain);
    if (inside === undefined) {
      const parameter = /^\{(\w+)\}$/.exec(plain)?.[1];
      inside = node('resource', { path: plain });
      if (parameter !== undefined) inside.children.push(param(parameter, 'template'));
      around.children.push(inside);
    }
    around = inside;
  }
  if (around !== root) return around;
  // The service itself, which has no path of its own.
  const service = node('resource', { path: '' });
  root.children.push(service);
  return service;
}

const param = (name: string, style: 'template' | 'query'): Node => node('param', { name, style, type: 'xs:string' });

const representations = (mediaTypes: readonly string[] = []): Node[] =>
  mediaTypes.map((mediaType) => node('representation', { mediaType }));

function method({ method: name, about }: Route): Node {
  const { query = [], takes, gives } = about ?? {};
  const asked = [...query.map((parameter) => param(parameter, 'query')), ...representations(takes)];
  return node('method', { name }, [
    ...(asked.length > 0 ? [node('request', {}, asked)] : []),
    node('response', { status: '200' }, representations(gives)),
  ]);
}

const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function element({ name, attributes, children }: Node): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const head = `<${name}${written.join('')}`;
  return children.length === 0 ? `${head}/>` : `${head}>${children.map(element).join('')}</${name}>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Attributes as `@name`, elements as arrays by their name. */
function jsonOf(root: Node): object {
  const contentOf = ({ attributes, children }: Node): object => ({
    ...Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`@${key}`, value])),
    ...Object.fromEntries(
      [...Map.groupBy(children, ({ name }) => name)].map(([name, same]) => [name, same.map(contentOf)]),
    ),
  });
  return { [root.name]: contentOf(root) };
}
