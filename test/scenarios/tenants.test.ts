// Two organisations on one node: what one keeps does not exist for the other, whichever door it asks at.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { stow } from '../support/dicomweb.ts';
import { type MadeInstance, makeInstance } from '../support/instances.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';
import { associate, find, get, move, storeAll } from '../support/peer.ts';

const scopes = ['read', 'write', 'hide', 'administer'].flatMap((scope) => ['--scope', scope]);

/** A node with tenants one and two, each with a token and a peer entry for the scripted peer at a time. */
async function twoTenants(t: TestContext) {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp));
  const cli = (...args: string[]) =>
    execFileSync('./fascia', args, {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, FASCIA_DATA: node.data },
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  const token = (tenant: string) => cli('token', 'create', '--tenant', tenant, ...scopes);
  return {
    node,
    one: { Authorization: `Bearer ${token('default')}` },
    two: { Authorization: `Bearer ${token('two')}` },
    /** From now on the scripted peer belongs to this tenant. */
    peerOf(tenant: string) {
      for (const each of ['default', 'two']) {
        try {
          cli('peer', 'remove', 'TESTPEER', '--tenant', each);
        } catch {
          // It was not there.
        }
      }
      cli('peer', 'add', 'TESTPEER', '127.0.0.1:11199', '--tenant', tenant);
    },
  };
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

test('DICOMweb: a study of one tenant does not exist for another, to read, to find or to hide', async (t) => {
  const { node, one, two } = await twoTenants(t);
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

test('DIMSE: a peer of one tenant finds, gets and moves nothing of another', async (t) => {
  const { node, one, peerOf } = await twoTenants(t);
  const instance = makeInstance();
  const keys = { StudyInstanceUID: instance.studyInstanceUid };
  peerOf('default');
  assert.deepEqual([...(await storeAll(node.dicomPort, [instance])).values()], [0]);
  assert.equal((await find(node.dicomPort, 'STUDY', keys)).length, 1);
  assert.equal((await get(node.dicomPort, keys, [instance])).length, 1);
  peerOf('two');
  assert.equal((await find(node.dicomPort, 'STUDY', keys)).length, 0);
  assert.equal((await get(node.dicomPort, keys, [instance])).length, 0);
  assert.equal(await move(node.dicomPort, keys, 'TESTPEER'), 0, 'nothing to move');
  // What it stores itself is its own.
  assert.deepEqual([...(await storeAll(node.dicomPort, [instance])).values()], [0]);
  assert.equal((await find(node.dicomPort, 'STUDY', keys)).length, 1);
  assert.equal(await studiesSeen(node, one), 1);
});

test('DIMSE: who is no peer of anybody is rejected with "calling AE title not recognized"', async (t) => {
  const { node } = await twoTenants(t);
  const contexts = [{ abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] }];
  await assert.rejects(associate(node.dicomPort, contexts), /calling-AE-title-not-recognized/);
});

test('DICOMweb: a wrong credential and none are 401, one that may only read is 403 to a store', async (t) => {
  const { node } = await twoTenants(t);
  assert.equal(await status(node, '/studies', {}), 401);
  assert.equal(await status(node, '/studies', { Authorization: 'Bearer fascia_nonsense' }), 401);
  const token = execFileSync('./fascia', ['token', 'create', '--scope', 'read'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, FASCIA_DATA: node.data },
    encoding: 'utf8',
  }).trim();
  const headers = { Authorization: `Bearer ${token}` };
  assert.equal(await status(node, '/studies', headers), 200);
  assert.equal((await stow(node.url, [makeInstance().file], { headers })).status, 403);
});
