// IHE PIXm Get Corresponding Identifiers (ITI-83): `Patient/$ihe-pix`, by URL or with Parameters in the body.

import type { Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import { InvalidResource } from '../issue.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { CrossReferences, PatientIdentifier } from './handlers.ts';
import { limits } from './limits.ts';

/** Rejects as the profile says: an unknown source domain 400, an unknown identifier 404, an unknown target 403. */
export async function crossReference(exchange: Exchange): Promise<Answer> {
  const { handlers, request } = exchange;
  const { sourceIdentifier, targetSystems } = await inputOf(exchange);
  const source = sourceOf(sourceIdentifier, request.baseUrl);
  // We are a domain ourselves: that of the ids of our Patient resources (ITI-83 2:3.83.4.1.2.2).
  const elsewhere = targetSystems.filter((system) => system !== request.baseUrl);
  const found = await handlers.identity.crossReference(request, source, elsewhere);
  const wanted = targetSystems.length > 0 && elsewhere.length === 0 ? { ...found, identifiers: [] } : found;
  return { status: 200, resource: answerOf(wanted, source, request.baseUrl) };
}

interface Input {
  sourceIdentifier: string;
  targetSystems: readonly string[];
}

async function inputOf({ query, headers, resource }: Exchange): Promise<Input> {
  // A program may say what it would send where it sends nothing.
  const isPosted = Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
  const given = isPosted ? parametersOf(await resource()) : query;
  const valuesOf = (name: string): string[] => given.filter((each) => each.name === name).map(({ value }) => value);
  const [sourceIdentifier, ...others] = valuesOf('sourceIdentifier');
  if (sourceIdentifier === undefined || others.length > 0) {
    throw new Problem('request/malformed', { reason: 'sourceIdentifier is given once' });
  }
  const targetSystems = valuesOf('targetSystem').filter((system) => system !== '');
  if (targetSystems.length > limits.targetSystems) {
    throw new Problem('request/too-large', { what: 'the number of targetSystem', limit: limits.targetSystems });
  }
  if (targetSystems.some((system) => system.includes('\0'))) throw new Problem('identity/unknown-target');
  return { sourceIdentifier, targetSystems };
}

function parametersOf(resource: Resource): { name: string; value: string }[] {
  if (resource.resourceType !== 'Parameters') {
    throw new InvalidResource([{ severity: 'error', code: 'structure', diagnostics: 'the body is no Parameters' }]);
  }
  return ((resource as Parameters).parameter ?? []).map((parameter) => ({
    name: parameter.name!,
    value: textOf(parameter),
  }));
}

/** The definition of the operation says string; clients also send what the values are. */
function textOf({ valueString, valueUri, valueUrl, valueIdentifier }: ParametersParameter): string {
  if (valueIdentifier !== undefined) return `${valueIdentifier.system ?? ''}|${valueIdentifier.value ?? ''}`;
  return valueString ?? valueUri ?? valueUrl ?? '';
}

/** The system is needed: a value alone is nobody's. */
function sourceOf(token: string, baseUrl: string): PatientIdentifier | { personId: string } {
  const bar = token.indexOf('|');
  const [system, value] = [token.slice(0, Math.max(bar, 0)), token.slice(bar + 1)];
  if (system === '') throw new Problem('identity/unknown-domain');
  if (value === '' || value.includes('\0')) throw new Problem('identity/unknown-identifier');
  const personId = system === baseUrl ? /^Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(value)?.[1] : undefined;
  return personId === undefined ? { system, value } : { personId };
}

/** 2:3.83.4.2.2.1: the source is not among the answers. */
function answerOf(
  found: CrossReferences,
  source: PatientIdentifier | { personId: string },
  baseUrl: string,
): Parameters {
  const isSource = (system: string | undefined, value: string | undefined): boolean =>
    'value' in source && source.system === system && source.value === value;
  const identifiers = found.identifiers.filter(({ system, value }) => !isSource(system, value));
  const personIds = found.personIds.filter((id) => !('personId' in source) || source.personId !== id);
  const parameter: ParametersParameter[] = [
    ...identifiers.map((valueIdentifier) => ({ name: 'targetIdentifier', valueIdentifier })),
    ...personIds.map((id) => ({ name: 'targetId', valueReference: { reference: `${baseUrl}/Patient/${id}` } })),
  ];
  return { resourceType: 'Parameters', ...(parameter.length > 0 ? { parameter } : {}) };
}
