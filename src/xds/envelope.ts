// SOAP 1.2 envelopes with WS-Addressing 1.0 headers, as IHE ITI TF-2 Appendix V has them: read from whoever sends them, and
// written.

import { Problem } from '../base/problem.ts';
import { escapeXml } from '../base/xml-escape.ts';
import { limits } from './limits.ts';
import { ns } from './namespaces.ts';
import { below, type NamedElement, readNamed, textBelow } from './xml-names.ts';

export interface Message {
  action: string;
  messageId: string | undefined;
  /** The one element of the body. */
  body: NamedElement;
}

/**
 * A message that asks for something. Throws Problem soap/version-mismatch, soap/must-understand, soap/addressing, and
 * request/malformed.
 */
export function readMessage(source: string): Message {
  const { header, body } = readEnvelope(source);
  const headers = header?.children ?? [];
  const strange = headers.find((block) => mustBeUnderstood(block) && block.namespace !== ns.wsa);
  if (strange !== undefined) {
    throw new Problem('soap/must-understand', { name: strange.name, namespace: strange.namespace });
  }
  const [action, ...more] = headers.filter(({ namespace, name }) => namespace === ns.wsa && name === 'Action');
  if (!action?.text || more.length > 0) throw new Problem('soap/addressing', { reason: 'there is not one Action' });
  for (const name of ['ReplyTo', 'FaultTo']) requireAnonymous(headers, name);
  const messageId = header && textBelow(header, ns.wsa, 'MessageID')?.slice(0, limits.messageIdLength);
  return { action: action.text, messageId, body };
}

/** What came as an answer to us: its headers are of no matter. Throws as `readMessage` does. */
export function readAnswer(source: string): NamedElement {
  return readEnvelope(source).body;
}

function readEnvelope(source: string): { header: NamedElement | undefined; body: NamedElement } {
  const envelope = readNamed(source);
  if (envelope.name !== 'Envelope' || envelope.namespace !== ns.soap) throw new Problem('soap/version-mismatch');
  const [header] = below(envelope, ns.soap, 'Header');
  const bodies = below(envelope, ns.soap, 'Body');
  const [content, ...more] = bodies[0]?.children ?? [];
  if (bodies.length !== 1 || content === undefined || more.length > 0) {
    throw new Problem('request/malformed', { reason: 'the SOAP body does not hold one element' });
  }
  return { header, body: content };
}

/** SOAP 1.2 Part 1, 2.4: what is for another role is not ours to understand. */
function mustBeUnderstood({ attributes }: NamedElement): boolean {
  const role = attributes.get(`{${ns.soap}}role`) ?? '';
  const isOurs =
    role === '' || /^http:\/\/www\.w3\.org\/2003\/05\/soap-envelope\/role\/(next|ultimateReceiver)$/.test(role);
  return isOurs && /^\s*(1|true)\s*$/.test(attributes.get(`{${ns.soap}}mustUnderstand`) ?? '');
}

/** WS-Addressing 1.0 SOAP Binding 5: answers go back on the connection alone; nobody is called because a message says so. */
function requireAnonymous(headers: readonly NamedElement[], name: string): void {
  for (const header of headers) {
    if (header.namespace !== ns.wsa || header.name !== name) continue;
    const address = textBelow(header, ns.wsa, 'Address');
    if (address !== `${ns.wsa}/anonymous`) throw new Problem('soap/addressing', { reason: `${name} is not anonymous` });
  }
}

export interface Headers {
  action: string;
  /** Of a message that asks. */
  messageId?: string;
  to?: string;
  /** Of one that answers. */
  relatesTo?: string | undefined;
  /** Blocks beside those of WS-Addressing, as XML. */
  more?: string;
}

/** `body`: XML that declares its namespaces itself, all but `s` and `wsa`. */
export function envelope({ action, messageId, to, relatesTo, more = '' }: Headers, body: string): string {
  const block = (name: string, text: string | undefined) =>
    text ? `<wsa:${name}>${escapeXml(text)}</wsa:${name}>` : '';
  const replyTo = `<wsa:ReplyTo><wsa:Address>${ns.wsa}/anonymous</wsa:Address></wsa:ReplyTo>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<s:Envelope xmlns:s="${ns.soap}" xmlns:wsa="${ns.wsa}"><s:Header>`,
    `<wsa:Action s:mustUnderstand="1">${escapeXml(action)}</wsa:Action>`,
    block('MessageID', messageId),
    messageId === undefined ? '' : replyTo,
    block('To', to),
    block('RelatesTo', relatesTo),
    `${more}</s:Header><s:Body>${body}</s:Body></s:Envelope>`,
  ].join('');
}
