// A structured report as a report: Basic Text, Enhanced and Comprehensive SR, TID 2000 and TID 1500 and whatever else is a tree of
// text, codes and numbers (PS3.3 C.17.3). Text stands under the heading it lies below, measurements by themselves.

import type { DataSet } from '../../dicom/dataset.ts';
import { readDateTime } from '../../hl7v2/date-time.ts';
import { type Content, codeIn, contentOf, numberIn, wordsOf } from '../content-item.ts';
import { codeOfItem, numberIn as identifierIn } from '../dicom-items.ts';
import { dateTimeOf } from '../local-moment.ts';
import type { Code } from '../order.ts';
import { present } from '../order-segments.ts';
import type { PatientDescription } from '../sighting-of-pid.ts';
import { sightingOfStudy } from '../sighting-of-study.ts';
import { type CodedObservation, type Participant, type Report, type Role, type Section, together } from './report.ts';
import { statusOfSr } from './report-status.ts';
import { isUsual, kindOf, type SectionKind } from './section.ts';
import { concepts, INTERPRETATIONS, roleCodes } from './sr-concepts.ts';

/** Whatever is no report has no sections and no observations. */
export function reportOfSr(dataset: DataSet): Report {
  const content = contentOf(dataset);
  const found: Found = { sections: [], observations: [] };
  for (const each of content) read(each, undefined, found);
  const sections = together(found.sections);
  const [request] = dataset.items('ReferencedRequestSequence');
  const from = request ?? dataset;
  const accession = identifierIn(from, 'AccessionNumber', 'IssuerOfAccessionNumberSequence');
  return {
    ...present({
      filler: identifierIn(from, 'FillerOrderNumberImagingServiceRequest', 'OrderFillerIdentifierSequence'),
      placer: identifierIn(from, 'PlacerOrderNumberImagingServiceRequest', 'OrderPlacerIdentifierSequence'),
      accession: accession ?? identifierIn(dataset, 'AccessionNumber', 'IssuerOfAccessionNumberSequence'),
      studyInstanceUid: dataset.text('StudyInstanceUID'),
      language: modifier(content, concepts.language)?.value,
      issuedAt: writtenAt(dataset),
      observedAt: dateTimeOf(dataset.text('StudyDate'), dataset.text('StudyTime'), zoneOf(dataset)),
      organization: dataset.items('VerifyingObserverSequence')[0]?.text('VerifyingOrganization'),
    }),
    code:
      modifier(content, concepts.procedureReported) ??
      codeOfItem(request?.items('RequestedProcedureCodeSequence')[0]) ??
      codeOfItem(dataset.items('ConceptNameCodeSequence')[0]) ??
      concepts.title,
    patient: patientOf(dataset),
    status: statusOfSr(
      dataset,
      sections.some(({ kind }) => kind === 'addendum'),
    ),
    people: peopleOf(dataset, content),
    sections,
    observations: found.observations,
    documents: [],
  };
}

interface Found {
  sections: Section[];
  observations: CodedObservation[];
}

/** `under`: the heading that it lies below. */
function read(content: Content, under: Code | undefined, found: Found): void {
  const { relationship, valueType, concept, children } = content;
  if (relationship === 'HAS OBS CONTEXT' || relationship === 'HAS CONCEPT MOD' || relationship === 'HAS ACQ CONTEXT')
    return;
  if (isInterpretation(content)) return;
  if (valueType === 'TEXT') readText(content, under, found);
  else if (concept !== undefined) {
    const value = valueOfItem(content);
    if (value !== undefined) found.observations.push({ code: concept, value, ...interpretationOf(children) });
  }
  const heading = valueType === 'CONTAINER' ? concept : under;
  for (const child of children) read(child, heading, found);
}

function readText(content: Content, under: Code | undefined, found: Found): void {
  const { concept, dataset, children } = content;
  const text = dataset.text('TextValue');
  if (text === undefined) return;
  const heading = under ?? concept;
  const kind = sectionOf(under) ?? sectionOf(concept);
  const interpretation = interpretationOf(children);
  if (under?.value === concepts.measurements.value && concept !== undefined && kind === undefined) {
    found.observations.push({ code: concept, value: { text }, ...interpretation });
    return;
  }
  const at = momentOf(dataset.text('ObservationDateTime'));
  found.sections.push({
    kind: kind ?? 'report',
    ...(heading !== undefined && !isUsual(heading, kind ?? 'report') && { code: heading }),
    text,
    ...(at && { at }),
    ...interpretation,
  });
}

const sectionOf = (code: Code | undefined): SectionKind | undefined => code && kindOf(code);

function valueOfItem(content: Content): CodedObservation['value'] | undefined {
  if (content.valueType === 'NUM') return numberIn(content);
  const code = content.valueType === 'CODE' ? codeIn(content) : undefined;
  if (code !== undefined) return { code };
  const text = /^(PNAME|DATE|TIME|DATETIME)$/.test(content.valueType) ? wordsOf(content) : undefined;
  return text === undefined ? undefined : { text };
}

const isInterpretation = (content: Content): boolean =>
  content.relationship === 'HAS PROPERTIES' && codeIn(content)?.scheme === INTERPRETATIONS;

function interpretationOf(children: readonly Content[]): { interpretation?: string } {
  const found = children.find(isInterpretation);
  return found === undefined ? {} : { interpretation: codeIn(found)!.value };
}

const modifier = (content: readonly Content[], concept: Code): Code | undefined =>
  content.filter((each) => each.concept?.value === concept.value).map(codeIn)[0];

/** Observers as the document names them, else who verified it, else its authors. */
function peopleOf(dataset: DataSet, content: readonly Content[]): Participant[] {
  const observers: Participant[] = [];
  for (const { concept, dataset: item, ...rest } of content.filter(
    ({ relationship }) => relationship === 'HAS OBS CONTEXT',
  )) {
    if (concept?.value === concepts.observerName.value) {
      const name = item.text('PersonName');
      if (name !== undefined) observers.push({ role: 'interpreter', name });
    } else if (concept?.value === concepts.observerRole.value && observers.length > 0) {
      observers.at(-1)!.role = roleOf(codeIn({ concept, dataset: item, ...rest })) ?? 'interpreter';
    }
  }
  if (observers.length > 0) return observers;
  const verifiers = dataset.items('VerifyingObserverSequence').map((item) => item.text('VerifyingObserverName'));
  const authors = dataset.items('AuthorObserverSequence').map((item) => item.text('PersonName'));
  const names = [...verifiers, ...authors].filter((name) => name !== undefined);
  return [...new Set(names)].map((name) => ({ role: 'interpreter', name }));
}

const roleOf = (code: Code | undefined): Role | undefined =>
  (Object.keys(roleCodes) as Role[]).find((role) => roleCodes[role].value === code?.value);

/** Whose it is: the patient module as identity reads it. */
export function patientOf(dataset: DataSet): PatientDescription {
  const {
    id: _,
    site: __,
    timestamp: ___,
    medium: ____,
    ...patient
  } = sightingOfStudy({
    id: '',
    dataset,
    source: '',
    timestamp: '',
  });
  return patient as PatientDescription;
}

export const zoneOf = (dataset: DataSet): { offset: string } | undefined => {
  const offset = dataset.text('TimezoneOffsetFromUTC');
  return offset === undefined ? undefined : { offset };
};

/** When it was verified, else when it was made. */
function writtenAt(dataset: DataSet): string | undefined {
  const verified = momentOf(dataset.items('VerifyingObserverSequence')[0]?.text('VerificationDateTime'));
  return verified ?? dateTimeOf(dataset.text('ContentDate'), dataset.text('ContentTime'), zoneOf(dataset));
}

const momentOf = (text: string | undefined): string | undefined => text && readDateTime(text)?.iso;
