import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../../test/support/database.ts';
import type { AuditEntry } from '../../audit/entry.ts';
import { Problem } from '../../base/problem.ts';
import { LocalVault } from '../../reading/store/local-vault.ts';
import { domainName, type VaultCase } from '../../reading/store/vault.ts';
import { masterKeyIn } from '../deidentify/master-key.ts';
import { type RotateCore, rotateClient, rotateVault, vaultMasters } from './vault-keys.ts';

const entry = (id: string, client = 'default'): VaultCase => ({
  case: id,
  domain: { tenant: 1, name: domainName(client, 'readx') },
  patient: { pseudonym: { id: 'PSEUDO1' }, original: { id: 'KNRY-1' } },
  studyUid: { pseudonym: '2.25.1', original: '1.2.3.1' },
  shiftDays: 0,
});

async function vaultIn(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'fascia-vault-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const database = await testDatabase(t);
  const file = join(folder, 'vault.key');
  const vaultKeys = { file, makes: true };
  const rows: AuditEntry[] = [];
  const audit = { record: async (row: AuditEntry) => void rows.push(row) } as unknown as RotateCore['audit'];
  /** As a node that starts opens it. */
  const opened = () => new LocalVault(database, () => vaultMasters(vaultKeys));
  return { core: { database, audit, vaultKeys }, file, rows, opened };
}

const by = { tenant: 1, by: 'local' };

test('a vault that goes over to a new key destroys the old one, and nodes that run and nodes that start go on', async (t) => {
  const { core, file, rows, opened } = await vaultIn(t);
  const running = opened();
  await running.begin(entry('A'));
  const old = readFileSync(file, 'utf8');
  await rotateVault(core, by);
  assert.equal(existsSync(`${file}.next`), false);
  assert.notEqual(readFileSync(file, 'utf8'), old);
  for (const vault of [running, opened()]) assert.equal((await vault.mapOf('A')).patient.original.id, 'KNRY-1');
  await running.begin(entry('B', 'other'));
  assert.equal((await opened().mapOf('B')).patient.original.id, 'KNRY-1');
  assert.deepEqual(
    rows.map(({ action, query }) => [action, query]),
    [['vault-rotate', 'vault: 1 domains, 1 patients, 2 rows']],
  );
});

test('a node that died when everything was sealed anew, and the old key not yet destroyed, ends it when it is asked again', async (t) => {
  const { core, file, opened } = await vaultIn(t);
  await opened().begin(entry('A'));
  const next = masterKeyIn(`${file}.next`);
  // What begins now is wrapped by the new key, whichever node begins it.
  await opened().begin(entry('B', 'other'));
  assert.equal((await opened().mapOf('A')).patient.original.id, 'KNRY-1');
  await rotateVault(core, by);
  assert.deepEqual(vaultMasters(core.vaultKeys), [next]);
  for (const id of ['A', 'B']) assert.equal((await opened().mapOf(id)).patient.original.id, 'KNRY-1');
});

test('a former key that something is wrapped by still is not destroyed', async (t) => {
  const { core, file, opened } = await vaultIn(t);
  await opened().begin(entry('A'));
  const old = readFileSync(file, 'utf8');
  // As if a node that had not seen the new key began a domain meanwhile: it stays wrapped by the old one.
  await core.database.query(`create function keeps() returns trigger language plpgsql as $$ begin return null; end $$`);
  await core.database.query('create trigger keeps before update on vault_domain for each row execute function keeps()');
  await assert.rejects(rotateVault(core, by), (thrown) => thrown instanceof Problem && thrown.code === 'reading/moved');
  assert.equal(readFileSync(file, 'utf8'), old);
  assert.ok(existsSync(`${file}.next`));
});

test('one client’s new keys leave the vault’s own and those of other clients', async (t) => {
  const { core, file, opened } = await vaultIn(t);
  await opened().begin(entry('A'));
  const old = readFileSync(file, 'utf8');
  await rotateClient(core, by);
  const domains = await core.database.query<{ version: number; former_key: Buffer | null }>(
    'select * from vault_domain',
  );
  assert.deepEqual([domains[0]!.version, domains[0]!.former_key], [2, null]);
  assert.equal((await opened().mapOf('A')).patient.original.id, 'KNRY-1');
  assert.equal(readFileSync(file, 'utf8'), old);
});
