// POST to the root: a batch, each of whose entries counts by itself, or a transaction, whose entries count together or not at
// all (R4 http.html#transaction).

import { STATUS_CODES } from 'node:http';
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { asProblem, type Problem } from '../../../base/problem.ts';
import { InvalidResource, outcomeOf } from '../../issue.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { answerEntry, entryRequest } from './entry.ts';
import { transaction } from './transaction.ts';

export async function batchOrTransaction(exchange: Exchange): Promise<Answer> {
  const bundle = (await exchange.resource()) as Bundle;
  if (bundle.resourceType !== 'Bundle') throw wrong('structure', 'the body is no Bundle', 'Bundle');
  if (bundle.type === 'batch') return answerOf('batch-response', await batch(exchange, bundle));
  if (bundle.type === 'transaction') return answerOf('transaction-response', await transaction(exchange, bundle));
  throw wrong('value', 'a Bundle of this type is kept at Bundle, and not processed', 'Bundle.type');
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

function refusedEntry(problem: Problem): BundleEntry {
  return { response: { status: statusOf(problem.answers.http), outcome: outcomeOf(problem) } };
}

/** What came of an entry. */
export function responseEntry({ status, headers = {}, resource }: Answer): BundleEntry {
  const { Location: location, ETag: etag, 'Last-Modified': modified } = headers;
  const lastModified = resource?.meta?.lastUpdated ?? (modified && new Date(modified).toISOString());
  const isOutcome = resource?.resourceType === 'OperationOutcome';
  return {
    ...(resource && !isOutcome && { resource }),
    response: {
      status: statusOf(status),
      ...(location && { location }),
      ...(etag && { etag }),
      ...(lastModified && { lastModified }),
      ...(isOutcome && { outcome: resource }),
    },
  };
}

const statusOf = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

function answerOf(type: Bundle['type'], entry: BundleEntry[]): Answer {
  return { status: 200, resource: { resourceType: 'Bundle', type, ...(entry.length > 0 ? { entry } : {}) } as Bundle };
}

const wrong = (code: 'structure' | 'value', diagnostics: string, expression: string): InvalidResource =>
  new InvalidResource([{ severity: 'error', code, diagnostics, expression }]);
