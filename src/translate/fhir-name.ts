// HumanName (R4 datatypes.html#humanname) as a person name of DICOM (PS3.5 6.2.1), and back. The groups of one name are
// names of their own in FHIR, told apart by an extension.

import type { HumanName } from '@medplum/fhirtypes';
import {
  formatPersonName,
  type PersonNameComponents,
  type PersonNameGroup,
  parsePersonName,
  personNameGroups,
} from '../dicom/person-name.ts';

const REPRESENTATION = 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation';
const codeOfGroup: Readonly<Record<PersonNameGroup, string>> = {
  alphabetic: 'ABC',
  ideographic: 'IDE',
  phonetic: 'SYL',
};

/** What HumanName holds that is no component; text alone is read as the family name would be without carets. */
export function personNameOf(names: readonly HumanName[]): string {
  const groups: { [group in PersonNameGroup]?: PersonNameComponents } = {};
  for (const name of names) groups[groupOf(name)] ??= componentsOf(name);
  return formatPersonName(groups);
}

export function groupOf({ extension = [] }: HumanName): PersonNameGroup {
  const code = extension.find(({ url }) => url === REPRESENTATION)?.valueCode;
  return personNameGroups.find((group) => codeOfGroup[group] === code) ?? 'alphabetic';
}

function componentsOf({ family, given = [], prefix = [], suffix = [], text }: HumanName): PersonNameComponents {
  const [first, ...middle] = given.map(plain).filter((part) => part !== '');
  const components = {
    family: plain(family) || (first === undefined ? plain(text) : ''),
    given: first ?? '',
    middle: middle.join(' '),
    prefix: prefix.map(plain).join(' '),
    suffix: suffix.map(plain).join(' '),
  };
  return Object.fromEntries(Object.entries(components).filter(([, part]) => part !== ''));
}

/** Without the delimiters of the value representation; what FHIR leaves out of an array is null. */
const plain = (text: string | null | undefined): string =>
  (text ?? '')
    .replace(/[\^=\\]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** One HumanName for each group that is there. */
export function humanNamesOf(personName: string, use: HumanName['use']): HumanName[] {
  const name = parsePersonName(personName);
  const present = personNameGroups.filter((group) => name[group] !== undefined);
  return present.map((group) => {
    const { family, given, middle, prefix, suffix } = name[group]!;
    const givens = [given, ...(middle?.split(' ') ?? [])].filter((part) => part !== undefined);
    return {
      ...(present.length > 1 ? { extension: [{ url: REPRESENTATION, valueCode: codeOfGroup[group] }] } : {}),
      use,
      ...(family === undefined ? {} : { family }),
      ...(givens.length === 0 ? {} : { given: givens as string[] }),
      ...(prefix === undefined ? {} : { prefix: [prefix] }),
      ...(suffix === undefined ? {} : { suffix: [suffix] }),
    };
  });
}
