// What an operation is asked (R4 operations.html#request): in the URL, or as Parameters in the body.

import type { Parameters } from '@medplum/fhirtypes';
import type { QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import type { Exchange } from './exchange.ts';

/** Parameters that are values of one word. Throws Problem request/malformed for a body of another type. */
export async function askedOf({ query, headers, resource }: Exchange): Promise<readonly QueryParameter[]> {
  const isPosted = Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
  if (!isPosted) return query;
  const { resourceType, parameter = [] } = (await resource()) as Parameters;
  if (resourceType !== 'Parameters') throw new Problem('request/malformed', { reason: 'the body is no Parameters' });
  return parameter.map(({ name, valueCode, valueId, valueInstant, valueDate, valueInteger, valueString }) => ({
    name: name!,
    value: String(valueCode ?? valueId ?? valueInstant ?? valueDate ?? valueInteger ?? valueString ?? ''),
  }));
}
