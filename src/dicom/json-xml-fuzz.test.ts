// Mutated texts for the readers of the DICOM JSON model and of native XML: a data set, or a Problem.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fuzzRuns } from '../../test/support/fuzz-runs.ts';
import { Problem } from '../base/problem.ts';
import { fromJson, jsonText, toJson } from './json.ts';
import { readDicom } from './reader.ts';
import { objectsOfEveryKind } from './testing/objects.ts';
import { fromXml, toXml } from './xml.ts';

const datasets = objectsOfEveryKind().map((object) => readDicom(object).dataset);
const pieces = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '<',
  '>',
  '/',
  '&#0;',
  '&lt;',
  '<![CDATA[',
  '-',
  '1e999',
  'null',
  'é',
];

const mutation = fc.record({
  /** Of 1: where in the text. */
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  put: fc.oneof(fc.constantFrom(...pieces, 'SQ', 'AT', 'Value', '__proto__'), fc.string({ maxLength: 4 })),
  leaveOut: fc.integer({ min: 0, max: 12 }),
});
const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });
type Mutation = typeof mutation extends fc.Arbitrary<infer One> ? One : never;

function mutated(text: string, changes: readonly Mutation[]): string {
  return changes.reduce((before, { at, put, leaveOut }) => {
    const from = Math.floor(at * before.length);
    return before.slice(0, from) + put + before.slice(from + leaveOut);
  }, text);
}

function readOrRefused(read: () => unknown): void {
  try {
    read();
  } catch (thrown) {
    assert.ok(thrown instanceof Problem && thrown.code === 'request/malformed', String(thrown));
  }
}

/** JSON.parse sees to the syntax; what remains is any value in the place of any other. */
const replacement = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('PN', 'SQ', 'AT', 'UN', 1e308, -0, '\ud800', '1\\2', 'A='),
);
const replacements = fc.array(fc.record({ node: fc.nat(2000), by: replacement }), { minLength: 1, maxLength: 4 });

function replaced(text: string, changes: readonly { node: number; by: unknown }[]): unknown {
  return changes.reduce((before: string, { node, by }) => {
    let nodes = 0;
    JSON.parse(before, () => nodes++);
    let at = 0;
    return JSON.stringify(JSON.parse(before, (_, value) => (at++ === node % nodes ? by : value)));
  }, text);
}

test('fuzz: whatever JSON says, its reader gives a data set that can be written, or a Problem', () => {
  const texts = datasets.map((dataset) => jsonText(dataset));
  let written = 0;
  fc.assert(
    fc.property(fc.constantFrom(...texts), replacements, (text, changes) => {
      const json: unknown = JSON.parse(String(replaced(text, changes)));
      readOrRefused(() => {
        toJson(fromJson(json));
        written++;
      });
    }),
    { numRuns: fuzzRuns(2000) },
  );
  assert.ok(written > fuzzRuns(40), `${written} could be written`);
});

test('fuzz: whatever XML says, its reader gives a data set that can be written, or a Problem', () => {
  const texts = datasets.map((dataset) => toXml(dataset));
  fc.assert(
    fc.property(fc.constantFrom(...texts), mutations, (text, changes) => {
      readOrRefused(() => toXml(fromXml(mutated(text, changes))));
    }),
    { numRuns: fuzzRuns(3000) },
  );
});
