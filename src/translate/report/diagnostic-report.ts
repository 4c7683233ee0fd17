// A report as a DiagnosticReport (R4 diagnosticreport.html; US Core DiagnosticReport for Report and Note Exchange; IHE IMR):
// each section and each coded result is an Observation in it, the whole is what it presents.

import type {
  Attachment,
  CodeableConcept,
  DiagnosticReport,
  Identifier,
  ImagingStudy,
  Observation,
  Patient,
  Practitioner,
  Quantity,
  Reference,
} from '@medplum/fhirtypes';
import { toBase64 } from '../../dicom/base64.ts';
import { numberOfText } from '../../fhir/json.ts';
import { codingOf } from '../coding.ts';
import { humanNamesOf } from '../fhir-name.ts';
import type { IdentifierSystems } from '../identifier-systems.ts';
import { nameText } from '../name-text.ts';
import type { Code, OrderNumber } from '../order.ts';
import type { CodedObservation, Participant, Report, ReportStatus, Role, Section } from './report.ts';
import { reportText } from './report-text.ts';
import { loincOf } from './section.ts';

export interface Presented {
  systems: IdentifierSystems;
  /** As the server knows the person; absent: by the number that the report has. */
  subject?: Reference<Patient>;
  /** Of the ImagingStudy that is derived of the study. */
  imagingStudy?: Reference<ImagingStudy>;
}

/** Table 0443: what the people of a report do. */
export const functionSystem = 'http://terminology.hl7.org/CodeSystem/v2-0443';
export const functionUrl = 'http://hl7.org/fhir/StructureDefinition/event-performerFunction';
export const functionOf: Readonly<Record<Role, string>> = {
  interpreter: 'PI',
  assistant: 'AI',
  technician: 'TN',
  transcriptionist: 'TR',
};

const TYPES = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const INTERPRETATION = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
const LOINC = 'http://loinc.org';

/** Without id and meta: those are of whoever keeps it. */
export function diagnosticReportOf(report: Report, { systems, subject, imagingStudy }: Presented): DiagnosticReport {
  const { filler, accession, placer, code, status, language, issuedAt, observedAt, people, sections, organization } =
    report;
  const numbered = (number: OrderNumber | undefined, type: string) => identifierOf(number, type, systems);
  const identifier = [...numbered(filler, 'FILL'), ...numbered(accession, 'ACSN')];
  const [placed] = numbered(placer, 'PLAC');
  const practitioners = people.map((person, at) => practitionerOf(person, at, systems));
  const observations = [
    ...sections.map((section, at) => sectionObservation(section, at, report)),
    ...report.observations.map((observation, at) => resultObservation(observation, at, report)),
  ];
  const contained = [...practitioners, ...observations];
  const performer = [
    ...(organization === undefined ? [] : [{ type: 'Organization' as const, display: organization }]),
    ...people.flatMap((person, at) => (person.role === 'interpreter' ? [] : [referenceTo(person, at)])),
  ];
  const impressions = sections.filter(({ kind }) => kind === 'impression').map(({ text }) => text);
  return {
    resourceType: 'DiagnosticReport',
    ...(language && { language }),
    ...(contained.length > 0 && { contained }),
    ...(identifier.length > 0 && { identifier }),
    ...(placed && { basedOn: [{ type: 'ServiceRequest', identifier: placed }] }),
    status: status satisfies DiagnosticReport['status'],
    category: [
      { coding: [{ system: LOINC, code: 'LP29684-5', display: 'Radiology' }] },
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RAD', display: 'Radiology' }] },
    ],
    code: conceptOf(code),
    subject: subject ?? subjectOf(report, systems),
    ...(observedAt && isDateTime(observedAt) && { effectiveDateTime: observedAt }),
    ...(issuedAt && isInstant(issuedAt) && { issued: issuedAt }),
    ...(performer.length > 0 && { performer }),
    ...resultsInterpreter(people),
    ...(observations.length > 0 && { result: observations.map(({ id }) => ({ reference: `#${id}` })) }),
    ...studyOf(report, imagingStudy),
    ...(impressions.length > 0 && { conclusion: impressions.join('\n\n') }),
    presentedForm: presentedForm(report),
  };
}

/** R4 datatypes.html: a time has a zone, and an instant has a time of seconds. */
const isDateTime = (iso: string): boolean =>
  /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?$/.test(iso);
const isInstant = (iso: string): boolean => /T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(iso);

function presentedForm(report: Report): Attachment[] {
  const { language, issuedAt, code, documents } = report;
  const text = new TextEncoder().encode(reportText(report));
  const whole: Attachment = {
    contentType: 'text/plain; charset=utf-8',
    ...(language && { language }),
    data: toBase64(text),
    size: text.length,
    title: code.meaning,
    ...(issuedAt && isInstant(issuedAt) && { creation: issuedAt }),
  };
  const others = documents.map(({ mediaType, data, title }) => ({
    contentType: mediaType,
    data,
    ...(title && { title }),
  }));
  return [...(text.length > 0 ? [whole] : []), ...others];
}

function resultsInterpreter(people: readonly Participant[]): Pick<DiagnosticReport, 'resultsInterpreter'> {
  const interpreters = people.flatMap((person, at) => (person.role === 'interpreter' ? [referenceTo(person, at)] : []));
  return interpreters.length === 0 ? {} : { resultsInterpreter: interpreters };
}

/** R4 imagingstudy.html 9.7.6.1: a UID as an identifier. */
function studyOf(
  { studyInstanceUid }: Report,
  imagingStudy: Reference<ImagingStudy> | undefined,
): Pick<DiagnosticReport, 'imagingStudy'> {
  if (studyInstanceUid === undefined) return {};
  const identifier = { system: 'urn:dicom:uid', value: `urn:oid:${studyInstanceUid}` };
  return { imagingStudy: [{ ...imagingStudy, type: 'ImagingStudy', identifier }] };
}

function subjectOf({ patient }: Report, systems: IdentifierSystems): Reference<Patient> {
  const { issuer, patientId: value, name } = patient;
  const display = nameText(name);
  const identifier = { ...(issuer && { system: systems.systemOf(issuer) }), value };
  return { type: 'Patient', identifier, ...(display && { display }) };
}

/** At most one; none of a number that nobody gave. */
export function identifierOf(number: OrderNumber | undefined, type: string, systems: IdentifierSystems): Identifier[] {
  if (number === undefined) return [];
  const system = number.issuer === '' ? undefined : systems.systemOf(number.issuer);
  return [{ type: { coding: [{ system: TYPES, code: type }] }, ...(system && { system }), value: number.number }];
}

const idOf = ({ role }: Participant, at: number): string => `${role}-${at + 1}`;

function practitionerOf(person: Participant, at: number, systems: IdentifierSystems): Practitioner {
  const { name, id } = person;
  const system = id === undefined || id.issuer === '' ? undefined : systems.systemOf(id.issuer);
  return {
    resourceType: 'Practitioner',
    id: idOf(person, at),
    ...(id && { identifier: [{ ...(system && { system }), value: id.number }] }),
    name: humanNamesOf(name, 'official'),
  };
}

function referenceTo(person: Participant, at: number): Reference<Practitioner> {
  const display = nameText(person.name);
  const valueCodeableConcept = { coding: [{ system: functionSystem, code: functionOf[person.role] }] };
  return {
    ...(person.role !== 'interpreter' && { extension: [{ url: functionUrl, valueCodeableConcept }] }),
    reference: `#${idOf(person, at)}`,
    ...(display && { display }),
  };
}

const observationStatus: Readonly<Record<ReportStatus, Observation['status']>> = {
  registered: 'registered',
  partial: 'preliminary',
  preliminary: 'preliminary',
  final: 'final',
  corrected: 'corrected',
  appended: 'amended',
  cancelled: 'cancelled',
  'entered-in-error': 'entered-in-error',
};

/** Its own name first, then the one that everybody knows. */
function sectionObservation(section: Section, at: number, { status }: Report): Observation {
  const { kind, code, text, interpretation } = section;
  const coding = [...(code === undefined ? [] : [code]), loincOf(kind)].map(codingOfCode);
  return {
    resourceType: 'Observation',
    id: `section-${at + 1}`,
    status: observationStatus[status],
    code: { coding },
    ...(section.at && isDateTime(section.at) && { effectiveDateTime: section.at }),
    valueString: text,
    ...interpreted(interpretation),
  };
}

function resultObservation(
  { code, value, interpretation }: CodedObservation,
  at: number,
  { status }: Report,
): Observation {
  return {
    resourceType: 'Observation',
    id: `result-${at + 1}`,
    status: observationStatus[status],
    code: conceptOf(code),
    ...valueX(value),
    ...interpreted(interpretation),
  };
}

export function valueX(
  value: CodedObservation['value'],
): Pick<Observation, 'valueQuantity' | 'valueCodeableConcept' | 'valueString'> {
  if ('text' in value) return { valueString: value.text };
  if ('code' in value) return { valueCodeableConcept: conceptOf(value.code) };
  const { number, unit } = value;
  return { valueQuantity: { value: numberOfText(number) as number, ...(unit && quantityUnit(unit)) } };
}

function quantityUnit(unit: Code): Quantity {
  const { system, code } = codingOfCode(unit);
  return { unit: unit.meaning, ...(system && { system, code }) };
}

const interpreted = (interpretation: string | undefined): Pick<Observation, 'interpretation'> =>
  interpretation === undefined
    ? {}
    : { interpretation: [{ coding: [{ system: INTERPRETATION, code: interpretation }] }] };

const codingOfCode = ({ value, scheme, meaning }: Code) => codingOf(value, scheme, meaning);
export const conceptOf = (code: Code): CodeableConcept => ({ coding: [codingOfCode(code)], text: code.meaning });
