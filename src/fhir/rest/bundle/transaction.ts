// A transaction (R4 http.html#trules): ids are given first, then references are renamed, then everything is done in the order
// DELETE, POST, PUT, PATCH, GET; where one entry is refused nothing was done.

import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { Problem } from '../../../base/problem.ts';
import type { Answer, Exchange } from '../exchange.ts';
import type { FhirHandlers } from '../handlers.ts';
import type { Method } from '../route.ts';
import { answerEntry, type EntryRequest, entryRequest } from './entry.ts';
import { atEntry, EntryRefused } from './entry-refused.ts';
import { resolveEntries } from './resolve.ts';
import { responseEntry } from './response-entry.ts';

const order: readonly Method[] = ['DELETE', 'POST', 'PUT', 'PATCH', 'GET'];

/** Rejects with what the first entry was refused with that was, and its place. */
export async function transaction(exchange: Exchange, { entry = [] }: Bundle): Promise<BundleEntry[]> {
  const requests: EntryRequest[] = [];
  for (const [at, each] of entry.entries())
    requests.push(await atEntry(at, async () => entryRequest(each, at, exchange)));
  requireDistinct(requests);
  return exchange.handlers.transaction(exchange.request, (handlers) => done(exchange, requests, handlers));
}

async function done(
  exchange: Exchange,
  requests: readonly EntryRequest[],
  handlers: FhirHandlers,
): Promise<BundleEntry[]> {
  const resolved = await resolveEntries(requests, exchange, handlers.resources);
  requireDistinct(resolved);
  const answers: Answer[] = [];
  for (const request of resolved.toSorted((a, b) => order.indexOf(a.method) - order.indexOf(b.method))) {
    answers[request.at] = await atEntry(request.at, () => answerEntry(request, exchange, handlers));
  }
  return answers.map(responseEntry);
}

/** R4 http.html#trules: no resource is written twice. */
function requireDistinct(requests: readonly EntryRequest[]): void {
  const named = new Set<string>();
  for (const { at, method, type, path, newId } of requests) {
    const id = path.id ?? newId;
    if (method === 'GET' || id === undefined || path.vid !== undefined) continue;
    const name = `${type}/${id}`;
    if (named.has(name))
      throw new EntryRefused(at, new Problem('fhir/unprocessable', { reason: 'two entries are of one resource' }));
    named.add(name);
  }
}
