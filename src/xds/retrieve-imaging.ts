// Retrieve Imaging Document Set, as Imaging Document Source (IHE RAD TF-3 4.69): images that a manifest lists, by their SOP
// Instance UIDs, as files beside the answer. What cannot be had is told for each document; the others come.

import type { WebRequest } from '../base/http/web-request.ts';
import { asProblem } from '../base/problem.ts';
import type { RetrievableInstance } from '../dicomweb/handlers.ts';
import type { OutgoingPart } from '../dicomweb/multipart/writer.ts';
import { part10, servedSyntax } from '../dicomweb/wado/part10.ts';
import type { XdsHandlers } from './handlers.ts';
import { actions } from './namespaces.ts';
import type { RegistryError } from './registry-response.ts';
import { type RequestedDocument, readRetrieveRequest } from './retrieve-request.ts';
import { retrieveResponse } from './retrieve-response.ts';
import type { NamedElement } from './xml-names.ts';

/** What an action gives: the body of the answer, and the documents beside it. */
export interface Done {
  action: string;
  body: string;
  documents(): Iterable<OutgoingPart>;
}

interface Given {
  document: RequestedDocument;
  instance: RetrievableInstance;
  transferSyntaxUid: string;
  contentId: string;
}

/** Rejects with request/malformed, request/too-large, and what `documents` of the handlers rejects with. */
export async function retrieveImaging(handlers: XdsHandlers, request: WebRequest, asked: NamedElement): Promise<Done> {
  const { documents, transferSyntaxes } = readRetrieveRequest(asked);
  const errors: RegistryError[] = [];
  const given: Given[] = [];
  const ours = documents.filter(({ repositoryUniqueId, documentUniqueId }) => {
    if (handlers.isOurs(request, repositoryUniqueId)) return true;
    errors.push(errorOf('XDSUnknownRepositoryId', 'no images are retrieved from here under this id', documentUniqueId));
    return false;
  });
  for (const [studyInstanceUid, ofStudy] of Map.groupBy(ours, (document) => document.studyInstanceUid)) {
    const wanted = new Map(ofStudy.map((document) => [document.documentUniqueId, document]));
    for (const instance of await shown(handlers, request, studyInstanceUid, [...wanted.keys()])) {
      const { sopInstanceUid, seriesInstanceUid } = await instance.details();
      const document = wanted.get(sopInstanceUid);
      if (document?.seriesInstanceUid !== seriesInstanceUid) continue;
      wanted.delete(sopInstanceUid);
      const transferSyntaxUid = servedSyntax(instance, transferSyntaxes);
      if (transferSyntaxUid === undefined) errors.push(notInSyntax(sopInstanceUid));
      else given.push({ document, instance, transferSyntaxUid, contentId: `${given.length}.${sopInstanceUid}@fascia` });
    }
    for (const uid of wanted.keys()) errors.push(errorOf('XDSDocumentUniqueIdError', 'there is no such document', uid));
  }
  return {
    action: actions.retrieved,
    body: retrieveResponse(
      given.map(({ document, contentId }) => ({ ...document, contentId })),
      errors,
    ),
    *documents() {
      for (const { instance, transferSyntaxUid, contentId } of given) {
        // Of many, one that turns out not to be had so is no reason to break off.
        const file = part10(instance, transferSyntaxUid, { orStored: true });
        yield { contentType: 'application/dicom', id: contentId, ...file };
      }
    },
  };
}

/** What is not there, and what is hidden, is not told apart. */
async function shown(
  handlers: XdsHandlers,
  request: WebRequest,
  studyInstanceUid: string,
  uids: readonly string[],
): Promise<Iterable<RetrievableInstance>> {
  try {
    return await handlers.documents(request, studyInstanceUid, uids);
  } catch (thrown) {
    const { code } = asProblem(thrown);
    if (code === 'catalogue/not-found' || code === 'catalogue/hidden') return [];
    throw thrown;
  }
}

const errorOf = (code: string, context: string, location: string): RegistryError => ({ code, context, location });

/** PS3.18 (2011 to 2017) Table 6.4.4-1, whose WADO-WS this transaction is: ITI has no code for it. */
const notInSyntax = (uid: string): RegistryError =>
  errorOf('urn:dicom:wado:0007', 'it cannot be provided in a transfer syntax that was listed', uid);
