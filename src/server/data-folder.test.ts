import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { claimDataFolder, controlSocket, FolderInUse } from './data-folder.ts';

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'fascia-folder-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const ask = (folder: string) =>
  new Promise<string>((resolve, reject) => {
    request({ socketPath: controlSocket(folder), path: '/' }, (response) => resolve(text(response)))
      .on('error', reject)
      .end();
  });

test('a data folder belongs to one node at a time, which leaves its process id there', async (t) => {
  const folder = temporaryFolder(t);
  const claimed = await claimDataFolder(folder);
  assert.ok(statSync(join(folder, 'fascia.pid')).isFile());
  await assert.rejects(claimDataFolder(folder), FolderInUse);
  await claimed.release();
  assert.equal(statSync(join(folder, 'fascia.pid'), { throwIfNoEntry: false }), undefined);
  await (await claimDataFolder(folder)).release();
});

test('only the account of the node may use the control socket', async (t) => {
  const folder = temporaryFolder(t);
  const claimed = await claimDataFolder(folder);
  assert.equal(statSync(join(folder, 'control.sock')).mode & 0o777, 0o600);
  await claimed.release();
});

test('a socket that a killed node left behind does not keep the next one out', async (t) => {
  const folder = temporaryFolder(t);
  // The file without anybody behind it.
  writeFileSync(join(folder, 'control.sock'), '');
  await (await claimDataFolder(folder)).release();
});

test('whoever calls while the node is starting waits for its answer', async (t) => {
  const folder = temporaryFolder(t);
  const claimed = await claimDataFolder(folder);
  const answer = ask(folder);
  claimed.serve((_request, response) => response.end('ready'));
  assert.equal(await answer, 'ready');
  assert.equal(await ask(folder), 'ready');
  await claimed.release();
});

test('a data folder may have a path longer than a socket address can hold', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const folder = join(temporaryFolder(t), 'a-hospital-with-a-long-name'.repeat(5));
  mkdirSync(folder);
  const claimed = await claimDataFolder(folder);
  claimed.serve((_request, response) => response.end('reached'));
  assert.equal(await ask(folder), 'reached');
  await claimed.release();
});
