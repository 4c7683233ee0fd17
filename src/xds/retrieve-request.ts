// RetrieveImagingDocumentSetRequest (IHE RAD TF-3 4.69.4.1): documents by study and series, and the transfer syntaxes in
// which they are taken.

import { Problem } from '../base/problem.ts';
import { escapeXml } from '../base/xml-escape.ts';
import { limits } from './limits.ts';
import { ns } from './namespaces.ts';
import { below, type NamedElement, textBelow } from './xml-names.ts';

export interface RequestedDocument {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  /** Retrieve Location UID (0040,E011) of the manifest. */
  repositoryUniqueId: string;
  /** SOP Instance UID. */
  documentUniqueId: string;
  /** Said where it comes through a gateway: it is said again in the answer. */
  homeCommunityId?: string;
}

export interface RetrieveRequest {
  documents: readonly RequestedDocument[];
  /** Any of them will do. */
  transferSyntaxes: readonly string[];
}

/** Throws Problem request/malformed, and request/too-large. */
export function readRetrieveRequest(body: NamedElement): RetrieveRequest {
  if (body.namespace !== ns.xdsi || body.name !== 'RetrieveImagingDocumentSetRequest') {
    throw malformed(`the body is no RetrieveImagingDocumentSetRequest`);
  }
  const studies = below(body, ns.xdsi, 'StudyRequest');
  atMost('studies', studies.length);
  const documents = studies.flatMap((study) =>
    below(study, ns.xdsi, 'SeriesRequest').flatMap((series) =>
      below(series, ns.xds, 'DocumentRequest').map((document) => requested(study, series, document)),
    ),
  );
  atMost('documents', documents.length);
  if (documents.length === 0) throw malformed('no document is asked for');
  const listed = below(body, ns.xdsi, 'TransferSyntaxUIDList').flatMap((list) =>
    below(list, ns.xdsi, 'TransferSyntaxUID'),
  );
  atMost('transferSyntaxes', listed.length);
  const transferSyntaxes = listed.map(({ text }) => uid(text, 'TransferSyntaxUID'));
  if (transferSyntaxes.length === 0) throw malformed('no transfer syntax is listed');
  return { documents, transferSyntaxes };
}

function requested(study: NamedElement, series: NamedElement, document: NamedElement): RequestedDocument {
  const homeCommunityId = textBelow(document, ns.xds, 'HomeCommunityId');
  return {
    studyInstanceUid: uid(study.attributes.get('studyInstanceUID'), 'studyInstanceUID'),
    seriesInstanceUid: uid(series.attributes.get('seriesInstanceUID'), 'seriesInstanceUID'),
    repositoryUniqueId: uid(textBelow(document, ns.xds, 'RepositoryUniqueId'), 'RepositoryUniqueId'),
    documentUniqueId: uid(textBelow(document, ns.xds, 'DocumentUniqueId'), 'DocumentUniqueId'),
    ...(homeCommunityId && { homeCommunityId: homeCommunityId.slice(0, 200) }),
  };
}

/** PS3.5 9.1, as leniently as UIDs are written. */
function uid(text: string | undefined, what: string): string {
  const trimmed = text?.trim() ?? '';
  if (!/^[0-9.]{1,64}$/.test(trimmed)) throw malformed(`${what} is no UID`);
  return trimmed;
}

function atMost(limit: 'documents' | 'studies' | 'transferSyntaxes', value: number): void {
  if (value > limits[limit]) throw new Problem('request/too-large', { what: limit, limit: limits[limit] });
}

const malformed = (reason: string): Problem => new Problem('request/malformed', { reason });

/** One that asks for documents of one series. */
export function retrieveRequest(documents: readonly RequestedDocument[], transferSyntaxes: readonly string[]): string {
  const [{ studyInstanceUid, seriesInstanceUid }] = documents as [RequestedDocument];
  const written = documents.map(
    ({ repositoryUniqueId, documentUniqueId }) =>
      `<x:DocumentRequest><x:RepositoryUniqueId>${escapeXml(repositoryUniqueId)}</x:RepositoryUniqueId>` +
      `<x:DocumentUniqueId>${escapeXml(documentUniqueId)}</x:DocumentUniqueId></x:DocumentRequest>`,
  );
  const syntaxes = transferSyntaxes.map((each) => `<i:TransferSyntaxUID>${escapeXml(each)}</i:TransferSyntaxUID>`);
  return [
    `<i:RetrieveImagingDocumentSetRequest xmlns:i="${ns.xdsi}" xmlns:x="${ns.xds}">`,
    `<i:StudyRequest studyInstanceUID="${escapeXml(studyInstanceUid)}">`,
    `<i:SeriesRequest seriesInstanceUID="${escapeXml(seriesInstanceUid)}">${written.join('')}</i:SeriesRequest>`,
    `</i:StudyRequest><i:TransferSyntaxUIDList>${syntaxes.join('')}</i:TransferSyntaxUIDList>`,
    '</i:RetrieveImagingDocumentSetRequest>',
  ].join('');
}
