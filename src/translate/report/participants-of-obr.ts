// Who read, helped with and typed a report: OBR-32 to OBR-35 (NDL, HL7 v2.8.2 2A.2.49, whose first component is a CNN, 2A.2.11),
// else the responsible observer of its results (OBX-16, XCN).

import type { Delimiters } from '../../hl7v2/delimiters.ts';
import { escapeText } from '../../hl7v2/escape.ts';
import type { FieldValue } from '../../hl7v2/field-value.ts';
import { writeHd } from '../../hl7v2/identifiers.ts';
import type { Segment } from '../../hl7v2/segment.ts';
import type { SenderProfile } from '../../hl7v2/sender-profile.ts';
import { authorityOf, issuerOf } from '../assigning-authority.ts';
import type { Participant, Role } from './report.ts';

const fields: Readonly<Record<Role, number>> = { interpreter: 32, assistant: 33, technician: 34, transcriptionist: 35 };
const roles = Object.entries(fields) as [Role, number][];

export function participantsOf(obr: Segment, results: readonly Segment[], profile: SenderProfile): Participant[] {
  const named = roles.flatMap(([role, field]) =>
    obr.repetitions(field).flatMap((value) => participantOf(role, nameOf(value), profile) ?? []),
  );
  if (named.some(({ role }) => role === 'interpreter')) return named;
  const observers = results.flatMap((obx) => obx.repetitions(16)).map((value) => parts(value));
  const [first] = observers.flatMap((name) => participantOf('interpreter', name, profile) ?? []);
  return first === undefined ? named : [first, ...named];
}

/** As it stands in its field of OBR. */
export function writtenParticipants(people: readonly Participant[], role: Role, delimiters: Delimiters): string {
  return people
    .filter((person) => person.role === role)
    .map(({ name, id }) => {
      const [family = '', given = '', middle = '', prefix = '', suffix = ''] = name.split('=')[0]!.split('^');
      const texts = [id?.number ?? '', family, given, middle, suffix, prefix, '', ''];
      const written = texts.map((text) => escapeText(text, delimiters));
      if (id?.issuer) written.push(writeHd(authorityOf(id.issuer), delimiters.subcomponent, delimiters));
      return written.join(delimiters.subcomponent).replace(trailing(delimiters.subcomponent), '');
    })
    .join(delimiters.repetition);
}

const trailing = (separator: string): RegExp => new RegExp(`\\${separator}+$`);

interface Name {
  id: string;
  /** Family, given, middle, suffix, prefix. */
  name: string[];
  authority: string[];
}

/** NDL-1; some write its parts as components, as an XCN has them. */
function nameOf(value: FieldValue): Name {
  const [first] = [value.nested(1)];
  const isNested = first!.component(2) !== '' || value.component(2) === '';
  return parts(isNested ? first! : value);
}

const parts = (value: FieldValue): Name => ({
  id: value.component(1),
  name: [2, 3, 4, 5, 6].map((part) => value.component(part)),
  authority: [9, 10, 11].map((part) => value.component(part)),
});

function participantOf(role: Role, { id, name, authority }: Name, profile: SenderProfile): Participant | undefined {
  const [family, given, middle, suffix, prefix] = name.map((part) => part.replace(/[\^=\\]/g, ' ').trim());
  const written = [family, given, middle, prefix, suffix].join('^').replace(/\^+$/, '') || id;
  if (written === '') return undefined;
  const [namespaceId = '', universalId = '', universalIdType = ''] = authority;
  const isNamed = namespaceId !== '' || universalId !== '';
  const issuer = isNamed ? issuerOf({ namespaceId, universalId, universalIdType }, { issuers: profile.issuers }) : '';
  return { role, name: written, ...(id !== '' && { id: { number: id, issuer } }) };
}
