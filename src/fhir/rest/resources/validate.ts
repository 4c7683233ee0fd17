// $validate (R4 resource-operation-validate.html): whether a resource is one, and as its profiles have it, without keeping it.

import type { OperationOutcome, Parameters, Resource } from '@medplum/fhirtypes';
import { onlyValueOf } from '../../../base/http/query-string.ts';
import { Problem } from '../../../base/problem.ts';
import { InvalidResource, type Issue, outcomeOf, outcomeOfIssues } from '../../issue.ts';
import type { JsonObject } from '../../json.ts';
import { validateProfile } from '../../profiles/profile.ts';
import { profileNamed } from '../../profiles/profiles.ts';
import type { Answer, Exchange } from '../exchange.ts';

/**
 * The answer is an OperationOutcome, and is 200 whatever it says. Throws Problem fhir/unknown-profile for one that is asked for and
 * not known (a server that cannot validate against it returns an error).
 */
export async function validateResource(exchange: Exchange): Promise<Answer> {
  try {
    const { resource, profile = onlyValueOf(exchange.query, 'profile') } = given(await exchange.resource());
    if (profile !== undefined && profileNamed(profile) === undefined) throw new Problem('fhir/unknown-profile');
    const problem = problemOf(resource, exchange);
    if (problem !== undefined) return { status: 200, resource: outcomeOf(problem) };
    const issues = issuesOfProfiles(resource!, profile);
    return { status: 200, resource: issues.length === 0 ? fine : outcomeOfIssues(issues) };
  } catch (error) {
    if (error instanceof InvalidResource) return { status: 200, resource: outcomeOf(error) };
    throw error;
  }
}

/** The resource alone, or the parameters `resource` and `profile` of Parameters. */
function given(body: Resource): { resource?: Resource | undefined; profile?: string | undefined } {
  if (body.resourceType !== 'Parameters') return { resource: body };
  const { parameter = [] } = body as Parameters;
  const named = (name: string) => parameter.find((each) => each.name === name);
  const profile = named('profile');
  return { resource: named('resource')?.resource, profile: profile?.valueUri ?? profile?.valueCanonical };
}

/** Of those that it says it is of, and of the one that is asked for; what it says and nobody knows is a warning. */
function issuesOfProfiles(resource: Resource, asked: string | undefined): Issue[] {
  const claimed = resource.meta?.profile ?? [];
  return [...new Set([...claimed, ...(asked === undefined ? [] : [asked])])].flatMap((canonical): Issue[] => {
    const profile = profileNamed(canonical);
    if (profile !== undefined) return validateProfile(resource as unknown as JsonObject, profile);
    const expression = `${resource.resourceType}.meta.profile[${claimed.indexOf(canonical)}]`;
    const diagnostics = 'the profile is not known here, and was not looked at';
    return [{ severity: 'warning', code: 'not-supported', expression, diagnostics }];
  });
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
