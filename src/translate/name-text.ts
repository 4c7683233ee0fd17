// A person name of DICOM (PS3.5 6.2.1) as people write it, for the display of a reference.

import { type PersonNameComponents, parsePersonName } from '../dicom/person-name.ts';

/** undefined where there is no name. The alphabetic group, else the first there is. */
export function nameText(personName: string | undefined): string | undefined {
  const { alphabetic, ideographic, phonetic } = parsePersonName(personName ?? '');
  return writtenName(alphabetic ?? ideographic ?? phonetic ?? {}) || undefined;
}

const writtenName = ({ prefix, given, middle, family, suffix }: PersonNameComponents): string =>
  [prefix, given, middle, family, suffix].filter((part) => part !== undefined && part !== '').join(' ');
