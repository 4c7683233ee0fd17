// A manifest as an Imaging Document Source submits it to an XDS affinity domain (IHE RAD TF-3 4.68.4.1.2, ITI TF-3 4.2.3): a
// SubmissionSet, a DocumentEntry that classifies the study, and in whose place it stands.

import type { ImagingStudy } from '@medplum/fhirtypes';
import { escapeXml } from '../../base/xml-escape.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { Code } from '../../dicom/key-object-selection.ts';
import { association, Classifier, localized, slot, type XdsCode } from './ebxml.ts';
import type { Manifest, NumberOfIssuer } from './manifest.ts';
import { titleOf } from './manifest-composition.ts';

/** What an affinity domain says of documents of this kind. */
export interface XdsCodes {
  class: XdsCode;
  /** Absent: the procedure of the study, else the class. */
  type?: XdsCode;
  confidentiality: XdsCode;
  facilityType: XdsCode;
  practiceSetting: XdsCode;
  /** Of the submission set; absent: the class. */
  contentType?: XdsCode;
}

const SNOMED = '2.16.840.1.113883.6.96';

export const usualCodes: XdsCodes = {
  class: { code: '18748-4', scheme: '2.16.840.1.113883.6.1', display: 'Diagnostic imaging study' },
  confidentiality: { code: 'N', scheme: '2.16.840.1.113883.5.25', display: 'normal' },
  facilityType: { code: '722171005', scheme: SNOMED, display: 'Diagnostic institution' },
  practiceSetting: { code: '394914008', scheme: SNOMED, display: 'Radiology' },
};

export interface XdsSubmission {
  manifest: Manifest;
  study: ImagingStudy;
  /** entryUUID of the document: `urn:uuid:…`. */
  entryUuid: string;
  /** UID of this submission, and of who submits. */
  uniqueId: string;
  sourceId: string;
  /** In the affinity domain. */
  patientId: NumberOfIssuer;
  /** Where the images are of. */
  sourcePatientId?: NumberOfIssuer;
  /** entryUUID of the document in whose place it stands. */
  replaces?: string;
  codes: XdsCodes;
  /** BCP 47. */
  language: string;
  sizeBytes: number;
  /** SHA-1 in hexadecimal. */
  hash: string;
  at: Date;
}

/** Attributes of document entries and submission sets: ITI TF-3 Tables 4.2.5.1-1 and 4.2.5.2-1. */
const entry = {
  author: 'urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d',
  class: 'urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a',
  confidentiality: 'urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f',
  event: 'urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4',
  facilityType: 'urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1',
  format: 'urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d',
  patientId: 'urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427',
  practiceSetting: 'urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead',
  stable: 'urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1',
  type: 'urn:uuid:f0306f51-975f-434e-a61c-c59651d33983',
  uniqueId: 'urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab',
} as const;
const set = {
  author: 'urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d',
  contentType: 'urn:uuid:aa543740-bdda-424e-8c96-df4873be8500',
  node: 'urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd',
  patientId: 'urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446',
  sourceId: 'urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832',
  uniqueId: 'urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8',
} as const;

/** RAD TF-3 4.68.4.1.2.3.2: of DICOM UIDs. */
const keyObjects: XdsCode = {
  code: '1.2.840.10008.5.1.4.1.1.88.59',
  scheme: '1.2.840.10008.2.6.1',
  display: 'Key Object Selection Document',
};

const SET = 'submissionSet';

/** lcm:SubmitObjectsRequest as XML that declares what it uses. */
export function submitObjects(submission: XdsSubmission): string {
  const { entryUuid, replaces } = submission;
  const member = association(
    'hasMember',
    'urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember',
    [SET, entryUuid],
    slot('SubmissionSetStatus', 'Original'),
  );
  const inPlaceOf =
    replaces === undefined
      ? ''
      : association('replaces', 'urn:ihe:iti:2007:AssociationType:RPLC', [entryUuid, replaces]);
  return [
    '<lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"',
    ' xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><rim:RegistryObjectList>',
    documentEntry(submission),
    submissionSet(submission),
    `<rim:Classification id="isSubmissionSet" classifiedObject="${SET}" classificationNode="${set.node}"/>`,
    member,
    inPlaceOf,
    '</rim:RegistryObjectList></lcm:SubmitObjectsRequest>',
  ].join('');
}

function documentEntry(submission: XdsSubmission): string {
  const { manifest, study, entryUuid, codes, language, sizeBytes, hash, patientId, sourcePatientId } = submission;
  const of = new Classifier(entryUuid, 'd');
  const [procedure] = manifest.procedures.map(codeOf);
  const type = codes.type ?? procedure ?? codes.class;
  const events = [...modalitiesOf(study), ...manifest.regions.map(codeOf), ...manifest.procedures.map(codeOf)];
  return [
    `<rim:ExtrinsicObject id="${escapeXml(entryUuid)}" mimeType="application/dicom" objectType="${entry.stable}">`,
    slot('creationTime', dtm(manifest.createdAt)),
    slot('languageCode', language),
    slot('serviceStartTime', study.started && dtm(new Date(study.started))),
    slot('size', String(sizeBytes)),
    slot('hash', hash),
    slot('sourcePatientId', sourcePatientId && oidOf(sourcePatientId) && cx(sourcePatientId)),
    slot('sourcePatientInfo', ...patientInfo(manifest.patientAndStudy, sourcePatientId)),
    slot('urn:ihe:iti:xds:2013:referenceIdList', ...references(manifest)),
    localized('Name', titleOf(study)),
    of.author(entry.author, xon(manifest.institution)),
    of.coded(entry.class, codes.class),
    of.coded(entry.confidentiality, codes.confidentiality),
    ...events.map((event) => of.coded(entry.event, event)),
    of.coded(entry.format, keyObjects),
    of.coded(entry.facilityType, codes.facilityType),
    of.coded(entry.practiceSetting, codes.practiceSetting),
    of.coded(entry.type, type),
    of.identifier(entry.patientId, 'XDSDocumentEntry.patientId', cx(patientId)),
    of.identifier(entry.uniqueId, 'XDSDocumentEntry.uniqueId', manifest.sopInstanceUid),
    '</rim:ExtrinsicObject>',
  ].join('');
}

function submissionSet({ manifest, study, uniqueId, sourceId, patientId, codes, at }: XdsSubmission): string {
  const of = new Classifier(SET, 's');
  return [
    `<rim:RegistryPackage id="${SET}" objectType="urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:RegistryPackage">`,
    slot('submissionTime', dtm(at)),
    localized('Name', titleOf(study)),
    of.author(set.author, xon(manifest.institution)),
    of.coded(set.contentType, codes.contentType ?? codes.class),
    of.identifier(set.uniqueId, 'XDSSubmissionSet.uniqueId', uniqueId),
    of.identifier(set.sourceId, 'XDSSubmissionSet.sourceId', sourceId),
    of.identifier(set.patientId, 'XDSSubmissionSet.patientId', cx(patientId)),
    '</rim:RegistryPackage>',
  ].join('');
}

/** ITI TF-3 Table 4.2.3.1.7-2: UTC to the second. */
const dtm = (at: Date): string => at.toISOString().slice(0, 19).replace(/[-:T]/g, '');

/** Within a field of HL7 v2 these would end it: 2.7. */
const field = (text: string): string =>
  text.replace(/[\\|^&~]/g, (c) => ({ '\\': '\\E\\', '|': '\\F\\', '^': '\\S\\', '&': '\\T\\', '~': '\\R\\' })[c]!);

/** ITI TF-3 Table 4.2.3.1.7-2: an assigning authority is an OID there, or is not said. */
function cx({ number, ...issuer }: NumberOfIssuer): string {
  const oid = oidOf(issuer);
  return oid === undefined ? field(number) : `${field(number)}^^^&${oid}&ISO`;
}

/** A UUID has an OID (ITU-T X.667 7); a URI has none. */
export function oidOf({ universalId, universalIdType }: Omit<NumberOfIssuer, 'number'>): string | undefined {
  if (universalIdType === 'ISO') return /^[0-9.]{1,128}$/.test(universalId) ? universalId : undefined;
  const isUuid = universalIdType === 'UUID' && /^[0-9a-f-]{36}$/i.test(universalId);
  return isUuid ? `2.25.${BigInt(`0x${universalId.replaceAll('-', '')}`)}` : undefined;
}

const xon = (institution: string): string => field(institution);

/** RAD TF-3 4.68: accession and placer numbers with whoever gave them, and the study. CXi: ITI TF-3 4.2.3.1.7. */
function references({ orders, studyInstanceUid }: Manifest): string[] {
  const cxi = (number: NumberOfIssuer, kind: string): string => {
    const written = cx(number);
    return `${written}${written.includes('^') ? '^' : '^^^^'}${kind}`;
  };
  return [
    ...orders.flatMap(({ accession, placer }) => [
      cxi(accession, 'urn:ihe:iti:xds:2013:accession'),
      ...(placer ? [cxi(placer, 'urn:ihe:iti:xds:2013:order')] : []),
    ]),
    `${studyInstanceUid}^^^^urn:ihe:iti:xds:2016:studyInstanceUID`,
  ];
}

/** PID-3, PID-5, PID-7 and PID-8, as the source has them. */
function patientInfo(patient: DataSet, number: NumberOfIssuer | undefined): string[] {
  const name = patient.text('PatientName')?.split('=')[0];
  const said: [string, string | undefined][] = [
    ['PID-3', number && cx(number)],
    ['PID-5', name?.split('^').map(field).join('^')],
    ['PID-7', patient.text('PatientBirthDate')],
    ['PID-8', patient.text('PatientSex')],
  ];
  return said.flatMap(([name, value]) => (value ? [`${name}|${value}`] : []));
}

/** OIDs of code systems by the names that DICOM has for them: PS3.16 Table 8-1. */
const codeSystems: Readonly<Record<string, string>> = {
  DCM: '1.2.840.10008.2.16.4',
  SCT: SNOMED,
  SRT: '2.16.840.1.113883.6.5',
  LN: '2.16.840.1.113883.6.1',
  RADLEX: '2.16.840.1.113883.6.256',
  UMLS: '2.16.840.1.113883.6.86',
};

const codeOf = ({ value, scheme, meaning }: Code): XdsCode => ({
  code: value,
  scheme: codeSystems[scheme] ?? scheme,
  display: meaning,
});

const modalitiesOf = ({ modality }: ImagingStudy): XdsCode[] =>
  (modality ?? []).flatMap(({ code, display = code }) =>
    code ? [{ code, scheme: codeSystems.DCM!, display: display! }] : [],
  );
