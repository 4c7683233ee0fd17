import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutMembers, type Members, objectOf } from './members.ts';

const tag = fc
  .integer({ min: 0, max: 0xffff_ffff })
  .map((number) => number.toString(16).toUpperCase().padStart(8, '0'));
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '\\"', '{}', '}', '{"', '\\\\"}'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const attribute = fc.record({
  vr: fc.constant('LO'),
  Value: fc.array(fc.oneof(value, fc.dictionary(tag, fc.record({ vr: fc.constant('SQ'), Value: fc.array(value) }))), {
    maxLength: 3,
  }),
});
const object = fc.dictionary(tag, attribute, { maxKeys: 6 });

test('the members of any object, put together again, are the object, its attributes in ascending order', () => {
  fc.assert(
    fc.property(object, (json) => {
      const members: Members = new Map();
      cutMembers(JSON.stringify(json), members);
      const ascending = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1));
      assert.equal(
        objectOf(members),
        `{${ascending.map(([key, each]) => `"${key}":${JSON.stringify(each)}`).join(',')}}`,
      );
    }),
  );
});

test('numbers keep the digits that no JavaScript number has', () => {
  const members: Members = new Map();
  cutMembers('"00181020":{"vr":"DS","Value":[1.2345678901234567890,1.50]},"00200013":{"vr":"IS"}', members);
  assert.equal(members.get('00181020'), '"00181020":{"vr":"DS","Value":[1.2345678901234567890,1.50]}');
  assert.equal(members.get('00200013'), '"00200013":{"vr":"IS"}');
});

test('only what is wanted is taken, and the later of two levels stays', () => {
  const members: Members = new Map();
  cutMembers('{"00080005":{"vr":"CS"},"00100020":{"vr":"LO","Value":["1"]}}', members, new Set(['00100020']));
  cutMembers('{"00100020":{"vr":"LO","Value":["2"]}}', members);
  assert.deepEqual([...members], [['00100020', '"00100020":{"vr":"LO","Value":["2"]}']]);
});
