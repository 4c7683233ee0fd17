// Read and vread (R4 http.html#read, #vread): a resource as it is, or as one of its versions was.

import { onlyValueOf, type QueryParameter } from '../../../base/http/query-string.ts';
import { Problem } from '../../../base/problem.ts';
import { isOfForm } from '../../primitive.ts';
import { type Summary, subset } from '../../subset.ts';
import { type Answer, type Exchange, etagOf } from '../exchange.ts';
import type { ResourceName, ServedResource } from '../resource-handlers.ts';
import { isKnownTo } from './conditions.ts';

export async function readResource(exchange: Exchange): Promise<Answer> {
  const { handlers, request } = exchange;
  return answerOf(exchange, await handlers.resources.read(request, nameOf(exchange)));
}

export async function readVersion(exchange: Exchange): Promise<Answer> {
  const { handlers, request, path } = exchange;
  const name = nameOf(exchange);
  if (!isOfForm('id', path.vid!)) throw new Problem('catalogue/not-found', { what: 'version' });
  return answerOf(exchange, await handlers.resources.version(request, name, path.vid!));
}

/** What a path of the table names. Throws Problem catalogue/not-found where no resource could be called so. */
export function nameOf({ type, path }: Pick<Exchange, 'type' | 'path'>): ResourceName {
  if (!isOfForm('id', path.id!)) throw new Problem('catalogue/not-found', { what: type! });
  return { type: type!, id: path.id! };
}

/** With what a summary shows; 304 where the client has it already. */
export function answerOf({ headers, query }: Exchange, resource: ServedResource): Answer {
  const validators = etagOf(resource);
  if (isKnownTo(headers, resource)) return { status: 304, headers: validators };
  return { status: 200, headers: validators, resource: shownOf(resource, query) };
}

function shownOf(resource: ServedResource, query: readonly QueryParameter[]): ServedResource {
  const summary = onlyValueOf(query, '_summary') as Summary | 'count' | undefined;
  const elements = onlyValueOf(query, '_elements')
    ?.split(',')
    .map((name) => name.trim().replace(/^[A-Z]\w*\./, ''));
  // A resource that is read alone is not counted.
  if (summary === 'count') throw new Problem('request/malformed', { reason: '_summary=count is of searches' });
  if (summary !== undefined && !['true', 'text', 'data', 'false'].includes(summary)) {
    throw new Problem('request/malformed', { reason: '_summary is none of its codes' });
  }
  return subset(resource, summary, elements);
}
