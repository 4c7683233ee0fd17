import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownWriters } from '../fhir/own-writers.ts';
import { attachingIn } from './attaching-event.ts';

const written = (by: string, type = 'DocumentReference', method = 'POST') =>
  attachingIn({ kind: 'resource-changed', tenant: 1, detail: { type, id: 'a', method, by } });

test('what others attach may become instances; what this node writes of instances does not become more of them', () => {
  assert.deepEqual(written('token:7'), { tenant: 1, type: 'DocumentReference', id: 'a', by: 'token:7' });
  for (const by of Object.values(ownWriters)) assert.equal(written(by), undefined, by);
  assert.equal(written('token:7', 'Observation'), undefined);
  assert.equal(written('token:7', 'Media', 'DELETE'), undefined);
});
