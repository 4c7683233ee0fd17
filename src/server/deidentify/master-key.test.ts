import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ConfigError } from '../../base/config.ts';
import { domainPseudonyms } from './domain-key.ts';
import { masterKeyIn, readMasterKey } from './master-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'fascia-key-'));
after(() => rmSync(folder, { recursive: true }));

test('a key is made once, for its owner alone, and is the same ever after', () => {
  const file = join(folder, 'deidentify.key');
  const made = masterKeyIn(file);
  assert.equal(made.length, 32);
  assert.deepEqual(masterKeyIn(file), made);
  assert.deepEqual(readMasterKey(file), made);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder), ['deidentify.key']);
});

test('a file that holds no key is refused, and never replaced', () => {
  const file = join(folder, 'short.key');
  writeFileSync(file, 'abcd');
  assert.throws(() => masterKeyIn(file), ConfigError);
  assert.throws(() => readMasterKey(join(folder, 'none.key')), ConfigError);
});

test('domains and tenants have nothing in common, one domain everything', () => {
  const master = new Uint8Array(32).fill(9);
  const uidOf = (tenant: string, name: string) => domainPseudonyms(master, { tenant, name }).uid('1.2.3');
  assert.equal(uidOf('1', 'a'), uidOf('1', 'a'));
  assert.equal(new Set([uidOf('1', 'a'), uidOf('1', 'b'), uidOf('2', 'a')]).size, 3);
  // RFC 9562: version 8, variant 10.
  const uuid = BigInt(uidOf('1', 'a').slice('2.25.'.length)).toString(16).padStart(32, '0');
  assert.match(uuid, /^.{12}8.{3}[89ab].{15}$/);
  const { id } = domainPseudonyms(master, { tenant: '1', name: 'a' }).patient({ issuer: 'A', id: '1' }, '');
  assert.match(id, /^[A-Z2-7]{16}$/);
  assert.notEqual(id, domainPseudonyms(master, { tenant: '1', name: 'a' }).patient({ issuer: 'B', id: '1' }, '').id);
});
