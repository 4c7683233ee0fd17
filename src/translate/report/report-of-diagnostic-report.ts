// A DiagnosticReport of an imaging study as a report: ours, with every section, or one that somebody else wrote, of which the
// conclusion and what it presents are its text. R4 diagnosticreport.html.

import type {
  CodeableConcept,
  DiagnosticReport,
  Identifier,
  Observation,
  Practitioner,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { fromBase64 } from '../../dicom/base64.ts';
import { textOfNumber } from '../../fhir/json.ts';
import { schemeOf } from '../coding.ts';
import { personNameOf } from '../fhir-name.ts';
import type { IdentifierSystems } from '../identifier-systems.ts';
import { readImagingStudyId } from '../imaging-study-id.ts';
import type { Code, OrderNumber } from '../order.ts';
import { present, uidOf } from '../order-segments.ts';
import type { PatientDescription } from '../sighting-of-pid.ts';
import { sectionsOfDocuments } from './cda-sections.ts';
import { functionOf, functionUrl } from './diagnostic-report.ts';
import {
  type CodedObservation,
  type Participant,
  type Report,
  type ReportDocument,
  type Role,
  type Section,
  together,
} from './report.ts';
import { statusOfFhir } from './report-status.ts';
import { tellingFlag } from './result-flag.ts';
import { isUsual, kindOf } from './section.ts';

export interface Resolved {
  patient: PatientDescription;
  systems: IdentifierSystems;
  /** Observations that it refers to as `result`, by reference; those within it need not be given. */
  results?: ReadonlyMap<string, Resource>;
}

/** LOINC, table 0074 and SNOMED CT: of radiology and its sections. */
const IMAGING = /^(LP29684-5|RAD|RUS|NMR|NMS|CT|CUS|OUS|VUS|XRC|RX|394914008|363679005)$/;

/** Laboratories report by the same resource. */
export const isOfImages = ({ category = [], imagingStudy = [] }: DiagnosticReport): boolean =>
  imagingStudy.length > 0 || category.some(({ coding = [] }) => coding.some(({ code = '' }) => IMAGING.test(code)));

export function reportOfDiagnosticReport(resource: DiagnosticReport, resolved: Resolved): Report {
  const { patient, systems } = resolved;
  const observations = resultsOf(resource, resolved);
  const parts = observations.map(partOf);
  const written = together(parts.flatMap((part) => ('kind' in part ? [part] : [])));
  const sections = together(withConclusion(resource, written));
  const hasAddendum = sections.some(({ kind }) => kind === 'addendum');
  const numbered = (type: string) => numberOf(resource.identifier?.filter((each) => isOfType(each, type))[0], systems);
  const untyped = resource.identifier?.find(({ type }) => type === undefined);
  const organization = resource.performer?.find(({ type, reference }) => isOrganization(type, reference))?.display;
  return {
    ...present({
      filler: numbered('FILL') ?? numberOf(untyped, systems) ?? idOf(resource),
      accession: numbered('ACSN'),
      placer: numberOf(resource.basedOn?.find(({ identifier }) => identifier)?.identifier, systems),
      studyInstanceUid: studyUidOf(resource),
      language: resource.language,
      issuedAt: resource.issued,
      observedAt: resource.effectiveDateTime ?? resource.effectivePeriod?.start,
      organization,
    }),
    code: codeOf(resource.code) ?? { value: '18748-4', scheme: 'LN', meaning: 'Diagnostic imaging study' },
    patient,
    status: statusOfFhir(resource.status, hasAddendum),
    people: peopleOf(resource, systems),
    sections,
    observations: parts.flatMap((part) => ('kind' in part ? [] : [part])),
    documents: documentsOf(resource),
  };
}

const isOrganization = (type: string | undefined, reference = ''): boolean =>
  type === 'Organization' || reference.startsWith('Organization/');

const idOf = ({ id }: DiagnosticReport): OrderNumber | undefined =>
  id === undefined ? undefined : { number: id, issuer: 'DiagnosticReport' };

function resultsOf({ result = [], contained = [] }: DiagnosticReport, { results }: Resolved): Observation[] {
  return result.flatMap(({ reference = '' }) => {
    const found = reference.startsWith('#')
      ? contained.find(({ id }) => `#${id}` === reference)
      : results?.get(reference);
    return found?.resourceType === 'Observation' ? [found as Observation] : [];
  });
}

function partOf(observation: Observation): Section | CodedObservation {
  const { code, valueString, interpretation, effectiveDateTime } = observation;
  const codes = (code?.coding ?? []).map((coding) => codeOf({ coding: [coding] })!).filter(Boolean);
  const [first = { value: code?.text ?? '', scheme: 'L', meaning: code?.text ?? '' }] = codes;
  const flag = tellingFlag((interpretation ?? []).flatMap(({ coding = [] }) => coding.map(({ code }) => code)));
  const more = flag === undefined ? {} : { interpretation: flag };
  const kind = codes.map((each) => kindOf(each)).find((each) => each !== undefined);
  if (valueString === undefined || kind === undefined) return { code: first, value: valueIn(observation), ...more };
  const at = kind === 'addendum' ? effectiveDateTime : undefined;
  return { kind, ...(!isUsual(first, kind) && { code: first }), text: valueString, ...(at && { at }), ...more };
}

function valueIn({
  valueQuantity,
  valueCodeableConcept,
  valueString,
  valueInteger,
  valueBoolean,
  valueDateTime,
}: Observation): CodedObservation['value'] {
  const { value, unit, code, system } = valueQuantity ?? {};
  if (value !== undefined) {
    const measured = code ?? unit;
    return {
      number: textOfNumber(value),
      ...(measured && {
        unit: { value: measured, scheme: system ? schemeOf(system) : 'L', meaning: unit ?? measured },
      }),
    };
  }
  const coded = codeOf(valueCodeableConcept);
  return coded ? { code: coded } : { text: String(valueString ?? valueInteger ?? valueBoolean ?? valueDateTime ?? '') };
}

/** Of somebody else's, which has its text only there. */
function withConclusion({ conclusion = '', presentedForm = [] }: DiagnosticReport, sections: Section[]): Section[] {
  if (sections.length > 0) return sections;
  const within = sectionsOfDocuments(documentsOf({ presentedForm } as DiagnosticReport));
  if (within.length > 0) return within;
  const texts = presentedForm.filter(
    ({ contentType = '', data }) => /^text\/plain/.test(contentType) && data !== undefined,
  );
  const whole = texts.map(({ data }) => decoded(data!)).join('\n\n');
  const impression: Section[] =
    conclusion === '' || whole.includes(conclusion) ? [] : [{ kind: 'impression', text: conclusion }];
  return [...(whole === '' ? [] : [{ kind: 'report' as const, text: whole }]), ...impression];
}

const decoded = (data: string): string => new TextDecoder().decode(fromBase64(data) ?? new Uint8Array());

const documentsOf = ({ presentedForm = [] }: DiagnosticReport): ReportDocument[] =>
  presentedForm.flatMap(({ contentType = '', data, title }) =>
    data === undefined || /^text\/plain/.test(contentType)
      ? []
      : [{ mediaType: contentType, data, ...(title && { title }) }],
  );

function peopleOf(resource: DiagnosticReport, systems: IdentifierSystems): Participant[] {
  const { resultsInterpreter = [], performer = [], contained = [] } = resource;
  const person = (role: Role, reference: Reference): Participant[] => {
    const found = contained.find(({ id }) => `#${id}` === reference.reference) as Practitioner | undefined;
    const name = found?.name === undefined ? personNameOf([{ text: reference.display }]) : personNameOf(found.name);
    const id = numberOf(found?.identifier?.[0] ?? reference.identifier, systems);
    return name === '' ? [] : [{ role, name, ...(id && { id }) }];
  };
  const others = performer.flatMap((reference) => {
    const said = reference.extension?.find(({ url }) => url === functionUrl)?.valueCodeableConcept?.coding?.[0]?.code;
    const role = (Object.keys(functionOf) as Role[]).find((each) => functionOf[each] === said);
    return role === undefined ? [] : person(role, reference);
  });
  return [...resultsInterpreter.flatMap((reference) => person('interpreter', reference)), ...others];
}

/** By its UID, or by an id of ours, which is made of it. */
const studyUidOf = ({ imagingStudy = [] }: DiagnosticReport): string | undefined =>
  imagingStudy.flatMap(({ identifier, reference = '' }) => {
    if (identifier?.system === 'urn:dicom:uid') return uidOf(identifier.value?.replace(/^urn:oid:/, '')) ?? [];
    const [, id] = /^ImagingStudy\/([A-Za-z0-9\-.]{1,64})$/.exec(reference) ?? [];
    return (id && readImagingStudyId(id)?.studyInstanceUid) || [];
  })[0];

const isOfType = ({ type }: Identifier, code: string): boolean =>
  (type?.coding ?? []).some((each) => each.code === code);

function numberOf(identifier: Identifier | undefined, systems: IdentifierSystems): OrderNumber | undefined {
  if (identifier?.value === undefined) return undefined;
  const { system, value } = identifier;
  return { number: value, issuer: system === undefined ? '' : systems.issuerOfSystem(system) };
}

function codeOf(concept: CodeableConcept | undefined): Code | undefined {
  const coding = concept?.coding?.find(({ code }) => code !== undefined);
  if (coding?.code === undefined) {
    return concept?.text === undefined ? undefined : { value: concept.text, scheme: 'L', meaning: concept.text };
  }
  return {
    value: coding.code,
    scheme: schemeOf(coding.system),
    meaning: coding.display ?? concept?.text ?? coding.code,
  };
}
