// A report as Basic Text SR, or as Enhanced SR where it measures something (PS3.3 A.35.1, A.35.2; TID 2000 Basic Diagnostic
// Imaging Report). Another version is another document, which names the one before it (C.17.2).

import { utf8 } from '../../dicom/character-set.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { codeItem, container, numberItem, personItem, textItem } from '../content-item.ts';
import { dataSetIn, type InstanceContext } from '../context.ts';
import { codeItems, cut, fill, issuerItem } from '../dicom-items.ts';
import { digitsOf } from './moment.ts';
import type { CodedObservation, Participant, Report, Section } from './report.ts';
import { codesOf, isSigned } from './report-status.ts';
import { elementOf, headingOf } from './section.ts';
import { BASIC_TEXT_SR, concepts, ENHANCED_SR, INTERPRETATIONS, roleCodes } from './sr-concepts.ts';

export interface ReferencedDocument {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
}

export interface SrOptions {
  /** Its moments are in UTC. */
  context: InstanceContext;
  /** The version before. */
  predecessor?: ReferencedDocument | undefined;
}

/** Undefined where there is nothing to show yet: of a report that is only announced. */
export function srOfReport(report: Report, { context, predecessor }: SrOptions): DataSet | undefined {
  const codes = codesOf(report.status).sr;
  if (codes === undefined) return undefined;
  const measures = report.observations.some(({ value }) => 'number' in value);
  const dataset = dataSetIn(context, measures ? ENHANCED_SR : BASIC_TEXT_SR, 'SR')
    .set('SeriesNumber', context.series.number ?? 1)
    .set('TimezoneOffsetFromUTC', '+0000')
    .set('ReferencedPerformedProcedureStepSequence', [])
    .set('PerformedProcedureCodeSequence', [])
    .set('CompletionFlag', codes.completion)
    .set('CompletionFlagDescription', codes.description)
    .set('PreliminaryFlag', codes.preliminary)
    .set('ReferencedRequestSequence', [requestOf(report, context)])
    .set('ValueType', 'CONTAINER')
    .set('ConceptNameCodeSequence', codeItems(concepts.title)!)
    .set('ContinuityOfContent', 'SEPARATE')
    .set('ContentTemplateSequence', [new DataSet().set('MappingResource', 'DCMR').set('TemplateIdentifier', '2000')])
    .set('ContentSequence', contentItems(report));
  if (predecessor !== undefined) dataset.set('PredecessorDocumentsSequence', [referenceTo(predecessor)]);
  const verified = verification(report);
  dataset.set('VerificationFlag', verified === undefined ? 'UNVERIFIED' : 'VERIFIED');
  if (verified !== undefined) dataset.set('VerifyingObserverSequence', [verified]);
  // Items that were made by themselves say their character set: it is that of the whole.
  dataset.recode(utf8);
  return dataset;
}

/** C.17.2, type 1C: what the document answers. */
function requestOf({ placer, filler, accession, code }: Report, { study }: InstanceContext): DataSet {
  const request = new DataSet()
    .set('StudyInstanceUID', study.studyInstanceUid)
    .set('ReferencedStudySequence', [])
    .set('AccessionNumber', null)
    .set('PlacerOrderNumberImagingServiceRequest', null)
    .set('FillerOrderNumberImagingServiceRequest', null)
    .set('RequestedProcedureID', null);
  fill(request, {
    AccessionNumber: accession?.number,
    IssuerOfAccessionNumberSequence: issuerItem(accession),
    PlacerOrderNumberImagingServiceRequest: placer?.number,
    OrderPlacerIdentifierSequence: issuerItem(placer),
    FillerOrderNumberImagingServiceRequest: filler?.number,
    OrderFillerIdentifierSequence: issuerItem(filler),
    RequestedProcedureDescription: cut(code.meaning),
    RequestedProcedureCodeSequence: codeItems(code),
  });
  return request;
}

/** Somebody who is known, of an organization that is known, at a time that is known: else nobody has verified it. */
function verification({ status, people, organization, issuedAt }: Report): DataSet | undefined {
  const interpreter = people.find(({ role }) => role === 'interpreter');
  const at = momentOf(issuedAt);
  if (!isSigned(status) || interpreter === undefined || organization === undefined || at === undefined)
    return undefined;
  const { name, id } = interpreter;
  const observer = new DataSet()
    .set('VerifyingOrganization', cut(organization)!)
    .set('VerificationDateTime', at)
    .set('VerifyingObserverName', name)
    .set('VerifyingObserverIdentificationCodeSequence', []);
  const code = id && {
    value: id.number,
    scheme: id.issuer === '' ? '99LOCAL' : id.issuer.split('&')[0]!,
    meaning: id.number,
  };
  if (code !== undefined) observer.set('VerifyingObserverIdentificationCodeSequence', codeItems(code)!);
  return observer;
}

function referenceTo({
  studyInstanceUid,
  seriesInstanceUid,
  sopInstanceUid,
  sopClassUid,
}: ReferencedDocument): DataSet {
  const instance = new DataSet()
    .set('ReferencedSOPClassUID', sopClassUid)
    .set('ReferencedSOPInstanceUID', sopInstanceUid);
  const series = new DataSet().set('SeriesInstanceUID', seriesInstanceUid).set('ReferencedSOPSequence', [instance]);
  return new DataSet().set('StudyInstanceUID', studyInstanceUid).set('ReferencedSeriesSequence', [series]);
}

function contentItems(report: Report): DataSet[] {
  const { language, code, people, sections, observations } = report;
  const spoken = language && { value: language, scheme: 'RFC5646', meaning: language };
  return [
    ...(spoken ? [codeItem('HAS CONCEPT MOD', concepts.language, spoken)] : []),
    codeItem('HAS CONCEPT MOD', concepts.procedureReported, code),
    ...people.flatMap(observerItems),
    ...sections.map(sectionItem),
    ...(observations.length > 0
      ? [container('CONTAINS', concepts.measurements, observations.map(observationItem))]
      : []),
  ];
}

/** TID 1002 and 1003: each begins with its type. */
const observerItems = ({ role, name }: Participant): DataSet[] => [
  codeItem('HAS OBS CONTEXT', concepts.observerType, concepts.person),
  personItem('HAS OBS CONTEXT', concepts.observerName, name),
  codeItem('HAS OBS CONTEXT', concepts.observerRole, roleCodes[role]),
];

function sectionItem({ kind, code = headingOf(kind), text, at, interpretation }: Section): DataSet {
  const element = textItem('CONTAINS', elementOf(kind), text);
  if (interpretation !== undefined) element.set('ContentSequence', [interpretationItem(interpretation)]);
  const moment = momentOf(at);
  if (moment !== undefined) element.set('ObservationDateTime', moment);
  return container('CONTAINS', code, [element]);
}

function observationItem({ code, value, interpretation }: CodedObservation): DataSet {
  const item =
    'number' in value
      ? numberItem('CONTAINS', code, value.number, value.unit)
      : 'code' in value
        ? codeItem('CONTAINS', code, value.code)
        : textItem('CONTAINS', code, value.text);
  if (interpretation !== undefined) item.set('ContentSequence', [interpretationItem(interpretation)]);
  return item;
}

const interpretationItem = (flag: string): DataSet =>
  codeItem('HAS PROPERTIES', concepts.interpretation, { value: flag, scheme: INTERPRETATIONS, meaning: flag });

/** DT, of what has at least a day. */
const momentOf = (iso: string | undefined): string | undefined =>
  iso !== undefined && /^\d{4}-\d\d-\d\d/.test(iso) ? digitsOf(iso) : undefined;
