// $validate (R4 resource-operation-validate.html): whether a resource is one, without keeping it.

import type { OperationOutcome, Parameters, Resource } from '@medplum/fhirtypes';
import { InvalidResource, outcomeOf } from '../../issue.ts';
import type { Answer, Exchange } from '../exchange.ts';

/** The answer is an OperationOutcome, and is 200 whatever it says. */
export async function validateResource(exchange: Exchange): Promise<Answer> {
  try {
    const problem = problemOf(given(await exchange.resource()), exchange);
    return { status: 200, resource: problem === undefined ? fine : outcomeOf(problem) };
  } catch (error) {
    if (error instanceof InvalidResource) return { status: 200, resource: outcomeOf(error) };
    throw error;
  }
}

/** The resource alone, or the parameter `resource` of Parameters. */
function given(body: Resource): Resource | undefined {
  if (body.resourceType !== 'Parameters') return body;
  return (body as Parameters).parameter?.find(({ name }) => name === 'resource')?.resource ?? undefined;
}

function problemOf(resource: Resource | undefined, { type, path }: Exchange): InvalidResource | undefined {
  const wrong = (code: 'required' | 'structure' | 'value', diagnostics: string, expression?: string) =>
    new InvalidResource([{ severity: 'error', code, diagnostics, ...(expression && { expression }) }]);
  if (resource === undefined) return wrong('required', 'the parameter resource is missing', 'Parameters');
  const { resourceType, id } = resource;
  if (resourceType !== type) return wrong('structure', `the resource is no ${type}`, resourceType);
  if (path.id !== undefined && id !== path.id) return wrong('value', 'the id is not the one of the URL', `${type}.id`);
  return undefined;
}

const fine: OperationOutcome = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'information', code: 'informational', diagnostics: 'the resource is valid' }],
};
