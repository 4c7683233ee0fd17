import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../../test/support/database.ts';
import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import { LocalVault } from './local-vault.ts';
import { domainName, type VaultCase } from './vault.ts';
import { rotateDomains } from './vault-rotation.ts';
import { Keyring } from './vault-rows.ts';

const [first, second] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const isRefused = (code: string) => (thrown: unknown) => thrown instanceof Problem && thrown.code === code;

const entry = (id: string, patient = 'PSEUDO1', provider = 'readx'): VaultCase => ({
  case: id,
  domain: { tenant: 1, name: domainName('default', provider) },
  patient: {
    pseudonym: { id: patient, name: patient },
    original: { id: `KNRY-${patient}`, issuer: 'CLINIC', name: 'Kanarienvogel^Rosa' },
  },
  studyUid: { pseudonym: '2.25.1', original: '1.2.3.1' },
  shiftDays: -77,
});

const values = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => ({ kind: 'uid', pseudonym: `2.25.${at}`, original: `1.2.3.${at}` }) as const,
  );

const tables = ['vault_domain', 'vault_patient', 'vault_case', 'vault_value'];

/** What each row is sealed to, and by: nonce, ciphertext and tag. */
async function sealedIn(database: Database): Promise<Set<string>> {
  const rows = await Promise.all(tables.map((table) => database.query(`select * from ${table}`)));
  const bytes = rows.flat().flatMap((row) => Object.values(row).filter((value) => Buffer.isBuffer(value)));
  return new Set(bytes.filter(({ length }) => length > 0).map((value) => value.toString('hex')));
}

/** Which ring a node has: the newest first. */
const of = (...masters: Uint8Array[]) => new Keyring(() => masters);

/** The same catalogue, of which the connection is gone at the statement that comes after so many. */
function cutOff(database: Database, after: number): Database {
  let left = after;
  const gone = () => {
    if (left-- <= 0) throw new Problem('storage/unavailable');
  };
  return {
    ...database,
    query: async (text: string, given?: unknown[]) => {
      gone();
      return database.query(text, given);
    },
    pool: {
      connect: async () => {
        const client = await database.pool.connect();
        const query = (text: string, given?: unknown[]) => {
          if (text !== 'rollback') gone();
          return client.query(text, given);
        };
        return { query, release: (broken?: Error) => client.release(broken) };
      },
    },
  } as unknown as Database;
}

async function threePatients(t: TestContext): Promise<{ database: Database; vault: LocalVault }> {
  const database = await testDatabase(t);
  const vault = new LocalVault(database, () => [first]);
  for (const each of [entry('A'), entry('B', 'PSEUDO2'), entry('C', 'PSEUDO3', 'other')]) await vault.begin(each);
  await vault.write('A', values(5));
  await vault.write('B', values(3));
  return { database, vault };
}

async function assertOpens(vault: LocalVault): Promise<void> {
  assert.equal((await vault.mapOf('A')).originalUid('2.25.4'), '1.2.3.4');
  assert.equal((await vault.mapOf('B')).originalUid('2.25.2'), '1.2.3.2');
  const { patient, shiftDays } = await vault.mapOf('C');
  assert.deepEqual([patient.pseudonym.id, patient.original.id, shiftDays], ['PSEUDO3', 'KNRY-PSEUDO3', -77]);
}

test('after a rotation nothing is sealed as it was, the new key opens all of it and the old one nothing', async (t) => {
  const { database } = await threePatients(t);
  const before = await sealedIn(database);
  assert.deepEqual(await rotateDomains(database, of(second, first)), { domains: 2, patients: 3, rows: 14 });
  for (const each of await sealedIn(database)) assert.equal(before.has(each), false);
  await assertOpens(new LocalVault(database, () => [second]));
  await assert.rejects(new LocalVault(database, () => [first]).mapOf('A'), isRefused('reading/vault-locked'));
  const renewed = new LocalVault(database, () => [second]);
  await renewed.begin(entry('D'));
  assert.equal((await renewed.mapOf('D')).patient.original.id, 'KNRY-PSEUDO1');
});

test('of a rotation that is cut off at any statement everything opens still, new cases begin, and asked again it ends', async (t) => {
  const { database } = await threePatients(t);
  const keys = [first, second];
  let cuts = 0;
  for (let after = 0; ; after++) {
    const [old, fresh] = [keys[0]!, keys[1]!];
    const ring = of(fresh, old);
    const ended = await rotateDomains(cutOff(database, after), ring).then(
      () => true,
      (thrown) => {
        if (isRefused('storage/unavailable')(thrown)) return false;
        throw thrown;
      },
    );
    const between = new LocalVault(database, () => [fresh, old]);
    await assertOpens(between);
    if (ended) break;
    cuts++;
    await between.begin(entry('E'));
    await between.begin(entry('F', 'LATER'));
    await rotateDomains(database, ring);
    await assertOpens(new LocalVault(database, () => [fresh]));
    const [{ left }] = (await database.query<{ left: number }>(
      'select count(*)::integer as left from vault_domain where former_key is not null',
    )) as [{ left: number }];
    assert.equal(left, 0);
    keys.reverse();
  }
  assert.ok(cuts > 30, `cut off ${cuts} times`);
});

test('what is written while keys are rotated opens afterwards', async (t) => {
  const { database } = await threePatients(t);
  const vault = new LocalVault(database, () => [second, first]);
  const writing = (async () => {
    for (let at = 0; at < 40; at++) {
      await vault.write('A', [{ kind: 'uid', pseudonym: `2.25.9${at}`, original: `1.2.9.${at}` }]);
      await vault.begin(entry(`N${at}`, at % 2 === 0 ? 'PSEUDO1' : `NEW${at}`));
      assert.equal((await vault.mapOf('A')).originalUid('2.25.4'), '1.2.3.4');
    }
  })();
  for (let turn = 0; turn < 4; turn++) await rotateDomains(database, of(second, first), 1);
  await writing;
  await assertOpens(vault);
  const map = await vault.mapOf('A');
  for (let at = 0; at < 40; at++) {
    assert.equal(map.originalUid(`2.25.9${at}`), `1.2.9.${at}`);
    assert.equal((await vault.mapOf(`N${at}`)).studyUid.original, '1.2.3.1');
  }
});

test('a patient who was erased stays erased, and is no reason to keep a former key', async (t) => {
  const { database, vault } = await threePatients(t);
  await vault.erase(entry('B').domain, 'PSEUDO2');
  assert.deepEqual(await rotateDomains(database, of(second, first)), { domains: 2, patients: 2, rows: 9 });
  const renewed = new LocalVault(database, () => [second]);
  await assert.rejects(renewed.mapOf('B'), isRefused('reading/erased'));
  const former = await database.query('select 1 from vault_domain where former_key is not null');
  assert.equal(former.length, 0);
});
