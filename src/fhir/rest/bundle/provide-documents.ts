// Provide Document Bundle (IHE ITI-65): a transaction that brings documents. What is wrong with it as such is told before any
// of it is done, with the error codes of ITI TF-3 Table 4.2.4.1-2.

import { createHash } from 'node:crypto';
import type { Binary, Bundle, BundleEntry, DocumentReference, List } from '@medplum/fhirtypes';
import { InvalidResource } from '../../issue.ts';

const PROVIDE = /^https?:\/\/profiles\.ihe\.net\/ITI\/MHD\/StructureDefinition\/IHE\.MHD\.[\w.]*ProvideBundle(\|.*)?$/;

export const isProvideBundle = ({ meta }: Bundle): boolean => meta?.profile?.some((url) => PROVIDE.test(url)) ?? false;

/** Throws InvalidResource. */
export function requireDocuments({ type, entry = [] }: Bundle): void {
  if (type !== 'transaction') throw refused('XDSRepositoryMetadataError', 'it is no transaction', 'Bundle.type');
  const submissions = entry.filter(isSubmissionSet);
  if (submissions.length !== 1) {
    throw refused('XDSRepositoryMetadataError', 'it has not one SubmissionSet', 'Bundle.entry');
  }
  const byUrl = new Map(entry.map((each) => [each.fullUrl, each]));
  for (const [at, { resource, request }] of entry.entries()) {
    if (resource?.resourceType !== 'DocumentReference' || request?.method !== 'POST') continue;
    requireDocument(resource as DocumentReference, byUrl, `Bundle.entry[${at}].resource`);
  }
}

/** mhd: code of MHDlistTypes. */
const isSubmissionSet = ({ resource }: BundleEntry): boolean =>
  resource?.resourceType === 'List' &&
  ((resource as List).code?.coding ?? []).some(({ code }) => code === 'submissionset');

function requireDocument(
  { masterIdentifier, content = [] }: DocumentReference,
  byUrl: ReadonlyMap<string | undefined, BundleEntry>,
  at: string,
): void {
  const [attachment] = content.map((each) => each.attachment);
  if (masterIdentifier?.value === undefined || content.length !== 1 || attachment?.url === undefined) {
    throw refused('XDSRepositoryMetadataError', 'a document has one content with a url, and a masterIdentifier', at);
  }
  const document = byUrl.get(attachment.url)?.resource;
  const url = `${at}.content[0].attachment.url`;
  if (document?.resourceType !== 'Binary' && document?.resourceType !== 'Bundle') {
    throw refused('XDSMissingDocument', 'what it refers to does not come with it', url);
  }
  // A Bundle has as many forms as there are ways to write it.
  if (document.resourceType === 'Bundle') return;
  const bytes = Buffer.from((document as Binary).data ?? '', 'base64');
  const { size, hash } = attachment;
  const isOther =
    (size !== undefined && size !== bytes.length) ||
    (hash !== undefined && hash !== createHash('sha1').update(bytes).digest('base64'));
  if (isOther) throw refused('XDSNonIdenticalHash', 'the document is not the one of this size and hash', url);
}

const refused = (code: string, diagnostics: string, expression: string): InvalidResource =>
  new InvalidResource([
    { severity: 'error', code: 'business-rule', diagnostics: `${code}: ${diagnostics}`, expression },
  ]);
