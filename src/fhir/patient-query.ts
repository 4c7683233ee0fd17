// A search for patients (R4 search.html, patient-search.html, IHE PDQm ITI-78): what is asked, by a table of parameters, and
// whether a patient meets it.

import type { Address, Extension, HumanName, Patient } from '@medplum/fhirtypes';
import { type DatePrefix, type DateRange, dateRangeOf, rangesMeet } from './date-range.ts';
import type { Has, Include } from './search/request.ts';

export type ParameterType = 'string' | 'token' | 'date';

/** One parameter as it was given; met where one of its values is (OR). All of a query have to be met (AND). */
export interface Criterion {
  parameter: PatientParameter;
  modifier?: 'exact' | 'contains' | 'missing' | 'not';
  values: readonly CriterionValue[];
}

/** A string has `text`; a token `text`, and `system` where it names one (empty: none); a date its range. */
export interface CriterionValue {
  text: string;
  system?: string;
  date?: { prefix: DatePrefix; range: DateRange };
}

export interface PatientQuery {
  criteria: readonly Criterion[];
  /** What refers to the patient (R4 search.html#has). */
  has?: readonly Has[];
  /** What comes along. */
  includes?: readonly Include[];
  /** Patients of one page. */
  count: number;
  /** Where the page begins: what the page before gave as `next`. */
  cursor?: string;
}

/** What a patient says for a parameter: texts, or codes and identifiers with their systems. */
type Said = { text: string; system?: string };

interface Parameter {
  type: ParameterType;
  said(patient: Patient): readonly (Said | undefined)[];
}

const texts = (...values: (string | undefined)[]): Said[] =>
  values.filter((value) => value !== undefined && value !== '').map((text) => ({ text: text! }));

const names = (patient: Patient, of: (name: HumanName) => (string | undefined)[]): Said[] =>
  (patient.name ?? []).flatMap((name) => texts(...of(name)));

const addresses = (patient: Patient, of: (address: Address) => (string | undefined)[]): Said[] =>
  (patient.address ?? []).flatMap((address) => texts(...of(address)));

const telecom = (patient: Patient, system?: string): Said[] =>
  (patient.telecom ?? [])
    .filter((contact) => system === undefined || contact.system === system)
    .map(({ value, system: kind }) => ({ text: value ?? '', system: kind }));

const MOTHERS_MAIDEN_NAME = 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName';

export const patientParameters = {
  _id: { type: 'token', said: ({ id }) => texts(id) },
  identifier: {
    type: 'token',
    said: ({ identifier = [] }) => identifier.map(({ system, value }) => ({ text: value ?? '', system })),
  },
  active: { type: 'token', said: ({ active }) => texts(active === undefined ? undefined : String(active)) },
  family: { type: 'string', said: (patient) => names(patient, ({ family }) => [family]) },
  given: { type: 'string', said: (patient) => names(patient, ({ given = [] }) => given) },
  name: {
    type: 'string',
    said: (patient) =>
      names(patient, ({ family, given = [], prefix = [], suffix = [], text }) => [
        family,
        ...given,
        ...prefix,
        ...suffix,
        text,
      ]),
  },
  birthdate: { type: 'date', said: ({ birthDate }) => texts(birthDate) },
  gender: { type: 'token', said: ({ gender }) => texts(gender) },
  address: {
    type: 'string',
    said: (patient) =>
      addresses(patient, ({ line = [], city, district, state, country, postalCode, text }) => [
        ...line,
        city,
        district,
        state,
        country,
        postalCode,
        text,
      ]),
  },
  'address-city': { type: 'string', said: (patient) => addresses(patient, ({ city }) => [city]) },
  'address-country': { type: 'string', said: (patient) => addresses(patient, ({ country }) => [country]) },
  'address-postalcode': { type: 'string', said: (patient) => addresses(patient, ({ postalCode }) => [postalCode]) },
  'address-state': { type: 'string', said: (patient) => addresses(patient, ({ state }) => [state]) },
  telecom: { type: 'token', said: (patient) => telecom(patient) },
  phone: { type: 'token', said: (patient) => telecom(patient, 'phone') },
  email: { type: 'token', said: (patient) => telecom(patient, 'email') },
  mothersMaidenName: {
    type: 'string',
    said: ({ extension = [] }) =>
      extension
        .filter(({ url }: Extension) => url === MOTHERS_MAIDEN_NAME)
        .flatMap(({ valueString }) => texts(valueString)),
  },
} as const satisfies Record<string, Parameter>;

export type PatientParameter = keyof typeof patientParameters;

export const isPatientParameter = (name: string): name is PatientParameter => Object.hasOwn(patientParameters, name);

/** Whether `patient` meets all of `criteria`. */
export function meets(patient: Patient, criteria: readonly Criterion[]): boolean {
  return criteria.every((criterion) => meetsOne(patient, criterion));
}

function meetsOne(patient: Patient, { parameter, modifier, values }: Criterion): boolean {
  const { type, said: saidOf }: Parameter = patientParameters[parameter];
  const said = saidOf(patient).filter((each) => each !== undefined);
  if (modifier === 'missing') return values.some(({ text }) => (said.length === 0) === (text === 'true'));
  if (modifier === 'not') return !values.some((value) => said.some((each) => isToken(each, value)));
  const matches = matchers[type];
  return values.some((value) => said.some((each) => matches(each, value, modifier)));
}

const matchers: Record<ParameterType, (said: Said, value: CriterionValue, modifier: Criterion['modifier']) => boolean> =
  {
    string(said, { text }, modifier) {
      if (modifier === 'exact') return said.text === text;
      return modifier === 'contains'
        ? folded(said.text).includes(folded(text))
        : folded(said.text).startsWith(folded(text));
    },
    token: isToken,
    date(said, { date }) {
      const range = dateRangeOf(said.text);
      return range !== undefined && date !== undefined && rangesMeet(range, date.range, date.prefix);
    },
  };

/** R4 search.html#token: `system|` asks for the system alone, `|code` for a code that has none. */
function isToken(said: Said, { text, system }: CriterionValue): boolean {
  if (system !== undefined && (said.system ?? '') !== system) return false;
  return (text === '' && system !== undefined) || said.text === text;
}

/** R4 search.html#string: neither case nor accents count. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
