// The Composition of a manifest: what a system that knows nothing of manifests shows people. IHE MADO, MadoComposition.

import type { CodeableConcept, Composition, ImagingStudy, Narrative } from '@medplum/fhirtypes';
import { escapeXml } from '../../base/xml-escape.ts';
import type { Manifest } from './manifest.ts';

/** LOINC: what kind of document a manifest is. */
export const IMAGING_STUDY: CodeableConcept = {
  coding: [{ system: 'http://loinc.org', code: '18748-4', display: 'Diagnostic imaging study' }],
};

export interface FullUrls {
  patient: string;
  study: string;
  device: string;
  organization: string;
}

export function compositionOf(manifest: Manifest, study: ImagingStudy, urls: FullUrls): Composition {
  const { sopInstanceUid, createdAt } = manifest;
  const title = titleOf(study);
  return {
    resourceType: 'Composition',
    meta: { profile: ['https://profiles.ihe.net/RAD/MADO/StructureDefinition/MadoComposition'] },
    text: narrative([`<h1>${escapeXml(title)}</h1>`, tableOf(rowsOf(manifest, study))]),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:oid:${sopInstanceUid}` },
    status: 'final',
    type: IMAGING_STUDY,
    category: [IMAGING_STUDY],
    subject: { reference: urls.patient, type: 'Patient' },
    date: createdAt.toISOString(),
    author: [
      { reference: urls.device, type: 'Device' },
      { reference: urls.organization, type: 'Organization' },
    ],
    title,
    event: [{ detail: [{ reference: urls.study, type: 'ImagingStudy' }] }],
    section: (study.series ?? []).map((series) => ({
      title: series.description ?? series.modality?.code ?? 'Series',
      text: narrative([
        tableOf([
          ['Modality', series.modality?.code],
          ['Series Instance UID', series.uid],
          ['Instances', String(series.numberOfInstances ?? 0)],
        ]),
      ]),
    })),
  };
}

export const titleOf = ({ description, modality }: ImagingStudy): string =>
  description ?? [...(modality ?? []).map(({ code }) => code), 'imaging study'].join(' ');

type Row = [name: string, value: string | undefined];

const rowsOf = ({ studyInstanceUid, institution, orders }: Manifest, study: ImagingStudy): Row[] => [
  ['Study Instance UID', studyInstanceUid],
  ['Study start', study.started],
  ['Modalities', study.modality?.map(({ code }) => code).join(', ')],
  ...orders.map(({ accession }): Row => ['Accession number', accession.number]),
  ['Number of series', String(study.numberOfSeries ?? 0)],
  ['Author', institution],
];

const tableOf = (rows: readonly Row[]): string => {
  const written = rows
    .filter(([, value]) => value)
    .map(([name, value]) => `<tr><td>${escapeXml(name)}</td><td>${escapeXml(value!)}</td></tr>`);
  return `<table><tbody>${written.join('')}</tbody></table>`;
};

const narrative = (parts: readonly string[]): Narrative => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${parts.join('')}</div>`,
});
