// What orders and appointments share: entity identifiers, codes, names of people, times. HL7 v2.8.2 2A.2.28 (EI), 2A.2.16
// (CWE), 2A.2.91 (XCN), 2A.2.67 (PL), 2.A.73 (TQ of versions before 2.6).

import { type DateTime, readDateTime } from '../hl7v2/date-time.ts';
import type { FieldValue } from '../hl7v2/field-value.ts';
import type { Segment } from '../hl7v2/segment.ts';
import type { SenderProfile } from '../hl7v2/sender-profile.ts';
import { issuerOf } from './assigning-authority.ts';
import type { Code, OrderNumber, OrderPriority } from './order.ts';

/** The first of the fields that names an entity. */
export function entityAt(
  segment: Segment | undefined,
  fields: readonly number[],
  { issuers = {} }: SenderProfile,
): OrderNumber | undefined {
  for (const field of fields) {
    const value = segment?.value(field);
    const number = value?.component(1) ?? '';
    if (value === undefined || number === '') continue;
    const [namespaceId = '', universalId = '', universalIdType = ''] = [2, 3, 4].map((part) => value.component(part));
    const isNamed = namespaceId !== '' || universalId !== '';
    return { number, issuer: isNamed ? issuerOf({ namespaceId, universalId, universalIdType }, { issuers }) : '' };
  }
  return undefined;
}

/** `from`: 1 for the code itself, 4 for the alternate one. */
export function codeAt(segment: Segment | undefined, field: number, from: 1 | 4 = 1): Code | undefined {
  return segment && codeOf(segment.value(field), from);
}

export function codeOf(value: FieldValue, from: 1 | 4 = 1): Code | undefined {
  const [code, meaning, scheme] = [0, 1, 2].map((part) => value.component(from + part));
  if (code === '' || code === undefined) return undefined;
  return { value: code, scheme: scheme || 'L', meaning: meaning || code };
}

/** XCN and CN as a PN: family, given, middle, prefix, suffix. Somebody who has a number alone is called by it. */
export function personAt(segment: Segment | undefined, ...fields: readonly number[]): string | undefined {
  for (const field of fields) {
    const value = segment?.value(field);
    if (value === undefined || value.isEmpty || value.isNull) continue;
    const parts = [2, 3, 4, 6, 5].map((part) => value.component(part));
    const name = parts
      .map((part) => part.replace(/[\^=\\]/g, ' ').trim())
      .join('^')
      .replace(/\^+$/, '');
    const called = name === '' ? value.component(1).replace(/[\^=\\]/g, ' ') : name;
    if (called !== '') return called;
  }
  return undefined;
}

/** PL in words: point of care, room, bed, facility. */
export function locationOf(value: FieldValue | undefined): string | undefined {
  const parts = [1, 2, 3, 4].map((part) => value?.component(part) ?? '');
  return parts.filter(Boolean).join(', ') || undefined;
}

/** Date and time as DICOM writes them, with the offset where one is said. */
export function momentOf(time: DateTime | undefined): { date?: string; time?: string; timezone?: string } {
  if (time === undefined || time.precision === 'year' || time.precision === 'month') return {};
  const [date, rest = ''] = time.iso.split('T');
  const [, hours, offset] = /^([\d:]+)(?:\.\d+)?([+-]\d{2}:\d{2})?$/.exec(rest) ?? [];
  return {
    date: date!.replaceAll('-', ''),
    ...(hours && { time: hours.replaceAll(':', '').padEnd(6, '0') }),
    ...(offset && { timezone: offset.replace(':', '') }),
  };
}

/** The start that a TQ names (its fourth component), where the field has one. */
export const startOf = (value: FieldValue | undefined): DateTime | undefined =>
  value && readDateTime(value.component(4));

/** The end that a TQ names (its fifth component), where the field has one. */
export const endOf = (value: FieldValue | undefined): DateTime | undefined => value && readDateTime(value.component(5));

/** Tables 0485, 0027 and 0121: what is urgent is called by one letter or two. */
export function priorityOf(text: string | undefined): OrderPriority | undefined {
  const code = (text ?? '').toUpperCase().trim();
  if (code === '') return undefined;
  if (/^(S|STAT)$/.test(code)) return 'STAT';
  // As soon as possible, urgent, callback, before an operation, timing critical.
  if (/^(A|ASAP|U|UR|URGENT|C|P|T|TC.*|H|HIGH)$/.test(code)) return 'HIGH';
  if (/^(L|LOW|PRN)$/.test(code)) return 'LOW';
  if (/^(M|MEDIUM)$/.test(code)) return 'MEDIUM';
  return 'ROUTINE';
}

/** A UID of PS3.5 9.1, leading zeros tolerated. */
export const uidOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^(?=.{1,64}$)\d+(\.\d+)+$/.test(text) ? text : undefined;

/** Only what is there. */
export function present<T extends object>(values: T): Partial<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as Partial<T>;
}
