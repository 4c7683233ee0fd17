// Patient/{id}/$everything (R4 patient-operation-everything.html): the Patient, and what refers to it, in pages.

import type { Bundle } from '@medplum/fhirtypes';
import { onlyValueOf, valuesOf } from '../../../base/http/query-string.ts';
import { Problem } from '../../../base/problem.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { askedOf } from '../operation-input.ts';
import type { ServedResource } from '../resource-handlers.ts';
import { countOf, pageLink, sinceOf } from './history.ts';
import { nameOf } from './read.ts';

export async function everything(exchange: Exchange): Promise<Answer> {
  const { handlers, request } = exchange;
  const { id } = nameOf(exchange);
  const query = await askedOf(exchange);
  const types = valuesOf(query, '_type').flatMap((value) => value.split(','));
  const [since, cursor] = [onlyValueOf(query, '_since'), onlyValueOf(query, '_cursor')];
  if (cursor !== undefined && !/^\d{1,19}$/.test(cursor)) {
    throw new Problem('request/malformed', { reason: '_cursor is none of ours' });
  }
  const page = await handlers.resources.everything(request, id, {
    ...(types.length > 0 && { types }),
    ...(since !== undefined && { since: sinceOf(since) }),
    ...(cursor !== undefined && { cursor }),
    count: countOf(query),
  });
  const self = `${request.baseUrl}/Patient/${id}/$everything`;
  const linkTo = (next?: string): string => pageLink(self, query, next);
  const entryOf = (mode: 'match' | 'include') => (resource: ServedResource) => ({
    fullUrl: `${request.baseUrl}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode },
  });
  const entry = [...page.resources.map(entryOf('match')), ...page.included.map(entryOf('include'))];
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [
      { relation: 'self', url: linkTo() },
      ...(page.next === undefined ? [] : [{ relation: 'next' as const, url: linkTo(page.next) }]),
    ],
    ...(entry.length > 0 ? { entry } : {}),
  };
  return { status: 200, resource: bundle };
}
