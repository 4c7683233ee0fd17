// What a PID segment says of a patient, at the fields that the sender's profile names: the demographics of a sighting.
// HL7 v2.8.2 3.4.2; names as PN of PS3.5 6.2.1.

import { dateTimeOf } from '../hl7v2/date-time.ts';
import type { FieldValue } from '../hl7v2/field-value.ts';
import type { Message } from '../hl7v2/message.ts';
import { type Xpn, xad, xpn, xtn } from '../hl7v2/person.ts';
import type { Segment } from '../hl7v2/segment.ts';
import { fieldPath, type SenderProfile, standardProfile } from '../hl7v2/sender-profile.ts';
import { type Identifier, identifiersAt, type TypedIdentifier } from './assigning-authority.ts';

/** The part of identity's Sighting that a message holds. */
export interface PatientDescription {
  issuer: string;
  patientId: string;
  otherPatientIds?: Identifier[];
  name: string;
  otherNames?: string[];
  birthName?: string;
  birthDate?: string;
  sex?: string;
  address?: string;
  phone?: string;
  nationalId?: string;
}

/** National and social security numbers: identifiers of the person, whoever sends them. Table 0203. */
const NATIONAL = /^(SS|NI|NN[A-Z]{3}|NH|PPN)$/;

/** undefined where there is no identifier that may be used. */
export function describePatient(pid: Segment, message: Message, sender: SenderProfile): PatientDescription | undefined {
  const profile = { ...standardProfile, ...sender };
  const every = identifiersAt(profile.identifiers, pid, sender, message);
  const [first, ...others] = patientIdentifiers(every, profile.ignoredIdentifierTypes);
  if (first === undefined) return undefined;
  const values = (path: string | undefined) => valuesAt(path, pid, message);
  const names = namesOf(profile.names.flatMap((path) => values(path)).flatMap((value) => xpn(value) ?? []));
  const birthName = values(profile.birthName).map(xpn)[0];
  const addresses = values(profile.address).flatMap((value) => xad(value) ?? []);
  const home = addresses.find(({ addressType }) => addressType === 'H') ?? addresses[0];
  const numbers = profile.phones.flatMap((path) => values(path)).flatMap((value) => xtn(value) ?? []);
  const national = every.find(({ type }) => NATIONAL.test(type))?.id ?? values(profile.nationalId)[0]?.component(1);
  return {
    issuer: first.issuer,
    patientId: first.id,
    name: names.name,
    ...optional(
      'otherPatientIds',
      others.map(({ issuer, id }) => ({ issuer, id })),
    ),
    ...optional('otherNames', names.otherNames),
    ...optional('birthName', birthName === undefined ? names.birthName : pnComponents(birthName)),
    ...optional('birthDate', values(profile.birthDate).map(birthDateOf)[0]),
    ...optional('sex', values(profile.sex).map(sexOf)[0]),
    ...optional(
      'address',
      home && [home.street, home.otherDesignation, home.city, home.zipOrPostalCode].filter(Boolean).join(', '),
    ),
    ...optional('phone', numbers.find(({ number }) => number !== '')?.number),
    ...optional('nationalId', national),
  };
}

/** Medical record numbers before others: what images are found by. */
export function patientIdentifiers(all: readonly TypedIdentifier[], ignored: readonly string[]): TypedIdentifier[] {
  const usable = all.filter(({ type }) => !ignored.includes(type) && !NATIONAL.test(type));
  return [...usable.filter(({ type }) => type === 'MR'), ...usable.filter(({ type }) => type !== 'MR')];
}

function valuesAt(path: string | undefined, pid: Segment, message: Message): FieldValue[] {
  const at = path === undefined ? undefined : fieldPath(path);
  const owner = at && (at.segment === pid.name ? pid : message.segment(at.segment));
  return owner?.repetitions(at!.field).filter((value) => !value.isNull) ?? [];
}

/** The patient's name in its scripts, the name at birth, and every other one. */
function namesOf(all: readonly Xpn[]): { name: string; birthName?: string; otherNames: string[] } {
  const birth = all.find(({ nameTypeCode }) => nameTypeCode === 'M' || nameTypeCode === 'B');
  const rest = all.filter((name) => name !== birth);
  const own = rest.find(({ nameTypeCode }) => nameTypeCode === 'L') ?? rest[0] ?? birth;
  if (own === undefined) return { name: '', otherNames: [] };
  const sameType = rest.filter(({ nameTypeCode }) => nameTypeCode === own.nameTypeCode);
  const script = (code: string) => sameType.find(({ nameRepresentationCode }) => nameRepresentationCode === code);
  const [ideographic, phonetic] = [script('I'), script('P')];
  const isOtherScript = own === ideographic || own === phonetic;
  const alphabetic = script('A') ?? (isOtherScript ? undefined : own);
  const groups = [alphabetic, ideographic, phonetic];
  const others = rest.filter((name) => !groups.includes(name));
  return {
    name: groups
      .map((group) => (group ? pnComponents(group) : ''))
      .join('=')
      .replace(/=+$/, ''),
    ...(birth !== undefined && birth !== own && { birthName: pnComponents(birth) }),
    otherNames: others.map(pnComponents),
  };
}

/** PS3.5 6.2.1.1: family, given, middle, prefix, suffix. */
function pnComponents({ familyName, givenName, furtherGivenNames, prefix, suffix }: Xpn): string {
  const parts = [familyName, givenName, furtherGivenNames, prefix, suffix];
  return parts
    .map((part) => part.replace(/[\^=\\]/g, ' ').trim())
    .join('^')
    .replace(/\^+$/, '');
}

/** As far as it is known: YYYYMMDD, YYYYMM or YYYY. */
function birthDateOf(value: FieldValue): string | undefined {
  return dateTimeOf(value)?.iso.slice(0, 10).replaceAll('-', '');
}

/** Table 0001 as DICOM has it. */
function sexOf(value: FieldValue): string | undefined {
  const code = value.component(1).charAt(0).toUpperCase();
  return /^[MF]$/.test(code) ? code : /^[OA]$/.test(code) ? 'O' : undefined;
}

function optional<K extends string, V extends string | readonly unknown[]>(key: K, value: V | undefined) {
  return (value === undefined || value.length === 0 ? {} : { [key]: value }) as { [k in K]?: V };
}
