// A manifest as a FHIR document: IHE MADO (RAD TF-3 6.X.3). A Composition that people can read, the ImagingStudy with
// everything that is listed, its Patient, the Endpoint each series is retrieved from, and who wrote it.

import type {
  Bundle,
  BundleEntry,
  CodeableConcept,
  Composition,
  Device,
  Endpoint,
  Identifier,
  ImagingStudy,
  ImagingStudySeries,
  Organization,
  Patient,
  Resource,
  ServiceRequest,
} from '@medplum/fhirtypes';
import type { Code } from '../../dicom/key-object-selection.ts';
import { codingOf } from '../coding.ts';
import { accessionIdentifier, issuerSystem, studyIdentifier } from './identifiers.ts';
import type { Manifest, ManifestOrder, ManifestSeries, RetrieveFrom } from './manifest.ts';
import { compositionOf } from './manifest-composition.ts';

const MADO = 'https://profiles.ihe.net/RAD/MADO';
const profile = (name: string): string => `${MADO}/StructureDefinition/${name}`;

export const MADO_BUNDLE = profile('MadoFhirBundle');
export const RETRIEVE_LOCATION = profile('MadoRetrieveLocationUIDExtension');

export interface ManifestParts {
  manifest: Manifest;
  /** As it is served, with its instances. */
  study: ImagingStudy;
  /** As is served of the person. */
  patient: Patient;
}

export function bundleOfManifest({ manifest, study, patient }: ManifestParts): Bundle {
  // What is written for the document alone is named by its place in it.
  const named = (at: number): string => `urn:oid:${manifest.sopInstanceUid}.${at}`;
  const fullUrls = { patient: named(1), study: named(2), device: named(3), organization: named(4) };
  const endpoints = endpointsOf(manifest, (at) => named(100 + at));
  const orders = manifest.orders.map((order, at) => ({ fullUrl: named(10 + at), order }));
  const told: ImagingStudy = {
    ...studyOf(manifest, study, (from) => endpoints.get(keyOf(from))!.fullUrl),
    subject: { reference: fullUrls.patient, type: 'Patient' },
  };
  const composition: Composition = compositionOf(manifest, told, fullUrls);
  const entry: BundleEntry[] = [
    { fullUrl: named(0), resource: composition },
    { fullUrl: fullUrls.study, resource: told },
    { fullUrl: fullUrls.patient, resource: { ...withoutId(patient), meta: { profile: [profile('MadoPatient')] } } },
    { fullUrl: fullUrls.device, resource: deviceOf(manifest, fullUrls.organization) },
    { fullUrl: fullUrls.organization, resource: organizationOf(manifest) },
    ...[...endpoints.values()],
    ...orders.map(({ fullUrl, order }) => ({ fullUrl, resource: requestOf(order, fullUrls.patient) })),
  ];
  return {
    resourceType: 'Bundle',
    meta: { profile: [MADO_BUNDLE] },
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:oid:${manifest.sopInstanceUid}` },
    type: 'document',
    timestamp: manifest.createdAt.toISOString(),
    entry,
  };
}

function studyOf(
  { studyInstanceUid, orders, regions, series }: Manifest,
  { id: _, meta: _meta, endpoint: _endpoint, basedOn: _basedOn, procedureCode, ...study }: ImagingStudy,
  endpointOf: (from: RetrieveFrom) => string,
): ImagingStudy {
  const bySeries = new Map(series.map((each) => [each.seriesInstanceUid, each]));
  const [order] = orders;
  const others = (study.identifier ?? []).filter(({ system }) => system !== 'urn:dicom:uid');
  const procedures = procedureCode ?? (study.description ? [{ text: study.description }] : undefined);
  return {
    ...study,
    meta: { profile: [profile('MadoImagingStudy')] },
    ...(regions.length > 0 && {
      extension: regions.map((region) => extension('MadoAnatomicalRegionExtension', region)),
    }),
    identifier: [studyIdentifier(studyInstanceUid), ...others],
    ...(order && { basedOn: [{ type: 'ServiceRequest', identifier: accessionIdentifier(order.accession) }] }),
    ...(procedures && { procedureCode: procedures.map(readable) }),
    series: (study.series ?? []).flatMap((each) => {
      const listed = bySeries.get(each.uid!);
      return listed === undefined ? [] : [seriesOf(each, listed, endpointOf)];
    }),
  };
}

/** Invariant mado-reqproc-1: whoever reads it can be shown it. */
const readable = (concept: CodeableConcept): CodeableConcept =>
  concept.text || concept.coding?.some(({ display }) => display)
    ? concept
    : { ...concept, text: concept.coding?.[0]?.code ?? '' };

function seriesOf(
  series: ImagingStudySeries,
  { from, instances }: ManifestSeries,
  endpointOf: (from: RetrieveFrom) => string,
): ImagingStudySeries {
  return {
    ...series,
    numberOfInstances: instances.length,
    endpoint: [{ reference: endpointOf(from), type: 'Endpoint' }],
    instance: instances.map(({ sopInstanceUid, sopClassUid, number, frames, title, description }) => {
      const extensions = [
        ...(frames === undefined ? [] : [{ url: profile('MadoNumberOfFrames'), valueInteger: frames }]),
        ...(title ? [extension('MadoKeyObjectDocumentTitle', title)] : []),
      ];
      const known = series.instance?.find(({ uid }) => uid === sopInstanceUid);
      const called = description ?? known?.title;
      return {
        ...(extensions.length > 0 && { extension: extensions }),
        uid: sopInstanceUid,
        sopClass: { system: 'urn:ietf:rfc:3986', code: `urn:oid:${sopClassUid}` },
        ...(number !== undefined && number >= 0 && { number }),
        ...(called && { title: called }),
      };
    }),
  };
}

const extension = (name: string, { value, scheme, meaning }: Code) => ({
  url: profile(name),
  valueCodeableConcept: { coding: [codingOf(value, scheme, meaning)] },
});

const keyOf = (from: RetrieveFrom): string => JSON.stringify([from.url, from.locationUid]);

/** One for each place that series are retrieved from. */
function endpointsOf(
  { series }: Manifest,
  urlOf: (at: number) => string,
): Map<string, { fullUrl: string; resource: Endpoint }> {
  const places = new Map(series.map(({ from }) => [keyOf(from), from]));
  return new Map(
    [...places].map(([key, from], at) => [key, { fullUrl: urlOf(at), resource: endpointOf(from) }] as const),
  );
}

/** `none` is what R4 has for a payload that no code names. */
const endpointOf = ({ url, locationUid }: RetrieveFrom): Endpoint => ({
  resourceType: 'Endpoint',
  meta: { profile: [profile('MadoWadoEndpoint')] },
  ...(locationUid && { extension: [{ url: RETRIEVE_LOCATION, valueString: locationUid }] }),
  status: 'active',
  connectionType: {
    system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type',
    code: 'dicom-wado-rs',
    display: 'DICOM WADO-RS',
  },
  payloadType: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/endpoint-payload-type', code: 'none' }],
      text: 'DICOM WADO-RS',
    },
  ],
  payloadMimeType: ['application/dicom'],
  address: url ?? 'http://notspecified',
  ...(url === undefined && {
    _address: {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
    },
  }),
});

const deviceOf = ({ manufacturer }: Manifest, owner: string): Device => ({
  resourceType: 'Device',
  meta: { profile: [profile('MadoCreator')] },
  type: { coding: [{ system: `${MADO}/CodeSystem/MadoDeviceType`, code: 'mado-creator', display: 'MADO Creator' }] },
  manufacturer,
  owner: { reference: owner, type: 'Organization' },
});

const organizationOf = ({ institution }: Manifest): Organization => ({
  resourceType: 'Organization',
  meta: { profile: [profile('MadoCreatorOrganization')] },
  name: institution,
});

const requestOf = ({ accession, placer }: ManifestOrder, patient: string): ServiceRequest => {
  const placerIdentifier: Identifier | undefined = placer && {
    type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PLAC' }] },
    system: issuerSystem(placer),
    value: placer.number,
  };
  return {
    resourceType: 'ServiceRequest',
    meta: { profile: [profile('MadoRequestedProcedure')] },
    identifier: [accessionIdentifier(accession), ...(placerIdentifier ? [placerIdentifier] : [])],
    status: 'completed',
    intent: 'order',
    subject: { reference: patient, type: 'Patient' },
  };
};

const withoutId = <T extends Resource>({
  id: _,
  ...resource
}: T): Omit<T, 'id'> & { resourceType: T['resourceType'] } => resource as never;
