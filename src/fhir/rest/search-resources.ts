// Searches of kept resources (R4 search.html), of one type or of several, as pages that hold still.

import type { Resource } from '@medplum/fhirtypes';
import type { QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { writeCursor } from '../search/cursor.ts';
import { parseSearch } from '../search/parse.ts';
import type { SearchRequest } from '../search/request.ts';
import { isStoredType, storedTypes } from '../served-types.ts';
import { subset } from '../subset.ts';
import type { Answer, Exchange } from './exchange.ts';
import { searchBundle } from './search-bundle.ts';

export const searchResources = (exchange: Exchange): Promise<Answer> => search(exchange, exchange.query);

/** R4 http.html#search: the parameters of the URL count too. */
export async function searchResourcesByForm(exchange: Exchange): Promise<Answer> {
  return search(exchange, [...exchange.query, ...(await exchange.form())]);
}

async function search(exchange: Exchange, given: readonly QueryParameter[]): Promise<Answer> {
  const { handlers, request, headers, type } = exchange;
  const { baseUrl } = request;
  const prefer = headers.prefer as string | undefined;
  const types = type === undefined ? typesOf(given) : [type];
  const asked = parseSearch(types, given, { now: Date.now(), baseUrl, ...(prefer !== undefined && { prefer }) });
  const { matches, included, isCut, total, next, previous } = await handlers.resources.search(request, asked);
  const shown = <R extends Resource>(resource: R): R => subset(resource, asked.summary, elementsOf(asked));
  const bundle = searchBundle({
    baseUrl,
    type: type ?? '',
    understood: asked.understood,
    ignored: asked.ignored,
    matches: matches.map(shown),
    included,
    isCut,
    total,
    next: next && writeCursor(next),
    previous: previous && writeCursor(previous),
    cursor: asked.cursor && writeCursor(asked.cursor),
  });
  return { status: 200, resource: bundle };
}

/** R4 search.html#elements: top-level elements; what lies within them comes with them. */
const elementsOf = ({ elements }: SearchRequest): readonly string[] | undefined =>
  elements?.map((name) => name.split('.')[0]!);

/** R4 search.html#all: every type that is kept, unless `_type` says which. */
function typesOf(given: readonly QueryParameter[]): readonly string[] {
  const named = given
    .filter(({ name, value }) => name === '_type' && value !== '')
    .flatMap(({ value }) => value.split(','));
  for (const type of named) {
    if (!isStoredType(type))
      throw new Problem('request/malformed', { reason: '_type names a type that is not searched with others' });
  }
  return named.length === 0 ? storedTypes : [...new Set(named)];
}
