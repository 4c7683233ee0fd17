import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extensions } from '../../fhir/subscriptions/profile.ts';
import { readSubscription } from '../../fhir/subscriptions/read-subscription.ts';
import { topics } from '../../fhir/subscriptions/topics.ts';
import { findableOf } from './findable.ts';
import { type Subscriber, SubscriberIndex } from './subscriber-index.ts';

const URL = topics.resourceChanged.url;

const subscriber = (id: string, tenant: number, ...filters: string[]): Subscriber => ({
  tenant,
  id,
  asks: readSubscription(
    {
      resourceType: 'Subscription',
      status: 'requested',
      reason: '',
      criteria: URL,
      _criteria: { extension: filters.map((valueString) => ({ url: extensions.filter, valueString })) },
      channel: {
        type: 'websocket',
        payload: 'application/fhir+json',
        _payload: { extension: [{ url: extensions.content, valueCode: 'empty' }] },
      },
    } as never,
    0,
  ),
});

const task = (more: object) =>
  findableOf(
    {
      resourceType: 'Task',
      id: 't1',
      status: 'requested',
      intent: 'order',
      meta: { lastUpdated: '2026-11-23T10:00:00Z' },
      ...more,
    } as never,
    async (id) => (id === 'merged' ? ['merged', 'p7'] : [id]),
  );

test('each is told that asks for it, whatever value leads to it, and once', async () => {
  const index = new SubscriberIndex([
    subscriber('all', 1),
    subscriber('type', 1, 'Task?'),
    subscriber('other type', 1, 'Observation?'),
    subscriber('other tenant', 2, 'Task?'),
    subscriber('patient', 1, 'Task?patient=Patient/p7'),
    subscriber('two patients', 1, 'Task?patient=Patient/p7,Patient/p8'),
    subscriber('and status', 1, 'Task?patient=Patient/p7&status=completed'),
    subscriber('two filters', 1, 'Task?patient=Patient/p7', 'status=requested'),
    subscriber('id', 1, 'Task?_id=t1'),
    subscriber('not', 1, 'Task?status:not=completed'),
    subscriber('date', 1, 'Task?_lastUpdated=ge2026-11-23'),
    subscriber('later', 1, 'Task?_lastUpdated=gt2026-11-23'),
  ]);
  const told = index.toldOf(1, URL, 'Task', await task({ for: { reference: 'Patient/merged' } }));
  assert.deepEqual(told.sort(), ['all', 'date', 'id', 'not', 'patient', 'two filters', 'two patients', 'type']);
});

test('ten thousand that ask for somebody else are not looked at', async () => {
  const many = Array.from({ length: 10_000 }, (_, n) =>
    subscriber(`s${n}`, 1, `Task?patient=Patient/p${n}&status=requested`),
  );
  const index = new SubscriberIndex(many);
  const resource = await task({ for: { reference: 'Patient/p7' } });
  let asked = 0;
  const values = new Proxy(resource.values as Map<string, never[]>, {
    get: (of, name) => {
      if (name === 'get') asked += 1;
      const found = Reflect.get(of, name);
      return typeof found === 'function' ? found.bind(of) : found;
    },
  });
  assert.deepEqual(index.toldOf(1, URL, 'Task', { ...resource, values }), ['s7']);
  assert.ok(asked <= 4, `${asked} values looked at`);
});
