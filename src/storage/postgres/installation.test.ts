import assert from 'node:assert/strict';
import { access, chmod, lstat, mkdir, mkdtemp, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { silentLog } from '../../base/log.ts';
import { chooseAccount } from './account.ts';
import { linkLibraries } from './binaries.ts';
import { startEmbeddedServer } from './supervisor.ts';

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fascia-installation-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Hides `unshare`, as a container does that refuses namespaces. */
async function withoutNamespaces<T>(t: TestContext, work: () => Promise<T>): Promise<T> {
  const before = process.env.PATH;
  process.env.PATH = await temporaryFolder(t);
  try {
    return await work();
  } finally {
    process.env.PATH = before;
  }
}

const asRoot = process.geteuid?.() === 0;

test('root where namespaces are refused: the server runs as nobody, in a folder that is its own', async (t) => {
  if (!asRoot) return t.skip('needs root');
  const top = await temporaryFolder(t);
  await chmod(top, 0o711);
  const data = path.join(top, 'data');
  await mkdir(data, { mode: 0o700 });
  const folder = path.join(data, 'postgres');
  const account = await withoutNamespaces(t, chooseAccount);
  assert.equal(account.assume, true);
  assert.notEqual(account.uid, 0);
  const server = await withoutNamespaces(t, () => startEmbeddedServer({ folder, log: silentLog }));
  assert.equal((await lstat(`/proc/${server.postmasterPid}`)).uid, account.uid);
  await server.stop();
  assert.equal((await stat(path.join(folder, 'cluster', 'PG_VERSION'))).uid, account.uid);
  assert.equal((await stat(data)).mode & 0o777, 0o701, 'others may pass through the data folder and not look into it');

  const again = await startEmbeddedServer({ folder, log: silentLog });
  await again.stop();
  assert.equal((await stat(path.join(folder, 'cluster', 'PG_VERSION'))).uid, (await chooseAccount()).uid);
});

test('library links that npm did not make are made beside the libraries, or in the data folder where that cannot be', async (t) => {
  const folder = await temporaryFolder(t);
  const native = path.join(folder, 'native');
  await mkdir(path.join(native, 'lib'), { recursive: true });
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(path.join(native, 'pg-symlinks.json'), JSON.stringify(links));
  await writeFile(path.join(native, 'lib', 'libpq.so.5.18'), '');
  assert.deepEqual(await linkLibraries(native, path.join(folder, 'spare')), {});
  assert.equal(await readlink(path.join(native, 'lib', 'libpq.so.5')), 'libpq.so.5.18');

  // Where a link cannot be made: its folder is a file.
  links[0]!.target = 'native/pg-symlinks.json/libpq.so.5';
  await writeFile(path.join(native, 'pg-symlinks.json'), JSON.stringify(links));
  const spare = path.join(folder, 'spare');
  assert.deepEqual(await linkLibraries(native, spare), { LD_LIBRARY_PATH: `${spare}:${path.join(native, 'lib')}` });
  await access(path.join(spare, 'libpq.so.5'));
});
