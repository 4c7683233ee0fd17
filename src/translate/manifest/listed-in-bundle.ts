// What a manifest that somebody else wrote as a FHIR document lists (IHE MADO; also HL7 Europe's, and any Bundle that has an
// ImagingStudy with instances and the Endpoints that it names): by series, with where each is retrieved from.

import type {
  Bundle,
  Endpoint,
  Extension,
  ImagingStudy,
  ImagingStudySeries,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { RETRIEVE_LOCATION } from './bundle-of-manifest.ts';
import type { ListedSeries, ListedStudy, RetrieveFrom } from './manifest.ts';

/** Of Endpoint.connectionType: what we can retrieve by. */
const WADO_RS = 'dicom-wado-rs';

/** Empty for a Bundle that is no manifest. */
export function listedInBundle(bundle: Bundle): ListedStudy[] {
  const resources = new Map((bundle.entry ?? []).flatMap(({ fullUrl, resource }) => namesOf(fullUrl, resource)));
  return (bundle.entry ?? []).flatMap(({ resource }): ListedStudy[] => {
    if (resource?.resourceType !== 'ImagingStudy') return [];
    const study = resource as ImagingStudy;
    const studyInstanceUid = oidOf(study.identifier?.find(({ system }) => system === 'urn:dicom:uid')?.value);
    const contained = new Map((study.contained ?? []).map((each) => [`#${each.id}`, each as Resource]));
    const find = ({ reference = '' }: Reference): Resource | undefined =>
      contained.get(reference) ?? resources.get(reference);
    const series = (study.series ?? []).flatMap((each) => seriesOf(each, study, find));
    return studyInstanceUid === undefined || series.length === 0 ? [] : [{ studyInstanceUid, series }];
  });
}

/** A reference is to a fullUrl, or to the end of one. */
function namesOf(fullUrl: string | undefined, resource: Resource | undefined): [string, Resource][] {
  if (resource === undefined) return [];
  const names = [fullUrl, resource.id && `${resource.resourceType}/${resource.id}`];
  return names.flatMap((name): [string, Resource][] => (name ? [[name, resource]] : []));
}

function seriesOf(
  { uid, endpoint, instance = [] }: ImagingStudySeries,
  study: ImagingStudy,
  find: (reference: Reference) => Resource | undefined,
): ListedSeries[] {
  const instances = instance.flatMap(({ uid: sopInstanceUid, sopClass }) =>
    sopInstanceUid === undefined ? [] : [{ sopInstanceUid, sopClassUid: oidOf(sopClass?.code) ?? '' }],
  );
  if (uid === undefined || instances.length === 0) return [];
  const endpoints = (endpoint ?? study.endpoint ?? []).flatMap((reference) => {
    const found = find(reference);
    return found?.resourceType === 'Endpoint' ? [found as Endpoint] : [];
  });
  const wado = endpoints.find(({ connectionType }) => connectionType?.code === WADO_RS);
  return [{ seriesInstanceUid: uid, from: wado === undefined ? {} : retrieveFrom(wado), instances }];
}

/** An address that is a placeholder says so. */
function retrieveFrom({ address, extension = [], ...endpoint }: Endpoint): RetrieveFrom {
  const location = extension.find(({ url }) => url === RETRIEVE_LOCATION)?.valueString;
  const ofAddress: Extension[] = (endpoint as { _address?: { extension?: Extension[] } })._address?.extension ?? [];
  const isAbsent = ofAddress.some(({ url }) => url?.endsWith('/data-absent-reason'));
  return {
    ...(address && !isAbsent && { url: address }),
    ...(location && { locationUid: oidOf(location)! }),
  };
}

const oidOf = (text: string | undefined): string | undefined => text?.replace(/^urn:oid:/, '') || undefined;
