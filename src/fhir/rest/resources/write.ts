// Create, update, patch and delete, each also conditional (R4 http.html#create to #delete).

import type { Resource } from '@medplum/fhirtypes';
import { Problem } from '../../../base/problem.ts';
import { InvalidResource } from '../../issue.ts';
import { type Answer, type Exchange, etagOf } from '../exchange.ts';
import type { Conditions, Target, Written } from '../resource-handlers.ts';
import { conditionsOf, ifNoneExistOf } from './conditions.ts';
import { patchOf } from './patch.ts';
import { nameOf } from './read.ts';

export async function createResource(exchange: Exchange): Promise<Answer> {
  const { handlers, request, headers, newId } = exchange;
  const resource = await resourceOf(exchange);
  const ifNoneExist = ifNoneExistOf(headers);
  const written = await handlers.resources.create(request, resource, {
    ...(ifNoneExist && { ifNoneExist }),
    ...(newId !== undefined && { newId }),
  });
  return answerOf(exchange, written);
}

/** PUT Type/id: also where there is none yet, under that id. */
export async function updateResource(exchange: Exchange): Promise<Answer> {
  const { handlers, request, headers } = exchange;
  const name = nameOf(exchange);
  const resource = await resourceOf(exchange);
  if (resource.id !== name.id) throw wrongId(resource);
  return answerOf(exchange, await handlers.resources.update(request, name, resource, conditionsOf(headers)));
}

/** PUT Type?criteria */
export async function updateMatching(exchange: Exchange): Promise<Answer> {
  const { handlers, request } = exchange;
  const resource = await resourceOf(exchange);
  return answerOf(
    exchange,
    await handlers.resources.update(request, criteriaOf(exchange), resource, withNewId(exchange)),
  );
}

export const patchResource = (exchange: Exchange): Promise<Answer> => patch(exchange, nameOf(exchange));
export const patchMatching = (exchange: Exchange): Promise<Answer> => patch(exchange, criteriaOf(exchange));

async function patch(exchange: Exchange, target: Target): Promise<Answer> {
  const { handlers, request, headers } = exchange;
  const change = await patchOf(exchange);
  return answerOf(exchange, await handlers.resources.patch(request, target, change, conditionsOf(headers)));
}

export const removeResource = (exchange: Exchange): Promise<Answer> => remove(exchange, nameOf(exchange));
export const removeMatching = (exchange: Exchange): Promise<Answer> => remove(exchange, criteriaOf(exchange));

async function remove({ handlers, request, headers }: Exchange, target: Target): Promise<Answer> {
  await handlers.resources.remove(request, target, conditionsOf(headers));
  return { status: 204 };
}

const withNewId = ({ headers, newId }: Exchange): Conditions => ({
  ...conditionsOf(headers),
  ...(newId !== undefined && { newId }),
});

/** R4 http.html#cond-update: criteria are needed, or every resource of the type would be meant. */
function criteriaOf({ type, query }: Exchange): Target {
  const criteria = query.filter(({ name }) => name !== '_format' && name !== '_pretty');
  if (criteria.length === 0) throw new Problem('request/malformed', { reason: 'criteria or an id are needed' });
  return { type: type!, query: criteria };
}

/** Of the type that the URL names. */
async function resourceOf({ type, resource: read }: Exchange): Promise<Resource> {
  const resource = await read();
  if (resource.resourceType === type) return resource;
  const { resourceType: expression } = resource;
  const diagnostics = `the body is no ${type}`;
  throw new InvalidResource([{ severity: 'error', code: 'structure', expression, diagnostics }]);
}

function wrongId({ resourceType, id }: Resource): InvalidResource {
  const diagnostics = id === undefined ? 'the id is missing' : 'the id is not the one of the URL';
  return new InvalidResource([{ severity: 'error', code: 'value', expression: `${resourceType}.id`, diagnostics }]);
}

/** R4 http.html#ops, Prefer: what was written, nothing, or an OperationOutcome. */
export function answerOf({ request, headers }: Exchange, { resource, outcome }: Written): Answer {
  const { resourceType, id, meta } = resource;
  const location = `${request.baseUrl}/${resourceType}/${id}/_history/${meta!.versionId}`;
  const status = outcome === 'created' ? 201 : 200;
  const wanted = /\breturn\s*=\s*"?(minimal|OperationOutcome)\b/i.exec(String(headers.prefer ?? ''))?.[1];
  return {
    status,
    headers: { ...etagOf(resource), Location: location },
    ...(wanted === undefined && { resource }),
    ...(wanted?.toLowerCase() === 'operationoutcome' && { resource: told(outcome) }),
  };
}

const told = (outcome: Written['outcome']): Resource => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'information', code: 'informational', diagnostics: `the resource is ${outcome}` }],
});
