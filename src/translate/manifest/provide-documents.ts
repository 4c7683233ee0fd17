// Documents as IHE MHD has them provided to a Document Recipient (ITI-65): a SubmissionSet, a DocumentReference of each
// with comprehensive metadata, and what it refers to. What they replace is superseded in the same transaction.

import type {
  Bundle,
  BundleEntry,
  CodeableConcept,
  DocumentReference,
  Identifier,
  ImagingStudy,
  List,
  Patient,
} from '@medplum/fhirtypes';
import { accessionIdentifier, studyIdentifier } from './identifiers.ts';
import type { Manifest } from './manifest.ts';
import { IMAGING_STUDY, titleOf } from './manifest-composition.ts';

const MHD = 'https://profiles.ihe.net/ITI/MHD';
export const mhdProfile = (name: string): string => `${MHD}/StructureDefinition/IHE.MHD.${name}`;
export const COMPREHENSIVE = mhdProfile('UnContained.Comprehensive.ProvideBundle');

/** One form of a manifest, as bytes. */
export interface ManifestDocument {
  form: 'kos' | 'fhir';
  /** Whether it is as IHE MADO has it; else as XDS-I.b has it. */
  isMado: boolean;
  /** Names the manifest of this study in this form, whatever version it is of. */
  series: Identifier;
  contentType: string;
  /** In base64. */
  data: string;
  sizeBytes: number;
  /** SHA-1 in base64. */
  hash: string;
}

export interface Submission {
  manifest: Manifest;
  study: ImagingStudy;
  patient: Patient;
  documents: readonly ManifestDocument[];
  /** Ids, at the recipient, of what earlier manifests of this study are, by form. */
  replaced: ReadonlyMap<string, readonly string[]>;
  /** What names this submission: `urn:oid:…` of it, and of who submits. */
  uniqueId: string;
  sourceId: string;
  /** BCP 47. */
  language: string;
}

export function provideDocuments(submission: Submission): Bundle {
  const { documents, patient } = submission;
  const urls = { patient: `${submission.uniqueId}.1`, list: `${submission.uniqueId}.2` };
  const named = (kind: string, form: string): string => `${submission.uniqueId}.${kind}.${form === 'kos' ? 1 : 2}`;
  const written = documents.map((document) => ({
    document,
    url: named('3', document.form),
    binary: named('4', document.form),
  }));
  const references = written.map(({ document, url, binary }) => {
    const others = written.filter((other) => other.url !== url);
    return post(
      url,
      'DocumentReference',
      documentReference(
        submission,
        document,
        binary,
        urls.patient,
        others.map((other) => other.url),
      ),
    );
  });
  return {
    resourceType: 'Bundle',
    meta: { profile: [COMPREHENSIVE] },
    type: 'transaction',
    entry: [
      post(
        urls.list,
        'List',
        submissionSet(
          submission,
          urls.patient,
          written.map(({ url }) => url),
        ),
      ),
      ...references,
      ...written.map(({ document, binary }) =>
        post(binary, 'Binary', { resourceType: 'Binary', contentType: document.contentType, data: document.data }),
      ),
      ...supersede([...submission.replaced.values()].flat()),
      patientEntry(urls.patient, patient),
    ],
  };
}

const post = (fullUrl: string, url: string, resource: BundleEntry['resource']): BundleEntry => ({
  fullUrl,
  resource: resource as never,
  request: { method: 'POST', url },
});

/** Who is known there already is left as he is. */
function patientEntry(fullUrl: string, { id: _, meta: _meta, ...patient }: Patient): BundleEntry {
  const known = patient.identifier?.find(({ system, value }) => system && value);
  const entry = post(fullUrl, 'Patient', patient as Patient);
  if (known === undefined) return entry;
  const token = encodeURIComponent(`${known.system}|${known.value}`);
  return { ...entry, request: { ...entry.request!, ifNoneExist: `identifier=${token}` } };
}

/** DocumentReferences of these ids are superseded. */
export const supersede = (ids: readonly string[]): BundleEntry[] => ids.map(superseded);

/** IHE.MHD.Patch.Parameters. */
const superseded = (id: string): BundleEntry => ({
  fullUrl: `urn:uuid:${id}`,
  resource: {
    resourceType: 'Parameters',
    parameter: [
      {
        name: 'operation',
        part: [
          { name: 'type', valueCode: 'replace' },
          { name: 'path', valueString: 'DocumentReference.status' },
          { name: 'value', valueCode: 'superseded' },
        ],
      },
    ],
  } as never,
  request: { method: 'PATCH', url: `DocumentReference/${id}` },
});

const submissionSet = (
  { manifest, study, uniqueId, sourceId }: Submission,
  patient: string,
  documents: string[],
): List => ({
  resourceType: 'List',
  meta: { profile: [mhdProfile('UnContained.Comprehensive.SubmissionSet')] },
  extension: [
    { url: `${MHD}/StructureDefinition/ihe-sourceId`, valueIdentifier: { value: sourceId } },
    { url: `${MHD}/StructureDefinition/ihe-designationType`, valueCodeableConcept: IMAGING_STUDY },
  ],
  identifier: [{ use: 'usual', type: identifierType('uniqueId'), system: 'urn:ietf:rfc:3986', value: uniqueId }],
  status: 'current',
  mode: 'working',
  title: titleOf(study),
  code: { coding: [{ system: `${MHD}/CodeSystem/MHDlistTypes`, code: 'submissionset' }] },
  subject: { reference: patient, type: 'Patient' },
  date: manifest.createdAt.toISOString(),
  entry: documents.map((reference) => ({ item: { reference } })),
});

const identifierType = (code: string): CodeableConcept => ({
  coding: [{ system: `${MHD}/CodeSystem/MHDIdentifierType`, code }],
});

const R5 = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-DocumentReference';

/** Formats of IHE RAD TF-3 4.3.1: of XDS-I.b and MADO. */
const formats = {
  kos: {
    system: 'http://dicom.nema.org/resources/ontology/DCMUID',
    code: '1.2.840.10008.5.1.4.1.1.88.59',
    display: 'Key Object Selection Document',
  },
  fhir: {
    system: 'http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode',
    code: 'urn:ihe:rad:MADO:fhir-manifest:2026',
  },
} as const;

const profiles = { kos: 'MadoDicomKosDocumentReference', fhir: 'MadoFhirDocumentReference' } as const;

function documentReference(
  { manifest, study, replaced, language }: Submission,
  { form, isMado, series, contentType, sizeBytes, hash }: ManifestDocument,
  url: string,
  patient: string,
  transforms: readonly string[],
): DocumentReference {
  const master: Identifier = {
    type: identifierType('uniqueId'),
    system: 'urn:ietf:rfc:3986',
    value: `urn:oid:${manifest.sopInstanceUid}`,
  };
  const created = manifest.createdAt.toISOString();
  const { regions, orders, studyInstanceUid } = manifest;
  const modalities = (study.modality ?? []).map((coding) => ({ coding: [coding] }));
  const sites = regions.map(({ value, meaning }) => ({
    coding: [{ system: 'http://snomed.info/sct', code: value, display: meaning }],
  }));
  const event = [...modalities, ...sites, ...(study.procedureCode ?? [])];
  const relatesTo: DocumentReference['relatesTo'] & object = [
    ...(replaced.get(form) ?? []).map((id) => ({
      code: 'replaces' as const,
      target: { reference: `DocumentReference/${id}` },
    })),
    ...transforms.map((reference) => ({ code: 'transforms' as const, target: { reference } })),
  ];
  const extension = [
    ...modalities.map((valueCodeableConcept) => ({ url: `${R5}.modality`, valueCodeableConcept })),
    ...sites.map((valueCodeableConcept) => ({
      url: `${R5}.bodySite`,
      extension: [{ url: 'concept', valueCodeableConcept }],
    })),
  ];
  return {
    resourceType: 'DocumentReference',
    meta: {
      profile: [
        mhdProfile('UnContained.Comprehensive.DocumentReference'),
        ...(isMado ? [`https://profiles.ihe.net/RAD/MADO/StructureDefinition/${profiles[form]}`] : []),
        'http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference',
      ],
    },
    ...(extension.length > 0 && { extension }),
    masterIdentifier: master,
    identifier: [master, series],
    status: 'current',
    type: IMAGING_STUDY,
    category: [IMAGING_STUDY],
    subject: { reference: patient, type: 'Patient' },
    date: created,
    author: [{ type: 'Organization', display: manifest.institution }],
    ...(relatesTo.length > 0 && { relatesTo }),
    description: titleOf(study),
    securityLabel: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'N' }] }],
    content: [
      {
        attachment: { contentType, language, url, size: sizeBytes, hash, title: titleOf(study), creation: created },
        format: formats[form],
      },
    ],
    context: {
      ...(event.length > 0 && { event }),
      period: { start: study.started ?? created },
      facilityType: {
        coding: [{ system: 'http://snomed.info/sct', code: '722171005', display: 'Diagnostic institution' }],
      },
      practiceSetting: { coding: [{ system: 'http://snomed.info/sct', code: '394914008', display: 'Radiology' }] },
      sourcePatientInfo: { reference: patient, type: 'Patient' },
      related: [
        { identifier: studyIdentifier(studyInstanceUid) },
        ...orders.map(({ accession }) => ({ identifier: accessionIdentifier(accession) })),
      ],
    },
  };
}
