// POST to the root: a batch, each of whose entries counts by itself, or a transaction, whose entries count together or not at
// all (R4 http.html#transaction); or a document, which is a report.

import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { asProblem } from '../../../base/problem.ts';
import { InvalidResource } from '../../issue.ts';
import { type Answer, type Exchange, etagOf } from '../exchange.ts';
import { answerEntry, entryRequest } from './entry.ts';
import { isProvideBundle, requireDocuments } from './provide-documents.ts';
import { refusedEntry, responseEntry } from './response-entry.ts';
import { transaction } from './transaction.ts';

export async function batchOrTransaction(exchange: Exchange): Promise<Answer> {
  const bundle = (await exchange.resource()) as Bundle;
  if (bundle.resourceType !== 'Bundle') throw wrong('structure', 'the body is no Bundle', 'Bundle');
  if (bundle.type === 'batch') return answerOf('batch-response', await batch(exchange, bundle));
  if (isProvideBundle(bundle)) requireDocuments(bundle);
  if (bundle.type === 'transaction') return answerOf('transaction-response', await transaction(exchange, bundle));
  if (bundle.type === 'document') return takeDocument(exchange, bundle);
  throw wrong('value', 'a Bundle of this type is kept at Bundle, and not processed', 'Bundle.type');
}

/** R4 documents.html: the report that it is, beside the Bundle as it came. */
async function takeDocument({ handlers, request }: Exchange, bundle: Bundle): Promise<Answer> {
  const { resource, outcome } = await handlers.reports.take(request, bundle);
  const { baseUrl } = request;
  const Location = `${baseUrl}/${resource.resourceType}/${resource.id}/_history/${resource.meta!.versionId}`;
  return { status: outcome === 'created' ? 201 : 200, headers: { ...etagOf(resource), Location }, resource };
}

async function batch(exchange: Exchange, { entry = [] }: Bundle): Promise<BundleEntry[]> {
  const answers: BundleEntry[] = [];
  for (const [at, each] of entry.entries()) answers.push(await answerAlone(exchange, each, at));
  return answers;
}

async function answerAlone(exchange: Exchange, entry: BundleEntry, at: number): Promise<BundleEntry> {
  try {
    return responseEntry(await answerEntry(entryRequest(entry, at, exchange), exchange, exchange.handlers));
  } catch (error) {
    const problem = asProblem(error, { requestId: exchange.request.requestId });
    if (problem.code === 'internal/unexpected') exchange.unexpected(problem);
    return refusedEntry(problem);
  }
}

function answerOf(type: Bundle['type'], entry: BundleEntry[]): Answer {
  return { status: 200, resource: { resourceType: 'Bundle', type, ...(entry.length > 0 ? { entry } : {}) } as Bundle };
}

const wrong = (code: 'structure' | 'value', diagnostics: string, expression: string): InvalidResource =>
  new InvalidResource([{ severity: 'error', code, diagnostics, expression }]);
