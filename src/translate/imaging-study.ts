// A study of the catalogue, with the facts beside it, as an ImagingStudy (R4 imagingstudy.html, its mapping to DICOM). Nothing
// of it is stored: it is what the catalogue says now.

import type {
  CodeableConcept,
  Coding,
  Endpoint,
  Identifier,
  ImagingStudy,
  ImagingStudySeries,
  ImagingStudySeriesInstance,
  Patient,
  Reference,
} from '@medplum/fhirtypes';
import type { DataSet } from '../dicom/dataset.ts';
import { fromJson } from '../dicom/json-reader.ts';
import { bodySiteOf, lateralityOf } from './body-site.ts';
import { codingOfFact, conceptsOf, DCM } from './coding.ts';
import { dateTimeOf, type Zone } from './local-moment.ts';
import { nameText } from './name-text.ts';

export interface StudyContent {
  id: string;
  versionId: string;
  /** ISO 8601 with a zone. */
  lastUpdated: string;
  studyInstanceUid: string;
  /** Patient and study attributes of the first instance, DICOM JSON. */
  attributes: string;
  /** Who says the zone where the study does not. */
  zone?: Zone | undefined;
  /** Of the study, those that may be relied on. */
  facts: readonly { attribute: string; value: unknown }[];
  subject: Reference<Patient>;
  endpoint: readonly Reference<Endpoint>[];
  /** In the order in which people look at them. */
  series: readonly SeriesContent[];
  /** The system of an issuer that is written `namespace&universal id&type`. */
  systemOf(issuer: string): string;
}

export interface SeriesContent {
  seriesInstanceUid: string;
  /** Attributes of the series and its equipment of the first instance, DICOM JSON. */
  attributes: string;
  instanceCount: number;
  /** Absent where they are not asked for. */
  instances?: readonly InstanceContent[] | undefined;
}

export interface InstanceContent {
  uid: string;
  sopClass: string;
  number?: number | null;
  title?: string | undefined;
}

export function imagingStudyOf(content: StudyContent): ImagingStudy & { id: string } {
  const { id, versionId, lastUpdated, studyInstanceUid, subject, endpoint } = content;
  const study = fromJson(JSON.parse(content.attributes));
  const parts = content.series.map((series) => ({ ...series, dataset: fromJson(JSON.parse(series.attributes)) }));
  const facts = new StudyFacts(content.facts);
  const accession = accessionOf(study, content);
  const interpreters = study.texts('NameOfPhysiciansReadingStudy').map(nameText).filter(isText);
  return {
    resourceType: 'ImagingStudy',
    id,
    meta: { versionId, lastUpdated },
    identifier: [
      { use: 'official', system: 'urn:dicom:uid', value: `urn:oid:${studyInstanceUid}` },
      ...(accession ? [accession] : []),
    ],
    status: 'available',
    ...ifAny('modality', modalitiesOf(parts)),
    subject,
    ...startedOf(study, 'Study', content.zone),
    ...(accession && { basedOn: [{ type: 'ServiceRequest', identifier: accession }] }),
    ...ifText('referrer', nameText(study.text('ReferringPhysicianName')), displayed),
    ...ifAny('interpreter', interpreters.map(displayed)),
    endpoint: [...endpoint],
    numberOfSeries: parts.length,
    numberOfInstances: parts.reduce((sum, { instanceCount }) => sum + instanceCount, 0),
    ...ifAny('procedureCode', [...proceduresOf([study, ...parts.map(({ dataset }) => dataset)]), ...facts.procedures]),
    ...ifText('location', first(parts, 'InstitutionName'), displayed),
    ...ifAny('reasonCode', reasonsOf([study, ...parts.map(({ dataset }) => dataset)])),
    ...ifText('description', study.text('StudyDescription'), String),
    ...ifAny(
      'series',
      parts.map((part) => seriesOf(part, facts, content.zone)),
    ),
  };
}

type Part = SeriesContent & { dataset: DataSet };

function seriesOf({ dataset, ...series }: Part, facts: StudyFacts, zone: Zone | undefined): ImagingStudySeries {
  const modality = dataset.text('Modality') ?? 'OT';
  const ofFacts = isAcquisition(modality) ? facts : new StudyFacts([]);
  const bodyPart = dataset.text('BodyPartExamined');
  const bodySite = bodySiteOf(bodyPart) ?? (bodyPart === undefined ? ofFacts.bodySite : { display: bodyPart });
  const laterality = lateralityOf(dataset.text('Laterality')) ?? ofFacts.laterality;
  const number = dataset.number('SeriesNumber');
  const performers = ['PerformingPhysicianName', 'OperatorsName']
    .flatMap((keyword) => dataset.texts(keyword).map(nameText))
    .filter(isText);
  return {
    uid: series.seriesInstanceUid,
    ...(isUnsigned(number) && { number }),
    modality: { system: DCM, code: modality },
    ...ifText('description', dataset.text('SeriesDescription'), String),
    numberOfInstances: series.instanceCount,
    ...(bodySite && { bodySite }),
    ...(laterality && { laterality }),
    ...startedOf(dataset, 'Series', zone),
    ...ifAny(
      'performer',
      performers.map((name) => ({ function: PERFORMER, actor: { display: name } })),
    ),
    ...ifAny('instance', (series.instances ?? []).map(instanceOf)),
  };
}

/** http://hl7.org/fhir/ValueSet/series-performer-function */
const PERFORMER: CodeableConcept = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PRF', display: 'performer' }],
};

const instanceOf = ({ uid, sopClass, number, title }: InstanceContent): ImagingStudySeriesInstance => ({
  uid,
  sopClass: { system: 'urn:ietf:rfc:3986', code: `urn:oid:${sopClass}` },
  ...(isUnsigned(number) && { number }),
  ...(title && { title }),
});

/** Of PS3.16 CID 29 are the modalities that acquire; these are about images, and the element says it leaves them out. */
const aboutImages = new Set(
  'SR PR KO SEG DOC REG FID AU RWV PLAN RTSTRUCT RTPLAN RTDOSE RTRECORD ASMT CTPROTOCOL XAPROTOCOL SMR M3D'.split(' '),
);
const isAcquisition = (modality: string): boolean => !aboutImages.has(modality);

function modalitiesOf(parts: readonly Part[]): Coding[] {
  const codes = new Set(parts.map(({ dataset }) => dataset.text('Modality') ?? 'OT').filter(isAcquisition));
  return [...codes].sort().map((code) => ({ system: DCM, code }));
}

const ACCESSION: CodeableConcept = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN', display: 'Accession ID' }],
};

function accessionOf(study: DataSet, { systemOf }: StudyContent): Identifier | undefined {
  const value = study.text('AccessionNumber');
  if (value === undefined) return undefined;
  const [issuer] = study.items('IssuerOfAccessionNumberSequence');
  const namespace = issuer?.text('LocalNamespaceEntityID') ?? '';
  const universalId = issuer?.text('UniversalEntityID');
  const written = universalId
    ? `${namespace}&${universalId}&${issuer!.text('UniversalEntityIDType') ?? ''}`
    : namespace;
  const assigner = namespace || universalId;
  return {
    type: ACCESSION,
    ...(written && { system: systemOf(written) }),
    value,
    ...(assigner && { assigner: { display: assigner } }),
  };
}

const TIME_ZONE_CODE = 'http://hl7.org/fhir/StructureDefinition/tz-code';

/** (0008,0201) before what is configured of the source, which is told beside the value. */
function startedOf(dataset: DataSet, level: 'Study' | 'Series', zone: Zone | undefined) {
  const own = dataset.text('TimezoneOffsetFromUTC');
  const used = own === undefined ? zone : { offset: own };
  const started = dateTimeOf(dataset.text(`${level}Date`), dataset.text(`${level}Time`), used);
  const isConfigured = used !== undefined && 'name' in used && started?.includes('T');
  return {
    ...(started && { started }),
    ...(isConfigured && { _started: { extension: [{ url: TIME_ZONE_CODE, valueCode: used.name }] } }),
  };
}

/** PS3.3 C.7.2.1: of the study; what else a series says was performed is not the procedure. */
const proceduresOf = (datasets: readonly DataSet[]): CodeableConcept[] =>
  distinct(datasets.flatMap((dataset) => conceptsOf(dataset, 'ProcedureCodeSequence')));

/** Of the study, and of the requests that each series answers. */
function reasonsOf(datasets: readonly DataSet[]): CodeableConcept[] {
  const requests = datasets.flatMap((dataset) => [dataset, ...dataset.items('RequestAttributesSequence')]);
  return distinct(
    requests.flatMap((dataset) => [
      ...conceptsOf(dataset, 'ReasonForRequestedProcedureCodeSequence'),
      ...dataset
        .texts('ReasonForTheRequestedProcedure')
        .filter(isText)
        .map((text) => ({ text })),
    ]),
  );
}

const distinct = (concepts: readonly CodeableConcept[]): CodeableConcept[] => [
  ...new Map(concepts.map((concept) => [JSON.stringify(concept), concept])).values(),
];

/** What normalisation found of the study. */
class StudyFacts {
  readonly #facts: StudyContent['facts'];

  constructor(facts: StudyContent['facts']) {
    this.#facts = facts;
  }

  get procedures(): CodeableConcept[] {
    return this.#of('ProcedureCodeSequence').map((value) => ({ coding: [codingOfFact(value)] }));
  }

  get bodySite(): Coding | undefined {
    return this.#of('AnatomicRegionSequence').map(codingOfFact)[0];
  }

  get laterality(): Coding | undefined {
    return this.#of('Laterality').map(lateralityOf)[0];
  }

  #of(wanted: string): string[] {
    return this.#facts.filter(({ attribute }) => attribute === wanted).map(({ value }) => String(value));
  }
}

const displayed = (display: string) => ({ display });
const isText = (text: string | undefined): text is string => text !== undefined && text !== '';
const isUnsigned = (number: number | null | undefined): number is number =>
  number !== undefined && number !== null && Number.isInteger(number) && number >= 0 && number < 2 ** 31;

const first = (parts: readonly Part[], keyword: string): string | undefined =>
  parts.map(({ dataset }) => dataset.text(keyword)).find(isText);

/** An array of FHIR is not empty. */
const ifAny = <N extends string, T>(name: N, values: readonly T[]): { [name in N]?: T[] } =>
  (values.length > 0 ? { [name]: [...values] } : {}) as { [name in N]?: T[] };

const ifText = <N extends string, T>(name: N, text: string | undefined, make: (text: string) => T) =>
  (isText(text) ? { [name]: make(text) } : {}) as { [name in N]?: T };
