// A SOAP 1.2 client and server for tests, written from ITI TF-2 Appendix V, XOP 1.0 and RFC 2387 alone: it shares nothing with
// the code under test, and reads no more XML than such messages consist of.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from './http-receiver.ts';

export interface Xml {
  /** `{namespace}local`. */
  name: string;
  attributes: Record<string, string>;
  children: Xml[];
  text: string;
}

/** Throws for what is not well-formed. */
export function readXml(source: string): Xml {
  const root: Xml = { name: '', attributes: {}, children: [], text: '' };
  const open: { xml: Xml; tag: string; scope: Record<string, string> }[] = [{ xml: root, tag: '', scope: {} }];
  const token = /<\?[^>]*\?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|</g;
  for (const [all, closing, tag, attributes = '', empty, text] of source.matchAll(token)) {
    const parent = open.at(-1)!;
    if (all.startsWith('<?')) continue;
    if (text !== undefined) parent.xml.text += unescaped(text);
    else if (closing) assert.equal(open.pop()!.tag, tag, 'an end tag of another element');
    else {
      assert.ok(tag, `what is no tag: ${source.slice(0, 80)}`);
      const pairs = [...attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, name, value]) => [
        name!,
        unescaped(value!),
      ]);
      const scope = { ...parent.scope };
      for (const [name, value] of pairs) if (/^xmlns(:|$)/.test(name!)) scope[name!.slice(6)] = value!;
      const named = (name: string): string => {
        const [prefix, local] = name.includes(':') ? (name.split(':') as [string, string]) : ['', name];
        if (prefix !== '' && prefix !== 'xml') assert.ok(scope[prefix], `the prefix ${prefix} is not declared`);
        return scope[prefix] ? `{${scope[prefix]}}${local}` : local;
      };
      const own = pairs.filter(([name]) => !/^xmlns(:|$)/.test(name!));
      const attributeName = (name: string) => (name.includes(':') ? named(name) : name);
      const xml: Xml = {
        name: named(tag),
        attributes: Object.fromEntries(own.map(([name, value]) => [attributeName(name!), value!])),
        ...{ children: [], text: '' },
      };
      parent.xml.children.push(xml);
      if (!empty) open.push({ xml, tag, scope });
    }
  }
  assert.equal(open.length, 1, 'an element without its end');
  return root.children[0]!;
}

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
    code ? String.fromCodePoint(Number(code)) : { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }[name as 'lt']!,
  );

/** All within, itself too, whose local name this is. */
export function all(xml: Xml, local: string): Xml[] {
  const isIt = xml.name.replace(/^\{.*\}/, '') === local;
  return [...(isIt ? [xml] : []), ...xml.children.flatMap((child) => all(child, local))];
}

export const one = (xml: Xml, local: string): Xml => {
  const [first] = all(xml, local);
  assert.ok(first, `no ${local} in ${xml.name}`);
  return first;
};

export interface Soap {
  envelope: Xml;
  /** By Content-ID. */
  parts: Map<string, { type: string; bytes: Buffer }>;
}

/** What a body of this Content-Type says. */
export function readSoap(contentType: string, body: Buffer): Soap {
  if (!contentType.startsWith('multipart/related')) return { envelope: readXml(body.toString()), parts: new Map() };
  const parameter = (name: string) => new RegExp(`[ ;]${name}="?([^";]+)"?`).exec(contentType)?.[1];
  assert.equal(parameter('type'), 'application/xop+xml');
  assert.equal(parameter('start-info'), 'application/soap+xml');
  const parts = new Map<string, { type: string; bytes: Buffer }>();
  const delimiter = `\r\n--${parameter('boundary')}`;
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  for (let at = whole.indexOf(delimiter); ; ) {
    const begin = at + delimiter.length;
    if (whole.toString('latin1', begin, begin + 2) === '--') break;
    const head = whole.indexOf('\r\n\r\n', begin);
    at = whole.indexOf(delimiter, head);
    assert.ok(at > 0, 'the body breaks off');
    const headers = whole.toString('latin1', begin, head);
    const header = (name: string) => new RegExp(`\r\n${name}: *(.*)`, 'i').exec(headers)?.[1] ?? '';
    assert.equal(header('Content-Transfer-Encoding'), 'binary');
    parts.set(header('Content-ID').slice(1, -1), {
      type: header('Content-Type'),
      bytes: Buffer.from(whole.subarray(head + 4, at)),
    });
  }
  const start = parameter('start')!.slice(1, -1);
  const root = parts.get(start);
  assert.match(root!.type, /^application\/xop\+xml;.*type="application\/soap\+xml"/);
  parts.delete(start);
  return { envelope: readXml(root!.bytes.toString()), parts };
}

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const WSA = 'http://www.w3.org/2005/08/addressing';

export function soapEnvelope(
  action: string,
  body: string,
  { headers = '', messageId = `urn:uuid:${randomUUID()}` } = {},
) {
  return (
    `<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv="${SOAP}" xmlns:a="${WSA}"><soapenv:Header>` +
    `<a:MessageID soapenv:mustUnderstand="true">${messageId}</a:MessageID>` +
    `<a:Action soapenv:mustUnderstand="true"> ${action} </a:Action>${headers}</soapenv:Header>` +
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

/** As MTOM, with parts of these Content-IDs; boundary, order and quoting as Axis2 writes them. */
export function mtom(envelope: string, parts: Record<string, Uint8Array> = {}): { type: string; body: Buffer } {
  const boundary = 'MIMEBoundary_4693e5ce87c3f1a8';
  const part = (id: string, type: string, bytes: Uint8Array) => [
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${id}>\r\n\r\n`,
    ),
    bytes,
  ];
  const root = part(
    '0.root@test',
    'application/xop+xml; charset=UTF-8; type="application/soap+xml"',
    Buffer.from(envelope),
  );
  const others = Object.entries(parts).flatMap(([id, bytes]) => part(id, 'application/dicom', bytes));
  return {
    type: `multipart/related; boundary="${boundary}"; type="application/xop+xml"; start="<0.root@test>"; start-info="application/soap+xml"`,
    body: Buffer.concat([...root, ...others, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

export interface SoapReply extends Soap {
  status: number;
  contentType: string;
  headers: Headers;
}

/** Posts a message, as MTOM unless `isPlain`. */
export async function postSoap(
  url: string,
  envelope: string,
  { isPlain = false, headers = {} }: { isPlain?: boolean; headers?: Record<string, string> } = {},
): Promise<SoapReply> {
  const { type, body } = isPlain
    ? { type: 'application/soap+xml; charset=UTF-8', body: Buffer.from(envelope) }
    : mtom(envelope);
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': type, ...headers }, body });
  const contentType = answer.headers.get('content-type') ?? '';
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, contentType, headers: answer.headers, ...readSoap(contentType, bytes) };
}

/** What a request to a server of a test says. */
export const soapIn = ({ headers, body }: HttpRequest): Soap => readSoap(headers['content-type'] ?? '', body);

/** Answers it by `action`, with documents beside. */
export function soapAnswer(
  asked: Soap,
  action: string,
  body: string,
  parts: Record<string, Uint8Array> = {},
): HttpAnswer {
  const relatesTo = `<a:RelatesTo>${one(asked.envelope, 'MessageID').text}</a:RelatesTo>`;
  const written = mtom(soapEnvelope(action, body, { headers: relatesTo }), parts);
  return { status: 200, headers: { 'Content-Type': written.type }, body: written.body };
}
