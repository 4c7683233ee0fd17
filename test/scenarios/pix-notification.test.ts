// IHE ITI-10 on a whole node: an interface that wants to know is told whenever a person's identifiers belong together
// otherwise than before, in order, until it acknowledges, over a restart too.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { acknowledge } from '../../src/hl7v2/acknowledgement.ts';
import type { Message } from '../../src/hl7v2/message.ts';
import { listenMllp } from '../../src/hl7v2/mllp/listener.ts';
import { systemAnswering } from '../../src/hl7v2/mllp/served-connection.ts';
import { readMessage } from '../../src/hl7v2/reader.ts';
import { emptyFolder } from '../support/folder.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';

/** A system that is told; `next` resolves to what it was told next. */
async function openReceiver(t: TestContext, codes: ('AA' | 'AR' | 'AE')[] = []) {
  const told: Message[] = [];
  let heard = Promise.withResolvers<void>();
  const handler = async (bytes: Uint8Array) => {
    const message = readMessage(bytes);
    told.push(message);
    heard.resolve();
    return [acknowledge(message, codes.shift() ?? 'AA', {}, systemAnswering).bytes];
  };
  const listener = await listenMllp({ host: '127.0.0.1', port: 0, handler });
  t.after(() => listener.close());
  let at = 0;
  async function next(): Promise<Message> {
    while (told[at] === undefined) {
      await heard.promise;
      heard = Promise.withResolvers();
    }
    return told[at++]!;
  }
  return { port: listener.port, next, told };
}

async function api<T>({ url }: NodeProcess, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
  return (await answer.json()) as T;
}

const notify = (node: NodeProcess, name: string, port: number, domains?: string[]) =>
  api(node, 'PUT', `/hl7/interfaces/${name}`, {
    name,
    sendingApplication: name,
    sendingFacility: 'EAST',
    profile: { notify: { host: '127.0.0.1', port, ...(domains && { domains }) } },
  });

let messages = 0;
async function adt(node: NodeProcess, event: string, ...segments: string[]): Promise<void> {
  messages += 1;
  const head = `MSH|^~\\&|RIS|NORTH|||20260101||ADT^${event}|M${messages}|P|2.5.1\rEVN|${event}\r`;
  const answers = await send(node.mllpPort, new TextEncoder().encode(`${head}${segments.join('\r')}\r`));
  assert.deepEqual(codesOf(answers), ['AA']);
}
const HERMIONE = 'QUIMBLEY^HERMIONE^A||19610307|F';
const ROSALIND = 'ABERNATHY^ROSALIND||19880919|F';
const join = (node: NodeProcess, a: string, b: string) =>
  api<{ entry: string }>(node, 'POST', '/identity/decisions', {
    type: 'same',
    of: [a, b].map((text) => ({ issuer: text.split('|')[0], id: text.split('|')[1] })),
  });
const identifiersIn = (message: Message): string[] =>
  message
    .segment('PID')!
    .repetitions(3)
    .map((each) => `${each.component(4)}|${each.component(1)}`)
    .sort();

interface Notice {
  id: string;
  state: string;
  problem: string | null;
  identifiers: object[];
}
const notices = (node: NodeProcess, query = '') => api<Notice[]>(node, 'GET', `/hl7/notifications${query}`);

test('ITI-10: what belongs together is told, and that it no longer does; a new number alone is no news', async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  // It wants the first one once more, and the third one otherwise.
  const pas = await openReceiver(t, ['AR', 'AA', 'AA', 'AE']);
  const north = await openReceiver(t);
  await notify(node, 'PAS', pas.port);
  await notify(node, 'NORTHERN', north.port, ['NORTH']);
  await adt(node, 'A04', `PID|1||1^^^NORTH||${HERMIONE}`);
  await adt(node, 'A04', `PID|1||2^^^NORTH||${ROSALIND}`);
  await adt(node, 'A04', `PID|1||9^^^SOUTH||${ROSALIND}`);
  const first = await pas.next();
  assert.deepEqual(identifiersIn(first), ['NORTH|2', 'SOUTH|9']);
  assert.deepEqual(
    [first.header.messageCode, first.header.triggerEvent, first.header.receivingApplication, first.header.versionId],
    ['ADT', 'A31', 'PAS', '2.5'],
  );
  assert.equal(first.segment('PV1')!.text(2), 'N');
  assert.doesNotMatch(first.text, /QUIMBLEY|ABERNATHY/, 'identifiers are told, nothing else');
  const again = await pas.next();
  assert.equal(again.header.messageControlId, first.header.messageControlId);

  const { entry } = await join(node, 'NORTH|1', 'NORTH|2');
  assert.deepEqual(identifiersIn(await pas.next()), ['NORTH|1', 'NORTH|2', 'SOUTH|9']);
  assert.deepEqual(identifiersIn(await north.next()), ['NORTH|1', 'NORTH|2']);
  await adt(node, 'A08', `PID|1||1^^^NORTH||${HERMIONE}`);
  await api(node, 'POST', '/identity/decisions', { type: 'retract', entry });
  const apart = [identifiersIn(await pas.next()), identifiersIn(await pas.next())];
  assert.deepEqual(apart.sort(), [['NORTH|1'], ['NORTH|2', 'SOUTH|9']]);
  assert.deepEqual([identifiersIn(await north.next()), identifiersIn(await north.next())].sort(), [
    ['NORTH|1'],
    ['NORTH|2'],
  ]);
  while ((await notices(node, '?state=waiting')).length > 0);
  const shown = await notices(node, '?interface=PAS');
  assert.deepEqual(shown.map(({ state }) => state).sort(), ['acknowledged', 'acknowledged', 'acknowledged', 'refused']);
  assert.equal(pas.told.length, 5);
  assert.equal(north.told.length, 3);
});

test('ITI-10: who cannot be reached is told after a restart, and it is seen until then', async (t) => {
  const data = emptyFolder((cleanUp) => t.after(cleanUp));
  const start = () => startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors, data });
  const node = await start();
  const gone = await listenMllp({ host: '127.0.0.1', port: 0, handler: async () => [] });
  await gone.close();
  await notify(node, 'PAS', gone.port);
  await adt(node, 'A04', `PID|1||1^^^NORTH||${HERMIONE}`);
  await adt(node, 'A04', `PID|1||2^^^NORTH||${ROSALIND}`);
  await adt(node, 'A40', `PID|1||1^^^NORTH||${HERMIONE}`, 'MRG|2^^^NORTH');
  let waiting: Notice[] = [];
  while (waiting[0]?.problem == null) waiting = await notices(node, '?state=waiting');
  assert.deepEqual(
    waiting.map(({ problem }) => problem),
    ['hl7/peer-unreachable'],
  );
  await node.stop();
  const back = await openReceiver(t);
  const again = await start();
  await notify(again, 'PAS', back.port);
  const told = await back.next();
  assert.deepEqual(identifiersIn(told), ['NORTH|1', 'NORTH|2']);
  assert.equal(told.header.messageControlId, `PIX${waiting[0]!.id}`);
  while ((await notices(again, '?state=waiting')).length > 0);
  assert.equal(back.told.length, 1);
});
