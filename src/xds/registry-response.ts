// How a repository or an image source tells what became of a request (ITI TF-3 4.2.4): a status, and errors with their codes.

import { escapeXml } from '../base/xml-escape.ts';
import { limits } from './limits.ts';
import { ns } from './namespaces.ts';
import { below, type NamedElement } from './xml-names.ts';

const STATUS = 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType';
const SEVERITY = 'urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType';

export const statuses = {
  success: `${STATUS}:Success`,
  partial: 'urn:ihe:iti:2007:ResponseStatusType:PartialSuccess',
  failure: `${STATUS}:Failure`,
} as const;
export type Status = keyof typeof statuses;

export interface RegistryError {
  /** Of ITI TF-3 Table 4.2.4.1-2. */
  code: string;
  /** For people, and never about a patient. */
  context: string;
  /** What it is about: the document's UID. */
  location?: string;
}

export function registryResponse(status: Status, errors: readonly RegistryError[]): string {
  const opening = `<rs:RegistryResponse xmlns:rs="${ns.rs}" status="${statuses[status]}"`;
  if (errors.length === 0) return `${opening}/>`;
  const written = errors
    .slice(0, limits.errors)
    .map(
      ({ code, context, location }) =>
        `<rs:RegistryError errorCode="${escapeXml(code)}" codeContext="${escapeXml(context)}" severity="${SEVERITY}:Error"${
          location === undefined ? '' : ` location="${escapeXml(location)}"`
        }/>`,
    );
  const list = `<rs:RegistryErrorList highestSeverity="${SEVERITY}:Error">${written.join('')}</rs:RegistryErrorList>`;
  return `${opening}>${list}</rs:RegistryResponse>`;
}

/**
 * What a foreign answer says: what people are told beside a code may name a patient, and is left; so is what is no code.
 * undefined where it is no RegistryResponse.
 */
export function readRegistryResponse(element: NamedElement): { status: Status; codes: string[] } | undefined {
  if (element.namespace !== ns.rs || element.name !== 'RegistryResponse') return undefined;
  const told = element.attributes.get('status');
  const [status] = Object.entries(statuses).find(([, urn]) => urn === told) ?? ['failure'];
  const errors = below(element, ns.rs, 'RegistryErrorList').flatMap((list) => below(list, ns.rs, 'RegistryError'));
  const codes = errors
    .filter(({ attributes }) => !attributes.get('severity')?.endsWith(':Warning'))
    .map(({ attributes }) => attributes.get('errorCode') ?? '')
    .filter((code) => /^[A-Za-z0-9:.\-_]{1,100}$/.test(code));
  return { status: status as Status, codes: [...new Set(codes)].slice(0, limits.errors) };
}
