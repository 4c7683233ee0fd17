// A Patient as what one source says of one of its registrations: the demographics by which identity knows a person, and the
// identifiers. Who said it and when is for the spine to add.

import type { Address, HumanName, Identifier, Patient } from '@medplum/fhirtypes';
import { groupOf, personNameOf } from './fhir-name.ts';
import type { IdentifierSystems } from './identifier-systems.ts';

/** As `identity` takes it. Dates as YYYYMMDD, YYYYMM or YYYY; names in components; what is not known is left out. */
export interface SightedPatient {
  issuer: string;
  patientId: string;
  otherPatientIds?: { issuer: string; id: string }[];
  name: string;
  otherNames?: string[];
  birthName?: string;
  birthDate?: string;
  sex?: 'M' | 'F' | 'O';
  address?: string;
  phone?: string;
  nationalId?: string;
}

/** `registration` names the one of the patient's identifiers that is the source's own. */
export function sightedPatient(
  patient: Patient,
  registration: { system: string; value: string },
  systems: IdentifierSystems,
): SightedPatient {
  const [official, ...others] = namesInOrder(patient.name ?? []);
  const maiden = patient.name?.filter(({ use }) => use === 'maiden') ?? [];
  const national = patient.identifier?.find(isNational);
  const otherPatientIds = (patient.identifier ?? [])
    .filter((identifier) => identifier !== national)
    .filter(({ system, value }) => system !== registration.system || value !== registration.value)
    .flatMap(({ system, value }) => (system && value ? [{ issuer: systems.issuerOfSystem(system), id: value }] : []));
  const otherNames = others.map((names) => personNameOf(names)).filter((name) => name !== '');
  return present({
    issuer: systems.issuerOfSystem(registration.system),
    patientId: registration.value,
    otherPatientIds: otherPatientIds.length > 0 ? otherPatientIds : undefined,
    name: official === undefined ? '' : personNameOf(official),
    otherNames: otherNames.length > 0 ? otherNames : undefined,
    birthName: personNameOf(maiden) || undefined,
    birthDate: patient.birthDate?.replaceAll('-', ''),
    sex: patient.gender === undefined ? undefined : sexOf[patient.gender],
    address: addressOf(patient.address ?? []),
    phone: phoneOf(patient),
    nationalId: national?.value,
  });
}

const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;

/** `unknown` says nothing. */
const sexOf: Readonly<Record<NonNullable<Patient['gender']>, SightedPatient['sex']>> = {
  male: 'M',
  female: 'F',
  other: 'O',
  unknown: undefined,
};

const nameUses = ['official', 'usual', undefined, 'nickname', 'temp', 'old'] as const;

/** Names that are one another's groups together, the one to be known by first. A maiden name has a place of its own; `anonymous` is none. */
function namesInOrder(names: readonly HumanName[]): HumanName[][] {
  return nameUses.flatMap((use) => {
    const ofUse = names.filter((name) => name.use === use);
    const alphabetic = ofUse.filter((name) => groupOf(name) === 'alphabetic');
    const otherGroups = ofUse.filter((name) => groupOf(name) !== 'alphabetic');
    if (alphabetic.length === 0) return otherGroups.length > 0 ? [otherGroups] : [];
    return alphabetic.map((name, at) => (at === 0 ? [name, ...otherGroups] : [name]));
  });
}

const addressUses = ['home', undefined, 'temp', 'billing', 'work'] as const;

function addressOf(addresses: readonly Address[]): string | undefined {
  const [address] = addressUses.flatMap((use) => addresses.filter((each) => each.use === use));
  if (address === undefined) return undefined;
  const { line = [], city, state, postalCode, text } = address;
  const written = [line.join(' '), city, state, postalCode].filter((part) => part !== undefined && part !== '');
  return written.length > 0 ? written.join(', ') : text;
}

const phoneUses = ['home', 'mobile', undefined, 'work', 'temp'] as const;

function phoneOf({ telecom = [] }: Patient): string | undefined {
  const [phone] = phoneUses.flatMap((use) => telecom.filter((each) => each.use === use && each.system === 'phone'));
  return phone?.value;
}

const NATIONAL_SYSTEMS = new Set(['http://hl7.org/fhir/sid/us-ssn', 'https://fhir.nhs.uk/Id/nhs-number']);
/** Of HL7 table 0203: national person, social security, national health; NN and the code of a country. */
const nationalTypes = /^(NI|SS|NH|NN[A-Z]{2,3})$/;

function isNational({ system, type }: Identifier): boolean {
  return NATIONAL_SYSTEMS.has(system ?? '') || (type?.coding ?? []).some(({ code }) => nationalTypes.test(code ?? ''));
}
