// What went wrong as a SOAP 1.2 fault (Part 1, 5.4), and such a fault of others.

import type { Problem } from '../base/problem.ts';
import { escapeXml } from '../base/xml-escape.ts';
import { envelope } from './envelope.ts';
import { actions, ns } from './namespaces.ts';
import { below, type NamedElement } from './xml-names.ts';

export const SOAP_TYPE = 'application/soap+xml; charset=utf-8';

/** `requestId`: by which the log knows it. Patients are in no Problem. */
export function faultOf(problem: Problem, requestId: string, relatesTo: string | undefined): string {
  const { code, message, details } = problem;
  const isAddressing = code === 'soap/addressing' || code === 'soap/action-unknown';
  const subcode = subcodes[code];
  const value = `<s:Value>s:${codeOf(problem)}</s:Value>`;
  const sub = subcode === undefined ? '' : `<s:Subcode><s:Value>wsa:${subcode}</s:Value></s:Subcode>`;
  const strange = details as { name?: string; namespace?: string };
  const more: Record<string, string> = {
    // Part 1, 5.4.7 and 5.4.8.
    'soap/version-mismatch': `<s:Upgrade><s:SupportedEnvelope qname="s:Envelope"/></s:Upgrade>`,
    'soap/must-understand': `<s:NotUnderstood xmlns:h="${escapeXml(strange.namespace ?? '')}" qname="h:${escapeXml(strange.name ?? '')}"/>`,
  };
  const text = code === 'internal/unexpected' ? `failed, request ${requestId}` : message;
  return envelope(
    {
      action: isAddressing ? actions.addressingFault : actions.soapFault,
      relatesTo,
      ...(more[code] && { more: more[code] }),
    },
    `<s:Fault><s:Code>${value}${sub}</s:Code><s:Reason><s:Text xml:lang="en">${escapeXml(text)}</s:Text></s:Reason></s:Fault>`,
  );
}

/** WS-Addressing 1.0 SOAP Binding 6.4. */
const subcodes: Readonly<Record<string, string>> = {
  'soap/action-unknown': 'ActionNotSupported',
  'soap/addressing': 'InvalidAddressingHeader',
};

function codeOf({ code, answers }: Problem): string {
  if (code === 'soap/version-mismatch') return 'VersionMismatch';
  if (code === 'soap/must-understand') return 'MustUnderstand';
  return answers.http >= 500 ? 'Receiver' : 'Sender';
}

/** Whose fault it is, where this is one: what is said beside may name patients, and is left. */
export function faultIn(body: NamedElement): 'sender' | 'receiver' | undefined {
  if (body.namespace !== ns.soap || body.name !== 'Fault') return undefined;
  const [value] = below(body, ns.soap, 'Code').flatMap((code) => below(code, ns.soap, 'Value'));
  return /(^|:)Receiver$/.test(value?.text ?? '') ? 'receiver' : 'sender';
}
