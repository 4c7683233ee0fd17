// IHE PDQm Patient Demographics Match (ITI-119) and `Patient/$match` of R4: who the patient described may be, the most
// likely first, each with its score and its grade.

import type { Bundle, Parameters, Patient, Resource } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import { InvalidResource } from '../issue.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { MatchCandidate } from './handlers.ts';
import { limits } from './limits.ts';

const MATCH_GRADE = 'http://hl7.org/fhir/StructureDefinition/match-grade';

export async function matchPatient({ handlers, request, resource }: Exchange): Promise<Answer> {
  const { patient, onlyCertainMatches, count } = inputOf(await resource());
  // Whether one is the only certain one shows when there may be a second.
  const found = await handlers.identity.match(request, patient, onlyCertainMatches ? limits.matches : count);
  const candidates = onlyCertainMatches ? theCertain(found) : found;
  return { status: 200, resource: bundleOf(candidates.slice(0, count), request.baseUrl) };
}

interface Input {
  patient: Patient;
  onlyCertainMatches: boolean;
  count: number;
}

/** Parameters, or the patient alone (R4 operations.html#request). */
function inputOf(body: Resource): Input {
  if (body.resourceType === 'Patient') return { patient: body, onlyCertainMatches: false, count: limits.matches };
  if (body.resourceType !== 'Parameters') throw wrong('structure', 'the body is neither Parameters nor Patient');
  const parameters = (body as Parameters).parameter ?? [];
  const only = (name: string) => {
    const [first, ...others] = parameters.filter((parameter) => parameter.name === name);
    if (others.length > 0) throw wrong('structure', `${name} is given more than once`);
    return first;
  };
  const patient = only('resource')?.resource;
  if (patient === undefined) throw wrong('required', 'the parameter resource is missing');
  if (patient.resourceType !== 'Patient') throw wrong('value', 'the parameter resource is no Patient');
  const { valueInteger: count = limits.matches } = only('count') ?? {};
  if (count < 1) throw new Problem('request/malformed', { reason: 'count is at least 1' });
  return {
    patient,
    onlyCertainMatches: only('onlyCertainMatches')?.valueBoolean ?? false,
    count: Math.min(count, limits.mostMatches),
  };
}

/** ITI-119, cases 3 to 5: the one that is certain, or none where there is none or are several. */
function theCertain(candidates: readonly MatchCandidate[]): readonly MatchCandidate[] {
  const certain = candidates.filter(({ grade }) => grade === 'certain');
  return certain.length === 1 ? certain : [];
}

function bundleOf(candidates: readonly MatchCandidate[], baseUrl: string): Bundle {
  const entry = candidates.map(({ patient, score, grade }) => ({
    fullUrl: `${baseUrl}/Patient/${patient.id}`,
    resource: patient,
    search: { extension: [{ url: MATCH_GRADE, valueCode: grade }], mode: 'match' as const, score: rounded(score) },
  }));
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: entry.length,
    link: [{ relation: 'self', url: `${baseUrl}/Patient/$match` }],
    ...(entry.length > 0 ? { entry } : {}),
  };
}

/** Down, so that nothing is 1 but what is certain. */
const rounded = (score: number): number => Math.floor(score * 1e6) / 1e6;

const wrong = (code: 'structure' | 'required' | 'value', diagnostics: string): InvalidResource =>
  new InvalidResource([{ severity: 'error', code, expression: 'Parameters', diagnostics }]);
