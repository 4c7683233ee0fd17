// What a person at the terminal, and a program, can ask and decide of identity on a running node.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { emptyFolder } from '../support/folder.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { type NodeProcess, openDoors, sharedNode } from '../support/node-process.ts';

const program = join(import.meta.dirname, '../../fascia');

async function fascia(data: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const options = { env: { ...process.env, FASCIA_DATA: data }, encoding: 'utf8' as const };
  const failed = (error: { code: number; stdout: string; stderr: string }) => error;
  return promisify(execFile)(program, args, options).then((output) => ({ code: 0, ...output }), failed);
}

/** What one test registers the next has before it: the batch, which keeps nothing, comes first. */
const start = sharedNode({ environment: openDoors });

async function register(node: NodeProcess, id: string, demographics: string): Promise<void> {
  const head = `MSH|^~\\&|RIS|NORTH|||20260101||ADT^A04|M${id}|P|2.5.1\rEVN|A04\r`;
  const bytes = new TextEncoder().encode(`${head}PID|1||${id}^^^NORTH||${demographics}\r`);
  assert.deepEqual(codesOf(await send(node.mllpPort, bytes)), ['AA']);
}

async function personOf(node: NodeProcess, id: string): Promise<string> {
  const [person] = (await (await fetch(`${node.url}/api/v1/identity/persons?issuer=NORTH&id=${id}`)).json()) as {
    id: string;
  }[];
  return person!.id;
}

test('a batch is answered as the command answers it, and nothing of it is kept', async (t) => {
  const node = await start();
  const hermione = { name: 'QUIMBLEY^HERMIONE^A', birthDate: '19610307', sex: 'F', phone: '0208 555 7319' };
  const home = { address: '12 Rookery Lane, Tamworth, 40210', timestamp: '2026-01-01T00:00:00Z' };
  const records = [
    { recordId: 'a', site: 'N', issuer: 'NORTH', patientId: '1', ...hermione, ...home },
    { recordId: 'b', site: 'S', issuer: 'SOUTH', patientId: '1', name: 'ABERNATHY^ROSALIND', birthDate: '19880919' },
    { recordId: 'c', site: 'N', issuer: 'NORTH', patientId: '1', ...hermione, source: 'hl7', address: null },
  ];
  const body = records.map((record) => `${JSON.stringify(record)}\n`).join('\n');
  const post = (content: string, type = 'application/x-ndjson') =>
    fetch(`${node.url}/api/v1/identity/batch`, { method: 'POST', headers: { 'Content-Type': type }, body: content });
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.csv')];
  writeFileSync(input, body);
  assert.equal((await fascia(node.data, 'identity', 'batch', input, output)).code, 0);
  const byCommand = readFileSync(output, 'utf8').trim().split('\n');
  for (const type of ['application/x-ndjson', 'application/json', 'application/x-www-form-urlencoded']) {
    const answer = await post(body, type);
    assert.equal(answer.status, 200);
    const lines = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const persons = lines.filter((line) => 'recordId' in line);
    assert.deepEqual(
      persons.map(({ recordId, personId }) => `${recordId},${personId}`),
      byCommand,
    );
    assert.equal(persons[0].personId, persons[2].personId);
    assert.notEqual(persons[0].personId, persons[1].personId);
  }
  const kept = await (await fetch(`${node.url}/api/v1/identity/persons`)).json();
  assert.deepEqual(kept, []);

  for (const wrong of ['{"recordId":"a"', '{"recordId":"a"}', '{"recordId":"a","patientId":7}', `${body}${body}`]) {
    const refused = await post(wrong);
    assert.equal(refused.status, 400);
    assert.match(((await refused.json()) as { detail: string }).detail, /line \d/);
  }
  assert.equal(await (await post('')).text(), '');
});

test('at the terminal the model by which is decided who is who is looked at, chosen and let go of', async () => {
  const node = await start();
  const model = (...args: string[]) => fascia(node.data, 'identity', 'model', ...args);
  await register(node, '3', 'LONGBOTTOM^AUGUSTA||19310505|F');
  assert.equal((await model('list')).stdout, 'in force: the one that is shipped\n');
  const few = await model('estimate');
  assert.deepEqual([few.code, few.stdout], [1, '']);
  assert.match(few.stderr, /a model needs 2000 sightings, there are 1/);

  assert.equal((await model('use', '0', '--reason', 'until we have looked')).code, 0);
  const chosen = JSON.parse((await model('list', '--json')).stdout);
  assert.deepEqual([chosen.inForce, chosen.pinned, chosen.uses.length], [0, true, 1]);
  assert.deepEqual(chosen.uses[0].swap, { joined: 0, split: 0 });
  assert.deepEqual([chosen.uses[0].decidedBy, chosen.uses[0].reason], ['local', 'until we have looked']);
  assert.equal((await model('release')).code, 0);
  const { stdout } = await model('list');
  assert.match(stdout, /^in force: the one that is shipped\n\nin force since entry\n/);
  assert.match(stdout, /local: until we have looked/);

  const unknown = await model('use', '9');
  assert.deepEqual([unknown.code, unknown.stdout], [1, '']);
  assert.deepEqual([(await model('use')).code, (await model('use', 'x')).code, (await model('burn')).code], [2, 2, 2]);
});

test('at the terminal two registrations are made one person, explained, and made two again', async () => {
  const node = await start();
  const ask = (...args: string[]) => fascia(node.data, 'identity', ...args);
  await register(node, '1', 'QUIMBLEY^HERMIONE^A||19610307|F');
  await register(node, '2', 'ABERNATHY^ROSALIND||19880919|F');
  const before = [await personOf(node, '1'), await personOf(node, '2')];
  const merged = await ask('merge', 'NORTH|1', before[1]!, '--reason', 'told by phone');
  assert.equal(merged.code, 0, merged.stderr);
  const decision = merged.stdout.trim();
  assert.match(decision, /^\d+$/);
  assert.equal(await personOf(node, '2'), await personOf(node, '1'));
  for (const meant of ['NORTH|2', before[1]!]) {
    const { stdout, code } = await ask('explain', meant);
    assert.equal(code, 0);
    assert.match(stdout, /NORTH\|1 and NORTH\|2: one person|NORTH\|2 and NORTH\|1: one person/);
    assert.match(stdout, /prior +1 in \d+ +-\d/);
    assert.match(stdout, new RegExp(`^ +${decision} +same `, 'm'));
    assert.doesNotMatch(stdout, /QUIMBLEY|ROSALIND/i, 'evidence, not names');
  }
  assert.equal((await ask('unmerge', decision)).code, 0);
  assert.deepEqual([await personOf(node, '1'), await personOf(node, '2')], before);

  const unknown = await ask('merge', 'NORTH|1', 'NORTH|404');
  assert.deepEqual([unknown.code, unknown.stdout], [1, '']);
  assert.match(unknown.stderr, /registration/);
  assert.equal((await ask('explain', 'SOUTH|1')).code, 1);
  assert.equal((await ask('unmerge', '999999')).code, 1);
});
