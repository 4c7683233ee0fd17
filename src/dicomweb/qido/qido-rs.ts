// QIDO-RS: the Search Transaction (PS3.18 10.6). Matching is behind `handlers.search`; this is what a URL means and what
// the client reads.

import type { QueryLevel } from '../../dicom/query.ts';
import type { Action, Answer, Exchange } from '../exchange.ts';
import { limits } from '../limits.ts';
import { dataSetsAnswer, negotiateDataSets } from '../representation.ts';
import { scopeOf } from '../resource.ts';
import { searchQuery, searchWarnings } from './qido-parameters.ts';

/** The search for studies, series or instances. No match is 200 with an empty array (PS3.18 10.6.3, CP-2473). */
export function search(level: QueryLevel): Action {
  return async (exchange: Exchange): Promise<Answer> => {
    const { handlers, request, path, query } = exchange;
    const offer = negotiateDataSets(exchange);
    const parent = 'study' in path ? scopeOf(path) : {};
    const warnings = searchWarnings(query);
    const { body, remaining } = await handlers.search(request, searchQuery(level, parent, query));
    if (remaining > 0) warnings.push(`There are ${remaining} additional results that can be requested`);
    const answer = dataSetsAnswer(offer, body);
    const headers: Record<string, string> = { ...answer.headers, 'Cache-Control': 'no-store' };
    if (warnings.length > 0) headers.Warning = warnings.map((text) => `299 ${request.baseUrl}: ${text}`).join(', ');
    return { status: 200, headers, body: answer.body === body ? givenAway(body) : answer.body };
  };
}

/** Megabytes that wait for the next garbage collection bring it on, and it looks at all else that the node holds. */
const givenAway = (body: Uint8Array): Answer['body'] =>
  body.length < limits.givenAwayBytes ? body : { chunks: [body], sizeBytes: body.length };
