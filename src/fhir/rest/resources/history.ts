// Histories (R4 http.html#history): of a resource, of a type, of everything; the newest version first, in pages.

import type { Bundle, BundleEntry, BundleEntryRequest } from '@medplum/fhirtypes';
import { onlyValueOf, type QueryParameter } from '../../../base/http/query-string.ts';
import { Problem } from '../../../base/problem.ts';
import { isOfForm } from '../../primitive.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { limits } from '../limits.ts';
import type { HistoryEntry } from '../resource-handlers.ts';
import { nameOf } from './read.ts';

export async function history(exchange: Exchange): Promise<Answer> {
  const { handlers, request, type, path, query } = exchange;
  const of = { ...(type !== undefined && { type }), ...(path.id !== undefined && { id: nameOf(exchange).id }) };
  const found = await handlers.resources.history(request, { ...of, ...pageOf(query) });
  const self = [request.baseUrl, type, path.id, '_history'].filter((part) => part !== undefined).join('/');
  const link = (cursor?: string) => pageLink(self, query, cursor);
  const isCount = onlyValueOf(query, '_summary') === 'count';
  const entry = isCount ? [] : found.entries.map((each) => entryOf(each, request.baseUrl));
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'history',
    ...(found.total !== undefined && { total: found.total }),
    link: [
      { relation: 'self', url: link() },
      ...(found.next === undefined ? [] : [{ relation: 'next' as const, url: link(found.next) }]),
    ],
    ...(entry.length > 0 ? { entry } : {}),
  };
  return { status: 200, resource: bundle };
}

function pageOf(query: readonly QueryParameter[]): { since?: Date; count: number; cursor?: string } {
  const [since, cursor] = [onlyValueOf(query, '_since'), onlyValueOf(query, '_cursor')];
  if (cursor !== undefined && !/^\d{1,19}$/.test(cursor)) throw malformed('_cursor is none of ours');
  const start = since === undefined ? undefined : sinceOf(since);
  return {
    count: countOf(query),
    ...(start !== undefined && { since: start }),
    ...(cursor !== undefined && { cursor }),
  };
}

/** An instant; a date too, which begins in UTC. */
export function sinceOf(text: string): Date {
  // A plus that was not encoded came as a space.
  const written = text.replace(' ', '+');
  if (!isOfForm('instant', written) && !isOfForm('dateTime', written)) throw malformed('_since is no instant');
  return new Date(written);
}

/** Entries of a page. */
export function countOf(query: readonly QueryParameter[]): number {
  const count = onlyValueOf(query, '_count');
  if (count === undefined) return limits.pageEntries;
  if (!/^\d{1,15}$/.test(count)) throw malformed('_count is no number of entries');
  return Math.min(Number(count), limits.mostPageEntries);
}

/** The same question from another place on. */
export function pageLink(path: string, query: readonly QueryParameter[], cursor: string | undefined): string {
  const parameters = new URLSearchParams();
  for (const { name, value } of query) if (name !== '_cursor') parameters.append(name, value);
  if (cursor !== undefined) parameters.append('_cursor', cursor);
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}

/** R4 http.html#history: what was asked for, and what came of it. */
function entryOf({ type, id, versionId, lastUpdated, method, resource }: HistoryEntry, baseUrl: string): BundleEntry {
  const made = method === 'POST';
  const request: BundleEntryRequest = { method, url: made ? type : `${type}/${id}` };
  const status = method === 'DELETE' ? '204 No Content' : versionId === '1' ? '201 Created' : '200 OK';
  return {
    fullUrl: `${baseUrl}/${type}/${id}`,
    ...(resource && { resource }),
    request,
    response: { status, lastModified: lastUpdated, etag: `W/"${versionId}"` },
  };
}

const malformed = (reason: string): Problem => new Problem('request/malformed', { reason });
