// XPN, XAD and XTN: how a person is called, lives and is reached. HL7 v2.8.2 2A.2.88, 2A.2.87 and 2A.2.89.

import type { FieldValue } from './field-value.ts';
import { components } from './segment.ts';

/** Extended person name. */
export interface Xpn {
  familyName: string;
  givenName: string;
  /** Second and further given names or initials. */
  furtherGivenNames: string;
  suffix: string;
  prefix: string;
  degree: string;
  /** Table 0200: L legal, M maiden, B birth, A alias, N nickname, S pseudonym, … */
  nameTypeCode: string;
  /** Table 4000 (0465 from v2.6): A alphabetic, I ideographic, P phonetic. */
  nameRepresentationCode: string;
}

/** Extended address. */
export interface Xad {
  /** SAD-1, house number included. */
  street: string;
  otherDesignation: string;
  city: string;
  stateOrProvince: string;
  zipOrPostalCode: string;
  country: string;
  /** Table 0190: H home, B business, BDL birth delivery location, … */
  addressType: string;
}

/** Extended telecommunication number. */
export interface Xtn {
  number: string;
  /** Table 0201: PRN primary residence, WPN work, NET network address, … */
  useCode: string;
  /** Table 0202: PH telephone, CP cellular, FX fax, Internet. */
  equipmentType: string;
  emailAddress: string;
}

/** undefined where no part of a name is there. */
export function xpn(value: FieldValue): Xpn | undefined {
  const name = {
    familyName: value.component(1),
    givenName: value.component(2),
    furtherGivenNames: value.component(3),
    suffix: value.component(4),
    prefix: value.component(5),
    degree: value.component(6),
    nameTypeCode: value.component(7).toUpperCase(),
    nameRepresentationCode: value.component(8).toUpperCase(),
  };
  return name.familyName === '' && name.givenName === '' && name.furtherGivenNames === '' ? undefined : name;
}

/** undefined where nothing of an address is there. */
export function xad(value: FieldValue): Xad | undefined {
  const address = {
    street: value.component(1),
    otherDesignation: value.component(2),
    city: value.component(3),
    stateOrProvince: value.component(4),
    zipOrPostalCode: value.component(5),
    country: value.component(6),
    addressType: value.component(7).toUpperCase(),
  };
  const { country, addressType, ...place } = address;
  return Object.values(place).every((part) => part === '') && country === '' ? undefined : address;
}

/** undefined where there is neither a number nor an address. */
export function xtn(value: FieldValue): Xtn | undefined {
  // XTN-1 up to v2.4, then its parts in 5 to 8 with 12 for the whole, unformatted.
  const parts = [6, 7].map((n) => value.component(n)).join('');
  const country = value.component(5).replace(/^\+/, '');
  const composed = parts === '' ? '' : `${country === '' ? '' : `+${country}`}${parts}`;
  const number = value.component(1) || value.component(12) || composed;
  const emailAddress = value.component(4);
  if (number === '' && emailAddress === '') return undefined;
  return { number, useCode: value.component(2).toUpperCase(), equipmentType: value.component(3), emailAddress };
}

/** As it stands in a field. */
export function writeXpn(name: Partial<Xpn>): string {
  const { familyName, givenName, furtherGivenNames, suffix, prefix, degree, nameTypeCode = 'L' } = name;
  const parts = [
    familyName,
    givenName,
    furtherGivenNames,
    suffix,
    prefix,
    degree,
    nameTypeCode,
    name.nameRepresentationCode,
  ];
  return components(parts);
}
