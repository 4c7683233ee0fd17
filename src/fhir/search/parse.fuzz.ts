// Queries as nobody would write them: names, modifiers, chains and values put together at random, and then mutated. Whatever
// comes, the reader answers or throws a Problem, soon.

import { type Random, seeded } from '../../../test/support/seeded.ts';
import { Problem } from '../../base/problem.ts';
import { resourceTypes } from '../definitions.ts';
import { parametersOf } from './parameters.ts';
import { parseSearch } from './parse.ts';
import type { QueryParameter, SearchRequest } from './request.ts';

const limits = {
  /** What one input may take; the slowest legitimate one takes a hundredth. */
  inputMs: 2000,
};

export interface FuzzedQuery {
  type: string;
  parameters: QueryParameter[];
}

/** undefined where it was refused. Throws an Error for everything else. */
export function fuzzedRequest({ type, parameters }: FuzzedQuery): SearchRequest | undefined {
  const started = performance.now();
  let request: SearchRequest | undefined;
  try {
    request = parseSearch([type], parameters, { now: 1.8e12, baseUrl: 'https://fascia.example/fhir/R4' });
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw new Error(JSON.stringify({ type, parameters }), { cause: thrown });
  }
  const took = performance.now() - started;
  if (took > limits.inputMs) throw new Error(`${took.toFixed(0)} ms: ${JSON.stringify({ type, parameters })}`);
  return request;
}

/** `of`: the types that are asked for. */
export function* fuzzedQueries(
  rounds: number,
  seed: number,
  of: readonly string[] = [...resourceTypes],
): Generator<FuzzedQuery> {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const nameOf = (type: string, depth = 0): string => {
    const parameters = [...parametersOf(type).values()];
    const parameter = pick(parameters);
    const kind = random(10);
    if (kind === 0) return pick(controls);
    if (kind === 1)
      return `_has:${pick(of)}:${pick([...parametersOf(pick(of)).keys()])}:${nameOf(pick(of), depth + 1)}`;
    if (parameter.kind === 'reference' && depth < 7 && kind < 6) {
      const target = pick([...(parameter.targets ?? of)]);
      return `${parameter.name}${random(2) ? '' : `:${target}`}.${nameOf(target, depth + 1)}`;
    }
    return parameter.name + (random(3) === 0 ? `:${pick(modifiers)}` : '');
  };
  const anyValue = (): string =>
    Array.from({ length: 1 + random(3) }, () => pick(pieces)).join(random(4) === 0 ? ',' : '');
  for (let round = 0; round < rounds; round++) {
    const type = pick(of);
    const parameters = Array.from({ length: 1 + random(4) }, () => ({
      name: mutated(nameOf(type), random),
      value: mutated(anyValue(), random),
    }));
    yield { type, parameters };
  }
}

const controls = [
  '_count',
  '_cursor',
  '_sort',
  '_total',
  '_summary',
  '_elements',
  '_include',
  '_revinclude:iterate',
  '_type',
  '_format',
];
const modifiers = [
  'exact',
  'contains',
  'missing',
  'not',
  'text',
  'of-type',
  'in',
  'not-in',
  'identifier',
  'Patient',
  'above',
  'below',
  'x',
  '',
];
const pieces = [
  'a', '1', 'true', 'false', '|', '||', '$', '\\', '\\,', '\\|', ',', 'eq', 'ne', 'gt2026', 'ap1e3', 'sa', '2026-11-23', '2026-02-30', '0001', '9999-12-31T23:59:60Z',
  'T10:00', '+14:00', '-0', '1e999', '1e-300', '9'.repeat(500), '5.4|http://unitsofmeasure.org|mg', 'Patient/1', 'https://fascia.example/fhir/R4/Patient/1', 'urn:uuid:', '#a',
  'http://hl7.org/fhir/ValueSet/observation-status', 'é', '𝒳', '\ud800', '\0', '%', '_', '\u{10ffff}', 'final', 'http://loinc.org|8867-4', '-date', '_id', '*', 'Observation:subject', 'Observation:*:Patient',
  'WzAsIkEiLCJhIl0', '__proto__', 'constructor', ' ',
]; // biome-ignore format: a list to be read at a glance

/** Three of four as they are. */
function mutated(text: string, random: Random): string {
  if (random(4) > 0) return text;
  const [from, to] = [random(text.length + 1), random(text.length + 1)].sort((a, b) => a - b) as [number, number];
  const kind = random(3);
  if (kind === 0) return text.slice(0, from) + text.slice(to);
  if (kind === 1) return text.slice(0, to) + text.slice(from);
  return text.slice(0, from) + pieces[random(pieces.length)] + text.slice(from);
}
