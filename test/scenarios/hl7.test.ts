// A whole node with its HL7 v2 door: what was acknowledged is there after a crash, and what lies in quarantine is seen,
// corrected and taken again.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { emptyFolder, unwinding } from '../support/folder.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { startNodeProcess } from '../support/node-process.ts';

const open = { FASCIA_AUTH: 'off' };
const adt = (id: string, rest: string) =>
  `MSH|^~\\&|RIS|RAD|||20261123||ADT^A08^ADT_A01|${id}|P|2.5.1\rEVN|A08\r${rest}`;
const utf8 = (text: string) => new TextEncoder().encode(text);
const patient = 'PID|1||7^^^RIS||UNMISTAKABLE^NAME\r';

interface Entry {
  id: string;
  controlId: string;
  state: string;
  replayOf: string | null;
}

async function api<T>(url: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  assert.equal(answer.status, 200, `${method} ${path}: ${await answer.clone().text()}`);
  return (await answer.json()) as T;
}

test('what was acknowledged is there after the node is killed, and is not taken twice', async (t) => {
  const later = unwinding(t);
  const data = emptyFolder(later);
  const node = await startNodeProcess(later, { data, environment: open });
  const sent = Array.from({ length: 50 }, (_, n) => utf8(adt(`K${n}`, patient)));
  const acknowledged = new Set<number>();
  const sending = sent.map(async (bytes, n) => {
    const answers = await send(node.mllpPort, bytes).catch(() => []);
    if (codesOf(answers)[0] === 'AA') acknowledged.add(n);
    // In the middle of the others.
    if (acknowledged.size === 20) node.process.kill('SIGKILL');
  });
  await Promise.all([...sending, once(node.process, 'close')]);
  const again = await startNodeProcess(later, { data, environment: open });
  const kept = await api<Entry[]>(again.url, 'GET', '/hl7/messages');
  const ids = new Set(kept.map(({ controlId }) => controlId));
  for (const n of acknowledged) assert.ok(ids.has(`K${n}`), `K${n} was acknowledged`);
  for (const bytes of sent) assert.deepEqual(codesOf(await send(again.mllpPort, bytes)), ['AA']);
  assert.equal((await api<Entry[]>(again.url, 'GET', '/hl7/messages')).length, sent.length);
});

test('a quarantined message is seen, corrected and taken again; its sender has a switch; no output names the patient', async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: open });
  const { url, mllpPort } = node;
  const wrong = adt('1', 'PIDX|1||7^^^RIS||UNMISTAKABLE^NAME\r');
  assert.deepEqual(codesOf(await send(mllpPort, utf8(wrong))), ['AE']);
  const [entry] = await api<Entry[]>(url, 'GET', '/hl7/quarantine');
  const bytes = await (await fetch(`${url}/api/v1/hl7/messages/${entry!.id}`)).text();
  assert.equal(bytes, wrong);

  const replay = (text?: string) =>
    api<{ id: string; state: string; problem?: string }>(url, 'POST', `/hl7/quarantine/${entry!.id}/replay`, { text });
  assert.equal((await replay()).problem, 'hl7/missing-segment');
  const taken = await replay(bytes.replace('PIDX', 'PID'));
  assert.equal(taken.state, 'applied');
  assert.deepEqual(await api(url, 'GET', '/hl7/quarantine'), []);
  const all = await api<Entry[]>(url, 'GET', '/hl7/messages');
  assert.deepEqual(
    all.map(({ id, state, replayOf }) => [id, state, replayOf]),
    [
      [taken.id, 'applied', entry!.id],
      [entry!.id, 'refused', null],
    ],
  );

  const sender = await api<{ name: string }>(url, 'GET', '/hl7/interfaces/RIS@RAD');
  await api(url, 'PUT', '/hl7/interfaces/RIS@RAD', { ...sender, enabled: false });
  assert.deepEqual(codesOf(await send(mllpPort, utf8(adt('2', patient)))), ['AR']);
  await api(url, 'PUT', '/hl7/interfaces/RIS@RAD', { ...sender, enabled: true });
  assert.deepEqual(codesOf(await send(mllpPort, utf8(adt('2', patient)))), ['AA']);
  assert.doesNotMatch(node.output(), /UNMISTAKABLE/);
});
