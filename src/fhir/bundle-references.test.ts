import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, Observation, Resource, ServiceRequest } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { referencesIn, withRenamed } from './bundle-references.ts';
import { patientsOf } from './patients-of.ts';
import { writeResource } from './resource.ts';
import { storedTypes } from './served-types.ts';
import { arbitraryResource } from './testing/arbitrary-resource.ts';

const OLD = 'urn:uuid:11111111-1111-4111-8111-111111111111';
const renamed = <R extends Resource>(resource: R): R =>
  withRenamed(resource, (reference) => (reference === OLD ? 'Patient/7' : undefined));

test('R4 transaction: references, uris and links of the narrative are renamed; canonicals and texts stay', () => {
  const order = {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href='${OLD}'>${OLD}</a></div>` },
    instantiatesUri: [OLD],
    instantiatesCanonical: [OLD],
    code: { text: OLD },
    subject: { reference: OLD, display: OLD },
    extension: [{ url: 'urn:x', valueReference: { reference: OLD } }],
    contained: [{ resourceType: 'Specimen', subject: { reference: OLD } }],
  } as unknown as ServiceRequest;
  const made = renamed(order);
  const expected = JSON.parse(
    JSON.stringify(order)
      .replace(`href='${OLD}'`, "href='Patient/7'")
      .replace(`"instantiatesUri":["${OLD}"]`, '"instantiatesUri":["Patient/7"]')
      .replaceAll(`"reference":"${OLD}"`, '"reference":"Patient/7"'),
  );
  assert.deepEqual(made, expected);
  assert.ok(referencesIn(order).has(OLD));
});

test('R4 transaction: resources within a Bundle are renamed too', () => {
  const observation = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: OLD },
  };
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: OLD, resource: observation }] };
  const made = renamed(bundle as Bundle);
  assert.equal((made.entry![0]!.resource as Observation).subject!.reference, 'Patient/7');
  assert.equal(made.entry![0]!.fullUrl, 'Patient/7');
});

test('law: a resource of which nothing is renamed is the same, text for text', () => {
  fc.assert(
    fc.property(fc.constantFrom(...storedTypes), fc.nat(), (type, seed) => {
      const resource = arbitraryResource(type, seed) as unknown as Resource;
      const same = withRenamed(resource, () => undefined);
      assert.equal(writeResource(same, 'json'), writeResource(resource, 'json'));
    }),
    { numRuns: 200 },
  );
});

test('a resource is of every Patient that it refers to, wherever, and of no other', () => {
  const subject = { reference: 'Patient/a' };
  const extension = [{ url: 'urn:x', valueReference: { reference: 'Patient/b/_history/2' } }];
  const resource = {
    resourceType: 'Task',
    status: 'draft',
    intent: 'order',
    for: subject,
    extension,
    focus: { reference: 'Group/c' },
  };
  assert.deepEqual(patientsOf(resource as unknown as Resource).sort(), ['a', 'b']);
  assert.deepEqual(patientsOf({ resourceType: 'Patient', id: 'd' } as Resource), ['d']);
});
