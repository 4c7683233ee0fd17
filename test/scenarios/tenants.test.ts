// Two organisations on one node: what one keeps does not exist for the other, whichever door it asks at.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stow } from '../support/dicomweb.ts';
import { type MadeInstance, makeInstance } from '../support/instances.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';
import { associate, find, get, move, storeAll } from '../support/peer.ts';
import { shared } from '../support/shared.ts';
import { bearer } from '../support/token.ts';

const scopes = ['read', 'write', 'hide', 'administer'];

/** A node with tenants one and two, each with a token. */
const twoTenants = shared(async (later) => {
  const node = await startNodeProcess(later);
  return { node, one: bearer(node, 'default', scopes), two: bearer(node, 'two', scopes) };
});

/** From now on the scripted peer belongs to the tenant whose token is `mine`, and no more to that of `other`. */
async function movePeer(node: NodeProcess, mine: Record<string, string>, other: Record<string, string>): Promise<void> {
  const url = `${node.url}/api/v1/peers/TESTPEER`;
  await fetch(url, { method: 'DELETE', headers: other });
  const peer = { aeTitle: 'TESTPEER', host: '127.0.0.1', port: 11199 };
  const headers = { ...mine, 'Content-Type': 'application/json' };
  const added = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(peer) });
  assert.ok(added.ok, await added.text());
}

const status = async (node: NodeProcess, path: string, headers: Record<string, string>, method = 'GET') =>
  (await fetch(`${node.url}/dicomweb${path}`, { method, headers: { Accept: '*/*', ...headers } })).status;

const studiesSeen = async (node: NodeProcess, headers: Record<string, string>) =>
  ((await (await fetch(`${node.url}/dicomweb/studies`, { headers })).json()) as unknown[]).length;

const pathsOf = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: MadeInstance): string[] => {
  const study = `/studies/${studyInstanceUid}`;
  const series = `${study}/series/${seriesInstanceUid}`;
  return [study, series, `${series}/instances/${sopInstanceUid}`];
};

test('DIMSE: who is no peer of anybody is rejected with "calling AE title not recognized"', async () => {
  const { node } = await twoTenants();
  const contexts = [{ abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] }];
  await assert.rejects(associate(node.dicomPort, contexts), /calling-AE-title-not-recognized/);
});

test('DICOMweb: a study of one tenant does not exist for another, to read, to find or to hide', async () => {
  const { node, one, two } = await twoTenants();
  const instance = makeInstance();
  assert.equal((await stow(node.url, [instance.file], { headers: one })).status, 200);
  assert.equal(await studiesSeen(node, one), 1);
  assert.equal(await studiesSeen(node, two), 0);
  for (const path of pathsOf(instance).flatMap((path) => [path, `${path}/metadata`])) {
    assert.equal(await status(node, path, one), 200, path);
    assert.equal(await status(node, path, two), 404, path);
  }
  for (const path of pathsOf(instance)) assert.equal(await status(node, path, two, 'DELETE'), 404, path);
  assert.equal(await status(node, pathsOf(instance)[0]!, one), 200);
  // The same UID kept for the other tenant is another study of its own.
  assert.equal((await stow(node.url, [instance.file], { headers: two })).status, 200);
  assert.equal(await status(node, pathsOf(instance)[0]!, two), 200);
});

test('DIMSE: a peer of one tenant finds, gets and moves nothing of another', async () => {
  const { node, one, two } = await twoTenants();
  const instance = makeInstance();
  const keys = { StudyInstanceUID: instance.studyInstanceUid };
  const before = await studiesSeen(node, one);
  await movePeer(node, one, two);
  assert.deepEqual([...(await storeAll(node.dicomPort, [instance])).values()], [0]);
  assert.equal((await find(node.dicomPort, 'STUDY', keys)).length, 1);
  assert.equal((await get(node.dicomPort, keys, [instance])).length, 1);
  await movePeer(node, two, one);
  assert.equal((await find(node.dicomPort, 'STUDY', keys)).length, 0);
  assert.equal((await get(node.dicomPort, keys, [instance])).length, 0);
  assert.equal(await move(node.dicomPort, keys, 'TESTPEER'), 0, 'nothing to move');
  // What it stores itself is its own.
  assert.deepEqual([...(await storeAll(node.dicomPort, [instance])).values()], [0]);
  assert.equal((await find(node.dicomPort, 'STUDY', keys)).length, 1);
  assert.equal(await studiesSeen(node, one), before + 1);
});

test('DICOMweb: a wrong credential and none are 401, one that may only read is 403 to a store', async () => {
  const { node } = await twoTenants();
  assert.equal(await status(node, '/studies', {}), 401);
  assert.equal(await status(node, '/studies', { Authorization: 'Bearer fascia_nonsense' }), 401);
  const headers = bearer(node, 'default', ['read']);
  assert.equal(await status(node, '/studies', headers), 200);
  assert.equal((await stow(node.url, [makeInstance().file], { headers })).status, 403);
});
