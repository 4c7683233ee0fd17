import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../../test/support/database.ts';
import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import { LocalVault } from './local-vault.ts';
import { domainName, type VaultCase } from './vault.ts';

const [first, second] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const domain = { tenant: 1, name: domainName('default', 'readx') };

const entry = (id: string, patient = 'PSEUDO1'): VaultCase => ({
  case: id,
  domain,
  patient: {
    pseudonym: { id: patient, name: patient },
    original: { id: 'KNRY-1', issuer: 'CLINIC', name: 'Kanarienvogel^Rosa', birthDate: '19610504' },
  },
  accession: { pseudonym: 'ACCPSEUDO', original: 'ACC-1' },
  studyUid: { pseudonym: '2.25.1', original: '1.2.3.1' },
  shiftDays: -77,
});

const isRefused = (code: string) => (thrown: unknown) => thrown instanceof Problem && thrown.code === code;

async function vaultWith(t: TestContext, ...cases: VaultCase[]): Promise<{ database: Database; vault: LocalVault }> {
  const database = await testDatabase(t);
  const vault = new LocalVault(database, () => [first]);
  for (const each of cases) await vault.begin(each);
  return { database, vault };
}

/** All that the vault's rows hold, as text. */
async function rowsOf(database: Database): Promise<string> {
  const tables = ['vault_domain', 'vault_patient', 'vault_case', 'vault_value'];
  const rows = await Promise.all(tables.map((table) => database.query(`select * from ${table}`)));
  return rows
    .flat()
    .flatMap((row) => Object.values(row))
    .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
    .join('\n');
}

test('what was written of a case comes back from it, and from no other case of the same patient', async (t) => {
  const { vault } = await vaultWith(t, entry('A'), entry('B'));
  await vault.write('A', [
    { kind: 'uid', pseudonym: '2.25.7', original: '1.2.3.7' },
    { kind: 'token', pseudonym: '[P1]', original: 'Frau Kanarienvogel' },
    { kind: 'identifier', pseudonym: 'SERIAL', original: 'CT-4711' },
  ]);
  const map = await vault.mapOf('A');
  assert.equal(map.originalUid('2.25.7'), '1.2.3.7');
  assert.equal(map.pseudonymUid('1.2.3.7'), '2.25.7');
  assert.equal(map.originalIdentifier('SERIAL'), 'CT-4711');
  assert.equal(map.tokens.get('[P1]'), 'Frau Kanarienvogel');
  assert.deepEqual(map.patient, entry('A').patient);
  assert.deepEqual([map.studyUid, map.accession, map.shiftDays], [entry('A').studyUid, entry('A').accession, -77]);
  assert.equal((await vault.mapOf('B')).originalUid('2.25.7'), undefined);
  await assert.rejects(vault.mapOf('C'), isRefused('reading/not-in-vault'));
});

test('rows of the vault say nothing of the patient to whoever has no key, and open with no other', async (t) => {
  const { database, vault } = await vaultWith(t, entry('A'));
  await vault.write('A', [{ kind: 'uid', pseudonym: '2.25.7', original: '1.2.840.113619.7' }]);
  assert.equal(/Kanarien|KNRY|ACC-1|19610504|113619/.test(await rowsOf(database)), false);
  await assert.rejects(new LocalVault(database, () => [second]).mapOf('A'), isRefused('reading/vault-locked'));
});

test('a row that was moved to another place does not open there', async (t) => {
  const { database, vault } = await vaultWith(t, entry('A'));
  await vault.write('A', [{ kind: 'uid', pseudonym: '2.25.7', original: '1.2.3.7' }]);
  await database.query(`update vault_value set pseudonym = '2.25.8'`);
  await assert.rejects(vault.mapOf('A'), /authenticate/);
});

test('a patient whose key was destroyed comes back from no case; others do, and nothing more is written of that one', async (t) => {
  const { database, vault } = await vaultWith(t, entry('A'), entry('B'), entry('C', 'PSEUDO2'));
  await vault.write('A', [{ kind: 'uid', pseudonym: '2.25.7', original: '1.2.3.7' }]);
  const erased = await vault.erase(domain, 'PSEUDO1');
  assert.deepEqual(erased.cases, ['A', 'B']);
  await assert.rejects(vault.mapOf('A'), isRefused('reading/erased'));
  await assert.rejects(vault.write('B', []), isRefused('reading/erased'));
  await assert.rejects(vault.begin(entry('D')), isRefused('reading/erased'));
  assert.equal((await vault.mapOf('C')).patient.original.id, 'KNRY-1');
  const [{ kept }] = (await database.query<{ kept: number }>(
    `select count(*)::integer as kept from vault_patient where pseudonym = 'PSEUDO1' and (wrapped_key is not null or sealed is not null)`,
  )) as [{ kept: number }];
  assert.equal(kept, 0);
});

test('of the pseudonyms of somebody who was merged, the one that was given first is theirs', async (t) => {
  const { database, vault } = await vaultWith(t, entry('A', 'EARLIER'));
  await database.query(`update vault_patient set created_at = now() - interval '1 day'`);
  await vault.begin(entry('B', 'LATER'));
  assert.equal(await vault.firstGiven(domain, ['NEVER', 'LATER', 'EARLIER']), 'EARLIER');
  assert.equal(await vault.firstGiven(domain, ['NEVER']), undefined);
  assert.equal(await vault.firstGiven({ ...domain, name: 'default to other' }, ['EARLIER']), undefined);
});
