// HD and CX: who assigned an identifier, and the identifier. HL7 v2.8.2 2A.2.33 and 2A.2.14.

import { type Delimiters, usualDelimiters } from './delimiters.ts';
import { escapeText } from './escape.ts';
import type { FieldValue } from './field-value.ts';

/** Hierarchic designator: a name of its own, a universal id with its type (ISO, DNS, …), or both. */
export interface Hd {
  namespaceId: string;
  universalId: string;
  universalIdType: string;
}

/** Extended composite id with check digit. CK of v2.1 and v2.2 has its first three components. */
export interface Cx {
  id: string;
  checkDigit: string;
  checkDigitScheme: string;
  assigningAuthority?: Hd;
  /** Table 0203: MR, PI, SS, … */
  identifierTypeCode: string;
  assigningFacility?: Hd;
  effectiveDate: string;
  expirationDate: string;
}

/** undefined where nothing is said. */
export function hd(value: FieldValue): Hd | undefined {
  const read = {
    namespaceId: value.component(1),
    universalId: value.component(2),
    universalIdType: value.component(3),
  };
  return read.namespaceId === '' && read.universalId === '' ? undefined : read;
}

/** undefined where there is no id. */
export function cx(value: FieldValue): Cx | undefined {
  const id = value.component(1);
  if (id === '') return undefined;
  const assigningAuthority = hd(value.nested(4));
  const assigningFacility = hd(value.nested(6));
  return {
    id,
    checkDigit: value.component(2),
    checkDigitScheme: value.component(3),
    ...(assigningAuthority && { assigningAuthority }),
    identifierTypeCode: value.component(5),
    ...(assigningFacility && { assigningFacility }),
    effectiveDate: value.component(7),
    expirationDate: value.component(8),
  };
}

export function writeHd(authority: Hd | undefined, separator: string, delimiters: Delimiters): string {
  if (authority === undefined) return '';
  const { namespaceId, universalId, universalIdType } = authority;
  const parts = [namespaceId, universalId, universalIdType].map((part) => escapeText(part, delimiters));
  while (parts.at(-1) === '') parts.pop();
  return parts.join(separator);
}

/** The first six components. */
export function writeCx(
  { id, assigningAuthority, identifierTypeCode = '', assigningFacility }: Pick<Cx, 'id'> & Partial<Cx>,
  delimiters: Delimiters = usualDelimiters,
): string {
  const { subcomponent, component } = delimiters;
  const parts = [
    escapeText(id, delimiters),
    '',
    '',
    writeHd(assigningAuthority, subcomponent, delimiters),
    escapeText(identifierTypeCode, delimiters),
    writeHd(assigningFacility, subcomponent, delimiters),
  ];
  while (parts.at(-1) === '') parts.pop();
  return parts.join(component);
}
