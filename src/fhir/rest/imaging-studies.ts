// ImagingStudy, read and searched for (R4 http.html#read, #search). It is made of what the catalogue holds, so nobody writes
// it; and the Endpoints that it names, by which its images are had.

import { parseMediaTypes } from '../../base/http/media-type.ts';
import { onlyValueOf, type QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { isOfForm } from '../primitive.ts';
import { subset } from '../subset.ts';
import { type Answer, type Exchange, etagOf } from './exchange.ts';
import { imagingStudyRequest } from './imaging-study-request.ts';
import { answerFormat, notAcceptable } from './negotiate.ts';
import { searchBundle } from './search-bundle.ts';

export const searchImagingStudies = (exchange: Exchange): Promise<Answer> => search(exchange, exchange.query);

/** R4 http.html#search: the parameters of the URL count too. */
export async function searchImagingStudiesByForm(exchange: Exchange): Promise<Answer> {
  return search(exchange, [...exchange.query, ...(await exchange.form())]);
}

async function search({ handlers, request, headers }: Exchange, given: readonly QueryParameter[]): Promise<Answer> {
  const { query, summary, elements, ...asked } = imagingStudyRequest(given, headers.prefer as string | undefined);
  const { studies, ...found } = await handlers.imagingStudies.search(request, query);
  const matches = studies.map((study) => subset(study, summary, elements));
  const { baseUrl } = request;
  const page = { baseUrl, type: 'ImagingStudy', matches, ...found, cursor: query.cursor };
  return { status: 200, resource: searchBundle({ ...page, ...asked }) };
}

export async function readImagingStudy({ handlers, request, path, query, headers }: Exchange): Promise<Answer> {
  if (!isOfForm('id', path.id!)) throw new Problem('catalogue/not-found', { what: 'ImagingStudy' });
  const asked = imagingStudyRequest(query, headers.prefer as string | undefined);
  const study = await handlers.imagingStudies.read(request, path.id!, asked.query.detail);
  const validators = etagOf(study);
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim());
  if (validators.ETag !== undefined && known?.includes(validators.ETag)) return { status: 304, headers: validators };
  return { status: 200, headers: validators, resource: subset(study, asked.summary, asked.elements) };
}

/**
 * IHE MADO: as a Key Object Selection Document where DICOM is asked for, else as a FHIR document; `profile=xds-i`: the
 * document as IHE XDS-I.b has it, which describes nothing of what it lists.
 */
export async function readManifest({ handlers, request, path, query, headers }: Exchange): Promise<Answer> {
  if (!isOfForm('id', path.id!)) throw new Problem('catalogue/not-found', { what: 'ImagingStudy' });
  const profile = onlyValueOf(query, 'profile') ?? 'mado';
  if (profile !== 'mado' && profile !== 'xds-i') {
    throw new Problem('request/malformed', { reason: 'a manifest is of profile mado or xds-i' });
  }
  const isDicom = parseMediaTypes(headers.accept ?? '').some(({ type }) => type === 'application/dicom');
  const form = profile === 'xds-i' || isDicom ? profile : 'fhir';
  if (form === 'fhir' && answerFormat(headers.accept, query) === undefined) throw notAcceptable();
  const manifest = await handlers.imagingStudies.manifest(request, path.id!, form);
  return { status: 200, ...('resourceType' in manifest ? { resource: manifest } : { content: manifest }) };
}

export async function readWadoEndpoint({ handlers, request }: Exchange): Promise<Answer> {
  const endpoint = await handlers.imagingStudies.endpoint(request);
  return { status: 200, headers: etagOf(endpoint), resource: endpoint };
}
