import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../../test/support/database.ts';
import { tenantNamed } from '../../auth/tenants.ts';
import type { Database } from '../../storage/database.ts';
import { readSite } from '../gate/site.ts';
import { aReader, theFacts } from '../gate/testing/rows.ts';
import { readContract, readTerm } from '../terms/read-term.ts';
import { Readers } from './readers.ts';
import { Terms } from './terms.ts';

const at = Date.parse('2026-11-23T07:00:00Z');
const by = { author: 'token:1', at };
const term = {
  readType: 'final',
  jurisdictions: { patientAt: ['US'] },
  disclosure: { mode: 'identified' },
  price: { unit: 'exam', amount: '40.00', currency: 'EUR' },
};

const contract = (change: object = {}) => ({
  ...readContract({ id: 'c', provider: 'telerad', from: '2026-01-01', terms: { ct: term }, ...change }, { at }),
  client: 'north',
});

async function opened(t: TestContext, database?: Database) {
  const catalogue = database ?? (await testDatabase(t));
  const heard = Promise.withResolvers<void>();
  const [terms, readers] = [await Terms.open(catalogue, heard.resolve), await Readers.open(catalogue, heard.resolve)];
  t.after(() => {
    terms.close();
    readers.close();
  });
  return { database: catalogue, terms, readers, heard: heard.promise };
}

test('a case is taken in under the version that holds then, and keeps it whatever is agreed later', async (t) => {
  const { terms } = await opened(t);
  await terms.putContract(contract(), by);
  const taken = terms.termFor('north', theFacts(), at).term!;
  assert.deepEqual([taken.id, taken.version], ['c/ct', 1]);
  const dearer = { ...term, validFrom: '2026-12-01', price: { ...term.price, amount: '45.00' } };
  const put = await terms.putTerm(readTerm(dearer, { contract: 'c', name: 'ct', at }), 'token:1');
  assert.equal(put.version, 2);
  assert.equal(terms.termFor('north', theFacts(), at).term?.version, 1);
  assert.equal(terms.termFor('north', theFacts(), Date.parse('2026-12-01')).term?.price.amount, '45.00');
  assert.deepEqual(terms.term(taken), taken);
});

test('what says the same again is no new version; between whom a contract is cannot be changed', async (t) => {
  const { terms } = await opened(t);
  await terms.putContract(contract(), by);
  await terms.putContract(contract(), { ...by, at: at + 1000 });
  assert.deepEqual(
    terms.contract('c')?.terms.map(({ version }) => version),
    [1],
  );
  await assert.rejects(terms.putContract({ ...contract(), client: 'south' }, by), { code: 'auth/forbidden' });
  await assert.rejects(terms.putContract(contract({ provider: 'other' }), by), { code: 'auth/forbidden' });
  const lost = readTerm(term, { contract: 'none', name: 'ct', at });
  await assert.rejects(terms.putTerm(lost, 'token:1'), { code: 'catalogue/not-found' });
});

test('no case is taken in under a contract that is offered, terminated, not begun, over, or of another client', async (t) => {
  const { terms } = await opened(t);
  const found = async (change: object, client = 'north') => {
    await terms.putContract(contract(change), by);
    return terms.termFor(client, theFacts(), at).term?.id;
  };
  assert.equal(await found({}), 'c/ct');
  assert.equal(await found({}, 'south'), undefined);
  assert.equal(await found({ status: 'offered' }), undefined);
  assert.equal(await found({ status: 'terminated' }), undefined);
  assert.equal(await found({ from: '2026-12-01' }), undefined);
  assert.equal(await found({ to: '2026-11-23' }), undefined);
});

test('another node knows a contract, a site, a reader and a roster as soon as it hears of them', async (t) => {
  const { database, terms, readers } = await opened(t);
  const other = await opened(t, database);
  await terms.putContract(contract(), by);
  await other.heard;
  assert.equal(other.terms.contracts().length, 1);
  await terms.putSite(await tenantNamed(database, 'north'), readSite({ id: 'a', at: 'DE' }));
  await readers.put(aReader(), 'token:1');
  const shift = { id: 's', from: '2026-11-23T00:00:00.000Z', to: '2099-01-01T00:00:00.000Z' };
  await readers.putShifts('ng', [shift], at);
  // Its own change waits for what it reads already.
  await other.terms.putSite(await tenantNamed(database, 'north'), readSite({ id: 'b', at: 'DE' }));
  await other.readers.grant('ng', 'south', [], 'token:1');
  assert.deepEqual(
    other.terms.sites('north').map(({ id }) => id),
    ['a', 'b'],
  );
  assert.deepEqual(other.readers.reader('ng')?.shifts, [shift]);
});

test('a reader is of one provider, reads in its room, and a client grants what concerns it alone', async (t) => {
  const { database, readers } = await opened(t);
  assert.equal(await readers.put(aReader(), 'token:1'), true);
  assert.equal(await readers.put(aReader({ status: 'suspended' }), 'token:1'), false);
  assert.equal(readers.roomOf('ng'), await tenantNamed(database, 'reading/telerad'));
  await assert.rejects(readers.put(aReader({ provider: 'other' }), 'token:1'), { code: 'auth/forbidden' });
  const privilege = { ...aReader().privileges[0]!, id: 'south', client: 'south' };
  await readers.grant('ng', 'south', [privilege], 'token:2');
  assert.deepEqual(
    readers.readersOf('telerad')[0]?.privileges.map(({ id }) => id),
    ['north', 'south'],
  );
  const versions = await database.query('select version, author from reading_reader order by version');
  assert.deepEqual(versions, [
    { version: 1, author: 'token:1' },
    { version: 2, author: 'token:1' },
    { version: 3, author: 'token:2' },
  ]);
});

test('a roster holds from its moment on: what goes on and is not in it ends, what is over stays', async (t) => {
  const { readers } = await opened(t);
  await readers.put(aReader(), 'token:1');
  const now = Date.parse('2099-01-02T12:00:00Z');
  const shift = (day: number) => ({
    id: `d${day}`,
    from: `2099-01-0${day}T08:00:00.000Z`,
    to: `2099-01-0${day}T16:00:00.000Z`,
  });
  await readers.putShifts('ng', [shift(1), shift(2), shift(3)], 0);
  await readers.putShifts('ng', [shift(4)], now);
  assert.deepEqual(readers.reader('ng')?.shifts, [shift(1), { ...shift(2), to: '2099-01-02T12:00:00.000Z' }, shift(4)]);
});
