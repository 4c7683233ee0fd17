// RetrieveDocumentSetResponse (ITI TF-2 3.43.4.2), as RAD-69 answers: what became of the request, then each document by
// reference to its part.

import { Problem } from '../base/problem.ts';
import { escapeXml } from '../base/xml-escape.ts';
import { idOfReference } from './mtom.ts';
import { ns } from './namespaces.ts';
import { type RegistryError, readRegistryResponse, registryResponse, type Status } from './registry-response.ts';
import type { RequestedDocument } from './retrieve-request.ts';
import { below, type NamedElement } from './xml-names.ts';

/** `contentId`: of the part that it is. */
export type GivenDocument = Omit<RequestedDocument, 'studyInstanceUid' | 'seriesInstanceUid'> & { contentId: string };

export function retrieveResponse(documents: readonly GivenDocument[], errors: readonly RegistryError[]): string {
  const status: Status = errors.length === 0 ? 'success' : documents.length > 0 ? 'partial' : 'failure';
  const written = documents.map(
    ({ homeCommunityId, repositoryUniqueId, documentUniqueId, contentId }) =>
      `<x:DocumentResponse>${element('HomeCommunityId', homeCommunityId)}${element('RepositoryUniqueId', repositoryUniqueId)}` +
      `${element('DocumentUniqueId', documentUniqueId)}${element('mimeType', 'application/dicom')}` +
      `<x:Document><xop:Include xmlns:xop="${ns.xop}" href="cid:${escapeXml(contentId)}"/></x:Document></x:DocumentResponse>`,
  );
  const response = registryResponse(status, errors);
  return `<x:RetrieveDocumentSetResponse xmlns:x="${ns.xds}">${response}${written.join('')}</x:RetrieveDocumentSetResponse>`;
}

const element = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<x:${name}>${escapeXml(text)}</x:${name}>`;

export interface RetrieveResponse {
  status: Status;
  codes: readonly string[];
  /** Content-IDs of the parts that are documents. */
  included: readonly string[];
  /** Documents that stand in the envelope itself, in base64. */
  inline: readonly string[];
}

/** Throws Problem request/malformed. */
export function readRetrieveResponse(body: NamedElement): RetrieveResponse {
  const isOne = body.namespace === ns.xds && body.name === 'RetrieveDocumentSetResponse';
  const response = isOne ? below(body, ns.rs, 'RegistryResponse').map(readRegistryResponse)[0] : undefined;
  if (response === undefined) throw new Problem('request/malformed', { reason: 'no RetrieveDocumentSetResponse' });
  const documents = below(body, ns.xds, 'DocumentResponse').flatMap((each) => below(each, ns.xds, 'Document'));
  const included = documents.flatMap((document) => below(document, ns.xop, 'Include'));
  return {
    ...response,
    included: included.map(({ attributes }) => idOfReference(attributes.get('href') ?? '')),
    inline: documents.flatMap(({ children, text }) => (children.length === 0 && text !== '' ? [text] : [])),
  };
}
