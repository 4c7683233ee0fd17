import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { testClock } from '../../test/support/test-clock.ts';
import { type AdmissionRules, admit, destinationOf } from './admission.ts';
import { openPeers } from './peers.ts';
import { may } from './principal.ts';
import { tenantNamed } from './tenants.ts';

const refused = { reject: { result: 1, source: 1, reason: 3 } };
const ct1 = { aeTitle: 'CT1', host: '10.0.0.1', port: 104 };

async function hospital(t: TestContext) {
  const database = await testDatabase(t);
  const clock = testClock();
  const peers = await openPeers(database, { clock });
  t.after(() => peers.close());
  return { database, clock, peers };
}

const call = (rules: AdmissionRules, callingAeTitle: string, remoteAddress: string) =>
  admit(rules, { callingAeTitle, remoteAddress });

test('PS3.8 Table 9-21: a stranger and a known title from elsewhere are rejected alike: calling AE title not recognized', async (t) => {
  const { peers } = await hospital(t);
  const rules = { peers, without: [] };
  await peers.put(1, ct1);
  assert.deepEqual(await call(rules, 'CT2', '10.0.0.1'), refused);
  assert.deepEqual(await call(rules, 'CT1', '10.0.0.2'), refused);
  assert.deepEqual(await call(rules, 'ct1', '10.0.0.1'), refused);
});

test('a peer is let in the moment it was added, by its padded title and mapped address, and out the moment it was removed', async (t) => {
  const { peers } = await hospital(t);
  const rules = { peers, without: [] };
  assert.equal(await peers.put(1, ct1), true);
  const admission = await call(rules, ' CT1 ', '::ffff:10.0.0.1');
  assert('principal' in admission);
  assert.deepEqual(admission.principal, { id: 'peer:CT1', kind: 'peer', tenant: 1, scopes: ['read', 'write'] });
  assert(may(admission.principal, 'store', { tenant: 1 }) && !may(admission.principal, 'administer'));
  assert.equal(await peers.put(1, { ...ct1, port: 11112, sopClasses: ['1.2.840.1.2'] }), false);
  assert.deepEqual(peers.list(1), [{ ...ct1, port: 11112, sopClasses: ['1.2.840.1.2'] }]);
  await peers.remove(1, 'CT1');
  assert.deepEqual(await call(rules, 'CT1', '10.0.0.1'), refused);
  await assert.rejects(peers.remove(1, 'CT1'), { name: 'Problem', code: 'catalogue/not-found' });
});

test('another node admits a new peer as soon as it hears of it', async (t) => {
  const { database, clock, peers } = await hospital(t);
  const elsewhere = await openPeers(database, { clock });
  t.after(() => elsewhere.close());
  const heard = Promise.withResolvers<void>();
  await database.notices.on('peer', () => heard.resolve());
  await peers.put(1, ct1);
  await heard.promise;
  // The other node is reading now; its own next change waits for that.
  await elsewhere.put(1, { ...ct1, aeTitle: 'CT9' });
  assert.deepEqual(elsewhere.find(1, 'CT1'), { ...ct1, sopClasses: [] });
});

test('a peer belongs to one tenant: it acts for it, and only its principals can send there', async (t) => {
  const { database, peers } = await hospital(t);
  const other = await tenantNamed(database, 'other hospital');
  await peers.put(other, ct1);
  const admission = await call({ peers, without: [] }, 'CT1', '10.0.0.1');
  assert('principal' in admission);
  assert.equal(admission.principal.tenant, other);
  assert.equal(destinationOf(peers, admission.principal, 'CT1 ').port, 104);
  assert.deepEqual(peers.list(1), []);
  assert.throws(() => destinationOf(peers, { ...admission.principal, tenant: 1 }, 'CT1'), {
    code: 'dimse/destination-unknown',
  });
});

test('how a peer is called is kept with it: plain, by TLS, or by TLS under a name of its own', async (t) => {
  const { peers } = await hospital(t);
  for (const tls of [true, { serverName: 'ct1.example.org' }] as const) {
    await peers.put(1, { ...ct1, tls });
    assert.deepEqual(peers.find(1, 'CT1'), { ...ct1, sopClasses: [], tls });
  }
  await peers.put(1, ct1);
  assert.deepEqual(peers.find(1, 'CT1'), { ...ct1, sopClasses: [] });
});

test('a title and address that two tenants entered is let in for neither: a study must not go to the wrong hospital', async (t) => {
  const { database, peers } = await hospital(t);
  await peers.put(1, ct1);
  await peers.put(await tenantNamed(database, 'other hospital'), ct1);
  assert.deepEqual(await call({ peers, without: 'ANY' }, 'CT1', '10.0.0.1'), refused);
  await peers.put(1, { ...ct1, host: '10.0.0.5' });
  assert('principal' in (await call({ peers, without: [] }, 'CT1', '10.0.0.5')));
});

test('FASCIA_PEERS lets in the titles it names, or all, without an entry', async (t) => {
  const { peers } = await hospital(t);
  assert('principal' in (await call({ peers, without: ['CT1', 'CT2'] }, 'CT2', '10.0.0.2')));
  assert.deepEqual(await call({ peers, without: ['CT1', 'CT2'] }, 'CT3', '10.0.0.2'), refused);
  assert('principal' in (await call({ peers, without: 'ANY' }, 'CT3', '127.0.0.1')));
});

test('an entry that no association could ever fit is refused with its reason', async (t) => {
  const { peers } = await hospital(t);
  for (const change of [
    { aeTitle: '' },
    { aeTitle: 'LONGERTHANSIXTEEN' },
    { aeTitle: 'A\\B' },
    { host: 'ct 1' },
    { host: '' },
    { port: 0 },
    { port: 65_536 },
    { port: 1.5 },
    { sopClasses: ['not a uid'] },
    { tls: { ca: 'no certificate' } },
    { tls: { serverName: 'a name' } },
  ]) {
    await assert.rejects(peers.put(1, { ...ct1, ...change }), { name: 'Problem', code: 'request/malformed' });
  }
});
