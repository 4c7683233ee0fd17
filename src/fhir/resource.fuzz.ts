// Mutated resources for the readers: stretches cut, doubled, exchanged, brackets and tags put in, types and names changed.
// Whatever comes, the reader answers or throws a Problem, soon; what it accepts, it writes and reads again.

import assert from 'node:assert/strict';
import type { Resource } from '@medplum/fhirtypes';
import { type Random, seeded } from '../../test/support/seeded.ts';
import { Problem } from '../base/problem.ts';
import { resourceTypes } from './definitions.ts';
import { type Format, readResource, writeResource } from './resource.ts';
import { arbitraryResource } from './testing/arbitrary-resource.ts';

const limits = {
  /** What one input may take; the slowest legitimate one takes a hundredth. */
  inputMs: 2000,
};

export function fuzz(rounds: number, seed: number): { accepted: number } {
  const random = seeded(seed);
  const types = [...resourceTypes];
  let accepted = 0;
  for (let round = 0; round < rounds; round++) {
    const resource = arbitraryResource(types[random(types.length)]!, seed + round) as unknown as Resource;
    const format: Format = random(2) === 0 ? 'json' : 'xml';
    const input = mutated(writeResource(resource, format), random);
    const started = performance.now();
    try {
      const read = readResource(input, format);
      accepted += 1;
      const xml = writeResource(read, 'xml');
      assert.equal(writeResource(readResource(xml, 'xml'), 'xml'), xml);
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw new Error(`seed ${seed}, round ${round}: ${input}`, { cause: thrown });
    }
    const took = performance.now() - started;
    assert.ok(took < limits.inputMs, `seed ${seed}, round ${round} took ${took.toFixed(0)} ms`);
  }
  return { accepted };
}

const pieces = [
  '[', ']', '{', '}', '"', ',', ':', '<', '>', '/>', '</', '&', '&#0;', '&#x110000;', '<!--', '<!DOCTYPE a>', '<![CDATA[', ']]>', '\0', '\ud800',
  '\u2028', 'null', '-0', '1e999', '1e-999', '00', 'true', '"__proto__":', '"constructor":{', '"resourceType":"Bundle",', 'value="x"', '_',
  '{"extension":['.repeat(70), '<extension>'.repeat(140),
]; // biome-ignore format: a list to be read at a glance

function mutated(text: string, random: Random): string {
  let result = text;
  for (let times = 1 + random(4); times > 0; times--) {
    const [from, to] = [random(result.length + 1), random(result.length + 1)].sort((a, b) => a - b) as [number, number];
    const end = Math.min(to, from + 1 + random(40));
    const kind = random(4);
    if (kind === 0) result = result.slice(0, from) + result.slice(end);
    else if (kind === 1) result = result.slice(0, end) + result.slice(from);
    else if (kind === 2) result = result.slice(0, from) + pieces[random(pieces.length)] + result.slice(from);
    else result = result.slice(0, from) + pieces[random(pieces.length)] + result.slice(end);
  }
  return result;
}
