// Being told of what happens, on a whole node: somebody else's FHIR client subscribes, studies come by C-STORE, the node is
// killed while its subscriber is away, and tells it after the next start; the reading room has its hub.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { MedplumClient } from '@medplum/core';
import type { Bundle, ImagingStudy, Parameters, Resource, Subscription } from '@medplum/fhirtypes';
import { WebSocket } from 'ws';
import { readResource } from '../../src/fhir/resource.ts';
import { emptyFolder } from '../support/folder.ts';
import { httpReceiver } from '../support/http-receiver.ts';
import { makeStudy } from '../support/instances.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';

const IG = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';

const wish = (endpoint: string, topic: string): Subscription =>
  ({
    resourceType: 'Subscription',
    status: 'requested',
    reason: 'a scenario',
    criteria: `urn:fascia:topic:${topic}`,
    channel: {
      type: 'rest-hook',
      endpoint,
      payload: 'application/fhir+json',
      _payload: { extension: [{ url: `${IG}/backport-payload-content`, valueCode: 'full-resource' }] },
    },
  }) as Subscription;

test('a subscriber is told of studies in their order, also of those that came while it or the node was away', async (t) => {
  const data = emptyFolder((cleanUp) => t.after(cleanUp));
  const start = () => startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors, data });
  const node = await start();
  let isAway = false;
  const hook = await httpReceiver(t, () => ({ status: isAway ? 503 : 200 }));
  const client = new MedplumClient({ baseUrl: `${node.url}/`, fetch, cacheTime: 0 });
  const { id } = await client.createResource(wish(hook.url, 'imaging-study-available'));
  await hook.answered(1);
  // Each is what R4 says it is: read, and so checked.
  const told = (): ImagingStudy[] =>
    hook.requests.flatMap(({ body }) =>
      ((readResource(body.toString(), 'json') as Bundle).entry ?? [])
        .slice(1)
        .map(({ resource }) => resource as ImagingStudy),
    );
  const uidOf = ({ identifier }: ImagingStudy): string => identifier![0]!.value!.replace('urn:oid:', '');
  const first = makeStudy(1, 3);
  await storeAll(node.dicomPort, first);
  await hook.answered(2);
  assert.deepEqual(
    told().map(({ numberOfInstances }) => numberOfInstances),
    [3],
  );
  isAway = true;
  const second = makeStudy(1, 2);
  await storeAll(node.dicomPort, second);
  await hook.answered(3);
  node.process.kill('SIGKILL');
  await node.ended;
  isAway = false;
  const before = hook.requests.length;
  const again = await start();
  await hook.answered(before + 1);
  assert.equal(uidOf(told().at(-1)!), second[0]!.studyInstanceUid);
  const status = await (await fetch(`${again.url}/fhir/R4/Subscription/${id}/$status`)).text();
  const [{ resource }] = (readResource(status, 'json') as Bundle).entry as [{ resource: Resource }];
  const said = Object.fromEntries(
    (resource as Parameters).parameter!.map((each) => [each.name, each.valueCode ?? each.valueString]),
  );
  assert.equal(said['events-since-subscription-start'], '2');

  const { 'hub.url': hub, 'hub.topic': topic } = (await (
    await fetch(`${again.url}/fhircast/session`, { method: 'POST' })
  ).json()) as Record<string, string>;
  const form = {
    'hub.channel.type': 'websocket',
    'hub.mode': 'subscribe',
    'hub.topic': topic!,
    'hub.events': 'Patient-open',
  };
  const accepted = await fetch(hub!, { method: 'POST', body: new URLSearchParams(form) });
  assert.equal(accepted.status, 202);
  const socket = new WebSocket(((await accepted.json()) as Record<string, string>)['hub.channel.endpoint']!);
  const [confirmed] = (await once(socket, 'message')) as [Buffer];
  assert.equal(JSON.parse(String(confirmed))['hub.mode'], 'subscribe');
  const event = {
    'hub.topic': topic,
    'hub.event': 'Patient-open',
    context: [{ key: 'patient', resource: { resourceType: 'Patient', id: 'p1' } }],
  };
  const heard = once(socket, 'message') as Promise<[Buffer]>;
  const body = JSON.stringify({ timestamp: new Date().toISOString(), id: '1', event });
  await fetch(hub!, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  assert.equal(JSON.parse(String((await heard)[0])).event['hub.event'], 'Patient-open');
  socket.terminate();
});
