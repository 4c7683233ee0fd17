// A person name of DICOM (PS3.5 6.2.1) as XPN: one repetition for each of its groups. HL7 v2.8.2 2A.2.88, table 4000.

import { type PersonName, parsePersonName } from '../dicom/person-name.ts';
import { writeXpn } from '../hl7v2/person.ts';

const representations = { alphabetic: 'A', ideographic: 'I', phonetic: 'P' } as const;

/** Alphabetic first, as PN has them; '' where there is no name. */
export function xpnOf(personName: string | PersonName | undefined): string {
  const name = typeof personName === 'string' ? parsePersonName(personName) : personName;
  const groups = Object.entries(representations).flatMap(([group, nameRepresentationCode]) => {
    const parts = name?.[group as keyof typeof representations];
    if (parts === undefined) return [];
    const { family, given, middle, prefix, suffix } = parts;
    const xpn = { familyName: family, givenName: given, furtherGivenNames: middle, prefix, suffix };
    return [writeXpn({ ...xpn, nameRepresentationCode })];
  });
  return groups.join('~');
}
